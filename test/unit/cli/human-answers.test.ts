import { describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/domain/model/time.ts';
import type { RoundRequest } from '../../../src/monitoring/application.ts';
import type { TenantFilter } from '../../../src/monitoring/ports.ts';
import type { Viewer } from '../../../src/monitoring/viewer.ts';
import type { MailDetail, TenantSummary } from '../../../src/monitoring/views.ts';
import { NOW } from '../../support/builders.ts';
import { linkwatch, type PartialApplication } from '../../support/cli-run.ts';
import {
  aConnectionView,
  aDetail,
  aHistory,
  aMailDetail,
  aMailView,
  aMonitor,
  anIncidentDetail,
  anIncidentView,
  aRound,
  aSummary,
  aWorkerView,
  NO_CONNECTIONS,
  onePage,
} from '../../support/cli-views.ts';

const ESCAPE = String.fromCharCode(27);

it.each(['status', 'tenant list'])('%s tells an empty fleet from a filter that nobody fits', async (command) => {
  const app: PartialApplication = {
    tenants: { list: async () => onePage() },
    operations: { monitor: async () => aMonitor() },
  };
  expect((await linkwatch(command, { app })).stdout).toMatch(/^There are no tenants yet\./);
  for (const filter of ['--health broken', '--search zzz']) {
    expect((await linkwatch(`${command} ${filter}`, { app })).stdout).toMatch(/^No tenant is like that\./);
  }
});

describe('status', () => {
  const fleet = [
    aSummary({ id: 't-1', name: 'All Well', health: 'healthy', nextPollAt: NOW - HOUR_MS }),
    aSummary({ id: 't-2', name: 'New One', health: null, connections: NO_CONNECTIONS, lastPolledAt: null }),
    aSummary({
      id: 't-3',
      name: 'Bad Luck',
      health: 'broken',
      connections: { ...NO_CONNECTIONS, total: 3, broken: 1, healthy: 2 },
      nextPollAt: null,
      state: 'reauthorize',
    }),
    aSummary({ id: 't-4', name: 'Flaky', health: 'waiting', failing: { kind: 'timeout', since: NOW - HOUR_MS } }),
  ];

  it('shows every tenant, the worst last, with what is wrong', async () => {
    const { stdout } = await linkwatch('status', { app: { tenants: { list: async () => onePage(...fleet) } } });
    expect(stdout.split('\n')).toEqual([
      expect.stringMatching(/^HEALTH +TENANT +CONNECTIONS +STATE +POLLED +NEXT +ID$/),
      'no connections  New One   none                 active                          never       in 50 min  t-2',
      'healthy         All Well  2 healthy            active                          10 min ago  due        t-1',
      'waiting         Flaky     2 healthy            polls fail: no answer in time   10 min ago  in 50 min  t-4',
      'broken          Bad Luck  1 broken, 2 healthy  the owner must authorise again  10 min ago  -          t-3',
      '',
      '4 tenants: 1 broken, 1 waiting, 1 healthy, 1 without connections',
      '',
      'SQLite /srv/linkwatch.db: the monitor is well',
      'last poll stored 12 s ago; mail: 0 pending, 0 held; requests today: 412 of 10000',
      '',
    ]);
  });

  it('lists tenants by name with what is set for them', async () => {
    const own = aSummary({ id: 't-9', name: 'Aardvark', owner: null, schedule: '0 9 * * *', timezone: 'US/Pacific' });
    const { stdout } = await linkwatch('tenant list', {
      app: { tenants: { list: async () => onePage(...fleet.slice(2), own) } },
    });
    expect(stdout.split('\n')).toEqual([
      'TENANT    OWNER                STATE                           TIME ZONE         SCHEDULE   ID',
      'Aardvark  nobody               active                          US/Pacific        0 9 * * *  t-9',
      'Bad Luck  jane@bakery.example  the owner must authorise again  America/New_York  as all     t-3',
      'Flaky     jane@bakery.example  polls fail: no answer in time   America/New_York  as all     t-4',
      '',
      '3 tenants',
      '',
    ]);
  });

  const naming = ['status --tenant', 'history', 'tenant show', 'tenant pause', 'incidents --tenant', 'poll --tenant'];

  it.each(naming)('takes the external id of a tenant where `%s` takes an id, before any name', async (command) => {
    const named = aSummary({ id: 't-1', name: 'crm-7' });
    const { app, asked } = anAppOf([named, aSummary({ id: 't-2', externalId: 'crm-7' })]);
    const { stderr, exitCode } = await linkwatch([...command.split(' '), 'crm-7'], { app });
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    if (command !== 'tenant show') expect(JSON.stringify(asked)).toContain('t-2');
  });

  it.each(naming)(
    'takes the name of a tenant where `%s` takes an id, while it is the only one of that name',
    async (command) => {
      const listed = [aSummary({ id: 't-1', name: 'Bob’s Bakery' }), aSummary({ id: 't-2', name: 'Bob’s' })];
      const { app, asked } = anAppOf(listed);
      const one = await linkwatch([...command.split(' '), 'bob’s'], { app });
      expect({ stderr: one.stderr, exitCode: one.exitCode }).toEqual({ stderr: '', exitCode: 0 });
      if (command !== 'tenant show') expect(JSON.stringify(asked)).toContain('t-2');

      listed.push(aSummary({ id: 't-3', name: 'BOB’S' }));
      const two = await linkwatch([...command.split(' '), 'bob’s'], { app });
      expect(two).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('Name one by its id: t-2, t-3.') });
    },
  );

  it('ends with the problems of the monitor, and what to do about each', async () => {
    const since = NOW - HOUR_MS;
    const monitor = aMonitor({
      ok: false,
      problems: [
        { what: 'mail', severity: 'critical', since, detail: 'the mail server refuses us', remedy: 'Check SMTP_URL.' },
        { what: 'hold', severity: 'warning', since: null, detail: 'mail is held', remedy: 'Release it.' },
      ],
      mail: { pending: 3, held: 2, oldestPendingAt: since, lastResponse: '535' },
      quota: { used: 5, limit: null, forPolls: null, isExhausted: false, askedPerDay: 0, stretch: 1.5 },
      lastRoundAt: null,
    });
    const { stdout } = await linkwatch('status', {
      app: { tenants: { list: async () => onePage(...fleet) }, operations: { monitor: async () => monitor } },
    });
    expect(stdout.split('\n').slice(-7)).toEqual([
      'SQLite /srv/linkwatch.db: the monitor has 2 problems',
      'CRITICAL  mail: the mail server refuses us, since 2026-01-15 11:00 (1 h ago) UTC',
      '          Check SMTP_URL.',
      'warning   hold: mail is held',
      '          Release it.',
      'nothing polled yet; mail: 3 pending (the oldest written 1 h ago), 2 held; requests today: 5, every interval ×1.5 longer',
      '',
    ]);
  });

  it.each([
    ['reauthorize', 'invalid_grant', 'has never worked: give it another token'],
    ['access_denied', 'forbidden', 'has never worked: a privilege or a scope is missing'],
    ['access_denied', 'missing_privilege', 'has never worked: the user who gave the permission lacks the privilege'],
    ['access_denied', 'unauthorized', 'has never worked: the access token was refused'],
  ] as const)('says of %s (%s) before the first good poll that access has never worked', async (state, kind, words) => {
    const fresh = aSummary({ state, firstGoodPollAt: null, failing: { kind, since: NOW } });
    const { stdout } = await linkwatch('status', { app: { tenants: { list: async () => onePage(fresh) } } });
    expect(stdout).toContain(words);
  });

  it('says how to begin when there is nobody', async () => {
    const { stdout } = await linkwatch('status', { app: { tenants: { list: async () => onePage() } } });
    expect(stdout).toContain('linkwatch connect');
  });

  it('of one tenant shows what is wrong with each connection and what the owner is asked to do', async () => {
    const connections = [
      aConnectionView({
        id: 'c-1',
        health: 'healthy',
        conditions: [],
        action: 'none',
        displayName: null,
        network: 'tiktok',
      }),
      aConnectionView(),
    ];
    const { stdout } = await linkwatch('status --tenant tenant-1', {
      app: { health: { status: async () => ({ tenant: aSummary(), connections }) } },
    });
    const [title, polled, , head, broken, healthy] = stdout.split('\n');
    expect(title).toBe("Jane's Bakery  active");
    expect(polled).toBe('polled 2026-01-15 11:50 (10 min ago) UTC, next in 50 min');
    expect(head).toContain('WHAT IS WRONG');
    expect(broken).toMatch(
      /^broken +facebook +Jane's page \(17841400000000001\) +its token no longer works +reconnect it/,
    );
    expect(broken).toContain('2026-01-15 10:00 (2 h ago)');
    expect(healthy).toMatch(/^healthy +tiktok +17841400000000001 +- +-/);
  });
});

