import { describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS } from '../../../src/domain/model/time.ts';
import type { ComparableMail } from '../../../src/domain/replay/compare-mail.ts';
import type { ReplayReport } from '../../../src/monitoring/views.ts';
import { NOW } from '../../support/builders.ts';
import { type CliWorld, linkwatch } from '../../support/cli-run.ts';
import { aDetail } from '../../support/cli-views.ts';
import { completeEnv } from '../../support/config-environment.ts';

const facebook = { network: 'facebook', accountId: '1', displayName: "Jane's page", action: 'reconnect' } as const;

function aMail(hoursAgo: number, given: Partial<ComparableMail> = {}): ComparableMail {
  const at = NOW - hoursAgo * HOUR_MS;
  return { at, kind: 'alert', to: 'jane@bakery.example', reason: 'first_alert', about: [facebook], ...given };
}

const access = { network: null, accountId: null, displayName: null, action: 'reauthorize' } as const;
const lost = aMail(9, { kind: 'reauthorize', about: [access] });

const report: ReplayReport = {
  from: NOW - 30 * DAY_MS,
  to: NOW,
  tenantsReplayed: 3333,
  pollsReplayed: 1442,
  totals: new Map([
    ['alert', { would: 2, was: 2, onlyWould: 1, onlyWas: 1 }],
    ['reauthorize', { would: 1, was: 1, onlyWould: 0, onlyWas: 0 }],
  ]),
  moreTenants: 0,
  tenants: [
    { id: 't-1', name: 'All the Same', pairs: [{ difference: 'none', would: lost, was: lost }] },
    {
      id: 't-2',
      name: "Jane's Bakery",
      pairs: [
        { difference: 'none', would: aMail(8), was: aMail(8) },
        { difference: 'later', would: aMail(5), was: aMail(6) },
        { difference: 'only_was', would: null, was: aMail(4) },
        { difference: 'only_would', would: aMail(3), was: null },
      ],
    },
  ],
};

function replay(args: string, world: CliWorld = {}) {
  return linkwatch(args, { ...world, app: { replays: { run: async () => report }, ...world.app } });
}