describe('poll', () => {
  it('shows one line a change, one a tenant that failed, then the totals', async () => {
    const { stdout } = await linkwatch('poll', { app: { rounds: { run: async () => aRound() } } });
    expect(stdout).toBe(
      [
        'broken      Jane\'s Bakery: facebook "Jane\'s page" broke: its token no longer works',
        "not polled  Bob's Garage: no answer in time (no answer in 15 s)",
        '3 tenants polled, 1 failed; 1 change',
        '1 incident opened, 0 closed',
        'Mail: 1 sent, 2 pending, 0 held, 0 failed',
        '',
      ].join('\n'),
    );
  });

  it.each([
    ['9,000 of 10,000, the rest is kept for re-checks', { used: 9000 }],
    ['10,000 of 10,000', { used: 10_000 }],
    ['412 of 10,000; Constant Contact refuses more', { isExhausted: true }],
  ])('says that tenants were not asked for lack of requests: %s', async (why, today) => {
    const requests = { used: 412, limit: 10_000, forPolls: 9000, isExhausted: false, ...today };
    const { stdout } = await linkwatch('poll', {
      app: { rounds: { run: async () => aRound({ skipped: 1200, requests }) } },
    });
    expect(stdout).toContain(
      `1,200 tenants not asked: the day’s requests are used up (${why}); they start anew at 00:00 UTC\n`,
    );
  });

  it('does not print thousands of lines when everybody fails', async () => {
    const [failure] = aRound().failures;
    const failures = Array.from({ length: 2000 }, () => failure).filter((f) => f !== undefined);
    const { stdout } = await linkwatch('poll', { app: { rounds: { run: async () => aRound({ failures }) } } });
    expect(stdout.split('\n').length).toBeLessThan(60);
    expect(stdout).toContain('… and 1960 more tenants that failed');
  });

  it('passes on whom to ask', async () => {
    const rounds: unknown[] = [];
    const app = {
      tenants: { find: async () => aDetail() },
      rounds: {
        run: async (_: Viewer, { tenants }: RoundRequest) => {
          rounds.push(tenants);
          return aRound();
        },
      },
    };
    await linkwatch('poll', { app });
    await linkwatch('poll --due', { app });
    await linkwatch('poll --tenant a --tenant b', { app });
    expect(rounds).toEqual(['all', 'due', ['a', 'b']]);
  });
});