describe('replay', () => {
  it('shows what would be sent beside what was, differences first, and the totals', async () => {
    const { exitCode, stdout } = await replay('replay --set CONFIRM_POLLS=3');
    expect(exitCode).toBe(0);
    expect(stdout.split('\n').map((line) => line.replaceAll(/ {2,}/g, ' | ').trim())).toEqual([
      "Jane's Bakery | t-2",
      '| WOULD BE SENT (UTC) | WAS SENT | KIND | ABOUT | TO | WHY',
      '1 h later | 2026-01-15 07:00 | 2026-01-15 06:00 | alert | facebook "Jane\'s page" | jane@bakery.example | first alert',
      'only was | - | 2026-01-15 08:00 | alert | facebook "Jane\'s page" | jane@bakery.example | first alert',
      'only would | 2026-01-15 09:00 | - | alert | facebook "Jane\'s page" | jane@bakery.example | first alert',
      'the same | 2026-01-15 04:00 | 2026-01-15 04:00 | alert | facebook "Jane\'s page" | jane@bakery.example | first alert',
      '',
      'All the Same | t-1',
      '| WOULD BE SENT (UTC) | WAS SENT | KIND | ABOUT | TO | WHY',
      'the same | 2026-01-15 03:00 | 2026-01-15 03:00 | reauthorize | our access to the account | jane@bakery.example | first alert',
      '',
      'MAIL | WOULD | WAS | ONLY WOULD | ONLY WAS',
      'alert | 2 | 2 | 1 | 1',
      'reauthorize | 1 | 1 | 0 | 0',
      '',
      '2025-12-16 12:00 to 2026-01-15 12:00 UTC, by CONFIRM_POLLS=3. 3,333 tenants, 1,442 polls of those in trouble. Holds and mail to the operator are not replayed.',
      '',
    ]);
  });

  it('is one document with --json', async () => {
    const { json } = await replay('replay --json --set CONFIRM_POLLS=3 --set REMIND_AFTER=off');
    expect(json).toMatchObject({
      from: '2025-12-16T12:00:00.000Z',
      to: '2026-01-15T12:00:00.000Z',
      settings: { CONFIRM_POLLS: '3', REMIND_AFTER: 'off' },
      tenantsReplayed: 3333,
      pollsReplayed: 1442,
      totals: { alert: { would: 2, was: 2, onlyWould: 1, onlyWas: 1 } },
    });
    expect((json as { tenants: unknown }).tenants).toMatchObject([
      { id: 't-1', name: 'All the Same', would: [{ about: [access] }], was: [{ about: [access] }] },
      {
        id: 't-2',
        would: [
          { difference: 'none' },
          {
            at: '2026-01-15T07:00:00.000Z',
            kind: 'alert',
            to: ['jane@bakery.example'],
            reason: 'first_alert',
            about: [facebook],
            difference: 'later',
            otherAt: '2026-01-15T06:00:00.000Z',
          },
          { difference: 'only_would', otherAt: null },
        ],
        was: [{ difference: 'none' }, { difference: 'later' }, { difference: 'only_was', otherAt: null }],
      },
    ]);
  });

  it('applies what is set in place of what is configured, as far back as polls are kept', async () => {
    const asked: unknown[] = [];
    const env = { ...completeEnv, CONFIRM_POLLS: '5', RECOVERY_POLLS: '4' };
    const { opened } = await replay('replay --set CONFIRM_POLLS=3 --set GROUP_WAIT=0s', {
      env,
      app: {
        replays: {
          run: async (_viewer, { onProgress: _, ...request }) => {
            asked.push(request);
            return report;
          },
        },
      },
    });
    expect(opened[0]?.config.alerts).toMatchObject({ confirmPolls: 3, recoveryPolls: 4, groupWaitMs: 0 });
    expect(asked).toEqual([{ tenantIds: null, from: null, to: NOW }]);
  });

  it('says so when nothing is left of the beginning', async () => {
    const { stderr } = await replay('replay --from 60d');
    expect(stderr).toBe(
      'The oldest poll that is kept is of 2025-12-16 12:00 UTC (POLL_RETENTION): the replay begins there.\n',
    );
    expect((await replay('replay')).stderr).toBe('');
  });

  it('says so when a rule is not replayed', async () => {
    expect((await replay('replay --set FLEET_MIN=3')).stdout).toContain('FLEET_MIN changes nothing here.');
  });

  it('says so when there is nothing', async () => {
    const app = { replays: { run: async () => ({ ...report, totals: new Map(), tenants: [] }) } };
    expect((await replay('replay', { app })).stdout).toContain('No mail would have been sent, and none was.');
  });

  it('of an unknown tenant fails', async () => {
    const app = { tenants: { find: async (_: unknown, id: string) => (id === 't-1' ? aDetail() : null) } };
    expect((await replay('replay --tenant t-1', { app })).exitCode).toBe(0);
    const { exitCode, stderr } = await replay('replay --tenant t-1 --tenant t-9', { app });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('There is no tenant t-9.');
  });
});

describe('replay with rules that are none', () => {
  const wrong = [
    ['CONFIRM_POLLS=many', 'CONFIRM_POLLS', 'many', 'it is not a whole number'],
    ['CONFIRM_POLL=3', 'CONFIRM_POLL', null, 'there is no such variable'],
    ['DATABASE_URL=file:other.db', 'DATABASE_URL', null, 'it is not an alert rule'],
    ['DIGEST_AT=off', 'DIGEST_AT', null, 'it is not an alert rule'],
    ['constructor=1', 'constructor', null, 'there is no such variable'],
    ['GROUP_WAIT=', 'GROUP_WAIT', '', 'it has no value'],
    ['CONFIRM_POLLS', 'CONFIRM_POLLS', null, 'it is not NAME=VALUE'],
  ] as const;

  it.each(wrong)('--set %s: exit code 2, and nothing is opened', async (assignment, _variable, _value, problem) => {
    const { exitCode, stdout, stderr, opened } = await replay(`replay --set ${assignment}`);
    expect([exitCode, stdout, opened]).toEqual([2, '', []]);
    expect(stderr).toContain('--set has a problem.');
    expect(stderr).toContain(problem);
    expect(stderr).toContain('write: ');
  });

  it('are told all at once', async () => {
    const { exitCode, stderr } = await replay(`replay --json ${wrong.map(([text]) => `--set ${text}`).join(' ')}`);
    expect(exitCode).toBe(2);
    const { error } = JSON.parse(stderr) as { error: { problems: readonly object[] } };
    expect(error.problems).toMatchObject(wrong.map(([, variable, value, problem]) => ({ variable, value, problem })));
  });
});