describe('history', () => {
  it('shows periods, uptime and how much was observed', async () => {
    const { stdout } = await linkwatch('history tenant-1', { app: { health: { history: async () => aHistory() } } });
    expect(stdout.split('\n')).toEqual([
      "Jane's Bakery  2026-01-14 12:00 to 2026-01-15 12:00 UTC",
      '',
      'facebook "Jane\'s page"  uptime 75 %, observed 100 %',
      expect.stringMatching(/^FROM \(UTC\) +TO +FOR +HEALTH +WHAT WAS WRONG +POLLS$/),
      expect.stringMatching(/^2026-01-14 12:00 +2026-01-15 06:00 +18 h +healthy +- +18$/),
      expect.stringMatching(/^2026-01-15 06:00 +2026-01-15 12:00 +6 h +broken +its token no longer works +6$/),
      '',
    ]);
  });

  it('asks for the last 30 days unless told otherwise', async () => {
    const asked: unknown[] = [];
    const readHistory = async (_: unknown, request: unknown) => {
      asked.push(request);
      return aHistory();
    };
    await linkwatch('history t', { app: { health: { history: readHistory } } });
    await linkwatch('history t --from 7d --to 2026-01-15T06:00 --connection facebook:1:2', {
      app: { health: { history: readHistory } },
    });
    await linkwatch('history t --from 2026-01-01 --to 2026-01-02T01:00+01:00', {
      app: { health: { history: readHistory } },
    });
    expect(asked).toEqual([
      { tenantId: 't', connection: null, from: NOW - 30 * DAY_MS, to: NOW },
      {
        tenantId: 't',
        connection: { network: 'facebook', accountId: '1:2' },
        from: NOW - 7 * DAY_MS,
        to: NOW - 6 * HOUR_MS,
      },
      { tenantId: 't', connection: null, from: Date.UTC(2026, 0, 1), to: Date.UTC(2026, 0, 2) },
    ]);
  });

  it('as CSV has one line a period, unknown values empty, and no formula', async () => {
    const [connection] = aHistory().connections;
    const connections = connection === undefined ? [] : [{ ...connection, displayName: '=cmd|"x"' }];
    const { stdout } = await linkwatch('history t --csv', {
      app: { health: { history: async () => aHistory({ connections }) } },
    });
    const [head, first, second, end] = stdout.split('\n');
    expect(head).toBe(
      'tenant_id,tenant,connection_id,network,account_id,display_name,from,to,health,conditions,polls,has_token,is_active_user,rate_limited,token_has_scopes,token_is_valid,error,network_status',
    );
    expect(first).toBe(
      `tenant-1,Jane's Bakery,connection-1,facebook,17841400000000001,"'=cmd|""x""",2026-01-14T12:00:00.000Z,2026-01-15T06:00:00.000Z,healthy,,18,true,true,false,true,true,,200`,
    );
    expect(second).toContain(',broken,token_invalid,6,true,,false,true,false,invalid_token,');
    expect(end).toBe('');
  });

  it('of every tenant is one CSV file, with the mark of UTF-8 when asked for', async () => {
    const app = {
      tenants: { list: async () => onePage(aSummary({ id: 't-1' }), aSummary({ id: 't-2' }), aSummary({ id: 't-3' })) },
      health: {
        history: async (_: Viewer, { tenantId: id }: { tenantId: string }) =>
          id === 't-2' ? null : aHistory({ tenant: { id, name: 'Café' } }),
      },
    };
    const { stdout } = await linkwatch('history --csv --bom', { app });
    const lines = stdout.split('\n');
    expect(lines[0]).toMatch(/^\ufefftenant_id,tenant,/);
    expect(lines.slice(1).map((line) => line.split(',').slice(0, 2).join(' '))).toEqual([
      't-1 Café',
      't-1 Café',
      't-3 Café',
      't-3 Café',
      '',
    ]);
  });

  it.each([
    ['history', 'or add --csv for all.'],
    ['history t --bom', 'Add --csv, or leave --bom out.'],
  ])('%s is not enough', async (args, hint) => {
    expect(await linkwatch(args)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(hint) });
  });
});

describe('incidents and mail', () => {
  it('answer of one incident first whether the owner was told, and then tell it in order with the evidence', async () => {
    const { stdout } = await linkwatch('incident show incident-1', {
      app: { incidents: { find: async () => anIncidentDetail() } },
    });
    expect(stdout).toMatch(/Was the owner told\?\nYes: jane@bakery\.example on 2026-01-15 11:01 UTC, 1 h 1 min after/);
    expect(stdout).toMatch(/2026-01-15 10:00 {2}3 polls until 2026-01-15 11:50 UTC showed it broken/);
    expect(stdout).toMatch(/\n {18}250 2\.0\.0 Ok: queued as 4F1 · <mail-1@example\.com>\n/);
  });

  it('show whom they concern, why mail was sent or not, and the ids to go on with', async () => {
    const incidents = await linkwatch('incidents', {
      app: { incidents: { list: async () => onePage(anIncidentView()) } },
    });
    expect(incidents.stdout).toMatch(
      /open +Jane's Bakery +facebook "Jane's page" +reconnect it in Constant Contact +2026-01-15 10:00 \(2 h ago\) +already told \(1 mail\) +incident-1/,
    );
    const mail = await linkwatch('mail list', {
      app: { mail: { list: async () => onePage(aMailView({ subject: null })) } },
    });
    expect(mail.stdout).toMatch(
      /sent +alert +jane@bakery.example +- +2026-01-15 11:00 \(1 h ago\) +first alert +mail-1/,
    );
  });

  it('say so when there are none', async () => {
    expect((await linkwatch('incidents', { app: { incidents: { list: async () => onePage() } } })).stdout).toBe(
      'No incidents.\n',
    );
    expect((await linkwatch('mail list', { app: { mail: { list: async () => onePage() } } })).stdout).toBe(
      'No mail.\n',
    );
  });

  it('read a long list page by page', async () => {
    const list = async (_: unknown, { cursor }: Readonly<{ cursor: string | null }>) =>
      cursor === null
        ? { items: [aSummary({ name: 'First' })], nextCursor: 'more' }
        : onePage(aSummary({ name: cursor }));
    const { stdout } = await linkwatch('tenant list', { app: { tenants: { list } } });
    expect(stdout).toContain('First');
    expect(stdout).toContain('more');
  });

  it('pass on what to look for', async () => {
    const asked: unknown[] = [];
    const note = async (_: unknown, filter: unknown) => {
      asked.push(filter);
      return onePage<never>();
    };
    await linkwatch('incidents', { app: { incidents: { list: note } } });
    await linkwatch('incidents --state all --tenant t', { app: { incidents: { list: note } } });
    await linkwatch('mail list', { app: { mail: { list: note } } });
    await linkwatch('mail list --state held --limit 5', { app: { mail: { list: note } } });
    await linkwatch('status', { app: { tenants: { list: note } } });
    await linkwatch('tenant list --health broken waiting --search Café', { app: { tenants: { list: note } } });
    await linkwatch('status --health broken --health waiting', { app: { tenants: { list: note } } });
    expect(asked).toEqual([
      { tenantId: null, state: 'open', cursor: null, limit: 500 },
      { tenantId: 't', state: 'all', cursor: null, limit: 500 },
      { tenantId: null, cursor: null, limit: 50 },
      { tenantId: null, state: 'held', cursor: null, limit: 5 },
      { cursor: null, limit: 500 },
      { health: ['broken', 'waiting'], search: 'Café', cursor: null, limit: 500 },
      { health: ['broken', 'waiting'], cursor: null, limit: 500 },
    ]);
  });

  it.each<[string, Partial<MailDetail>, RegExp]>([
    ['how often it was tried', { attempts: 3 }, /Attempts +3/],
    ['when first', { firstAttemptAt: NOW - HOUR_MS }, /First attempt +2026-01-15 11:00/],
    ['when last', { lastAttemptAt: NOW - MINUTE_MS }, /Last attempt +2026-01-15 11:59/],
    ['that it was never tried', { lastAttemptAt: null }, /Last attempt +-/],
    ['that it may have arrived', { outcomeUnknown: true }, /May have arrived +yes: an attempt got no answer/],
    ['what the server said', { response: '451 4.7.1 Later' }, /The server's answer +451 4\.7\.1 Later/],
  ])('show of one mail %s', async (_, given, line) => {
    const app = { mail: { find: async () => aMailDetail(given) } };
    expect((await linkwatch('mail show mail-1', { app })).stdout).toMatch(line);
  });

  it('show one mail with the server answer and its text, or its HTML alone', async () => {
    const app = { mail: { find: async () => aMailDetail() } };
    const text = (await linkwatch('mail show mail-1', { app })).stdout;
    expect(text).toContain('250 2.0.0 Ok: queued as 4F1');
    expect(text).toMatch(/\n\nPlease reconnect\.\n$/);
    expect((await linkwatch('mail show mail-1 --html', { app })).stdout).toBe('<p>Please reconnect.</p>\n');
    const gone = await linkwatch('mail show m --html', {
      app: { mail: { find: async () => aMailDetail({ html: null }) } },
    });
    expect(gone.exitCode).toBe(1);
  });

  it('snooze for a week unless told otherwise', async () => {
    const until: number[] = [];
    const snoozeIncident = async (_viewer: Viewer, _id: string, at: number) => {
      until.push(at);
      return { outcome: 'done', incident: anIncidentView() } as const;
    };
    const { stdout } = await linkwatch('incident snooze incident-1', {
      app: { incidents: { snooze: snoozeIncident } },
    });
    await linkwatch('incident snooze incident-1 --for 2h', { app: { incidents: { snooze: snoozeIncident } } });
    expect(until).toEqual([NOW + 7 * DAY_MS, NOW + 2 * HOUR_MS]);
    expect(stdout).toBe('Jane\'s Bakery: facebook "Jane\'s page" sends no reminders until 2026-01-22 12:00 UTC.\n');
  });
});

describe('text for a terminal', () => {
  it('has colour where the terminal has it, and none elsewhere', async () => {
    const app = { tenants: { list: async () => onePage(aSummary({ health: 'broken' })) } };
    expect((await linkwatch('status', { app, hasColour: true })).stdout).toContain(`${ESCAPE}[31mbroken`);
    expect((await linkwatch('status', { app, isTerminal: true })).stdout).not.toContain(ESCAPE);
  });

  it('lets nobody steer it by the name of a business or an account', async () => {
    const name = `Evil${ESCAPE}[2J\r\n\u202egnp.exe`;
    const texts = [
      await linkwatch('status', { app: { tenants: { list: async () => onePage(aSummary({ name })) } } }),
      await linkwatch('tenant show t', { app: { tenants: { find: async () => aDetail({ name }) } } }),
      await linkwatch('incidents', {
        app: { incidents: { list: async () => onePage(anIncidentView({ displayName: name })) } },
      }),
      await linkwatch('mail list', { app: { mail: { list: async () => onePage(aMailView({ subject: name })) } } }),
      await linkwatch('poll', {
        app: {
          rounds: {
            run: async () => aRound({ failures: [{ tenantId: 't', tenantName: name, kind: 'dns', detail: name }] }),
          },
        },
      }),
    ];
    for (const { stdout } of texts) {
      expect(stdout).toContain('Evil [2J gnp.exe');
      expect(stdout).not.toContain(ESCAPE);
      expect(stdout).not.toContain('\u202e');
    }
  });
});

/** Its tenants are these, of which `t-2` alone can be found by its id; `asked` is what else the command names. */
function anAppOf(listed: readonly TenantSummary[]): Readonly<{ app: PartialApplication; asked: readonly unknown[] }> {
  const asked: unknown[] = [];
  const note = (answer: unknown) => async (_: unknown, id: unknown) => {
    asked.push(id);
    return answer;
  };
  const app = {
    tenants: {
      find: async (_: Viewer, id: string) => (id === 't-2' ? aDetail({ id }) : null),
      list: async (_: Viewer, { externalId }: TenantFilter) =>
        onePage(...listed.filter((one) => externalId === undefined || one.externalId === externalId)),
      pause: note(true),
    },
    health: { status: note({ tenant: aSummary(), connections: [] }), history: note(aHistory()) },
    incidents: { list: note(onePage()) },
    rounds: { run: note(aRound()) },
  } as PartialApplication;
  return { app, asked };
}

describe('workers', () => {
  it('says who is at work, since when, doing what, and how far its clock is off', async () => {
    const idle = { polls: 0, mails: 0, webhooks: 0 };
    const workers = async () =>
      onePage(
        aWorkerView(),
        aWorkerView({
          id: 'worker-2',
          host: 'host-2',
          roles: ['http'],
          done: idle,
          clockAheadMs: 61_200,
          isAlive: false,
        }),
      );
    const { stdout } = await linkwatch('workers', { app: { operations: { workers } } });
    expect(stdout).toContain('poll,mail,webhooks,http');
    expect(stdout).toContain('2026-01-15 11:00 (1 h ago)');
    expect(stdout).toMatch(/host-1 .* 38 polls, 1 mail .* the same .* alive/);
    expect(stdout).toMatch(/host-2 .* http .* nothing was due .* 61\.2 s ahead .* silent/);
  });

  it('says so when nobody is', async () => {
    const { stdout } = await linkwatch('workers', { app: { operations: { workers: async () => onePage() } } });
    expect(stdout).toBe('No worker is at work. `linkwatch start` is one.\n');
  });
});
