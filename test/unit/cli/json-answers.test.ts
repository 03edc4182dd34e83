import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { answers } from '../../../src/cli/answers.ts';
import { HOUR_MS } from '../../../src/domain/model/time.ts';
import { NOW } from '../../support/builders.ts';
import { linkwatch } from '../../support/cli-run.ts';
import {
  aConnectionView,
  aDetail,
  aHistory,
  aMailDetail,
  aMailView,
  anIncidentView,
  aRound,
  aSummary,
  aWorkerView,
  onePage,
} from '../../support/cli-views.ts';

/** The shapes that `interface.md` promises, written out. */
describe('--json', () => {
  it('tenant list', async () => {
    const { json, exitCode } = await linkwatch('tenant list --json', {
      app: { tenants: { list: async () => onePage(aSummary({ nextPollAt: null, health: null })) } },
    });
    expect(exitCode).toBe(0);
    expect(json).toEqual({
      tenants: [
        {
          id: 'tenant-1',
          externalId: null,
          name: "Jane's Bakery",
          state: 'active',
          health: null,
          connections: { total: 2, healthy: 2, waiting: 0, broken: 0, removed: 0, unobserved: 0 },
          lastPolledAt: '2026-01-15T11:50:00.000Z',
          nextPollAt: null,
          firstGoodPollAt: '2026-01-08T12:00:00.000Z',
          failing: null,
          owner: 'jane@bakery.example',
          timezone: 'America/New_York',
          schedule: null,
          application: null,
        },
      ],
    });
  });

  it('poll', async () => {
    const { json } = await linkwatch('poll --json', { app: { rounds: { run: async () => aRound() } } });
    expect(json).toEqual({
      polled: 3,
      failed: 1,
      changes: [
        {
          tenantId: 'tenant-1',
          tenantName: "Jane's Bakery",
          connectionId: 'connection-1',
          network: 'facebook',
          accountId: '17841400000000001',
          displayName: "Jane's page",
          at: '2026-01-15T12:00:00.000Z',
          from: 'healthy',
          to: 'broken',
          conditions: ['token_invalid'],
          reason: 'broke',
        },
      ],
      skipped: 0,
      errors: 0,
      clockCorrected: 0,
      failures: [{ tenantId: 'tenant-2', tenantName: "Bob's Garage", kind: 'timeout', detail: 'no answer in 15 s' }],
      incidents: { opened: 1, closed: 0 },
      requests: { used: 412, limit: 10_000, forPolls: 9000, isExhausted: false },
      mail: { sent: 1, pending: 2, held: 0, failed: 0 },
    });
  });

  it('history', async () => {
    const { json } = await linkwatch('history tenant-1 --json', {
      app: { health: { history: async () => aHistory() } },
    });
    expect(json).toEqual({
      tenant: { id: 'tenant-1', name: "Jane's Bakery" },
      from: '2026-01-14T12:00:00.000Z',
      to: '2026-01-15T12:00:00.000Z',
      connections: [
        {
          id: 'connection-1',
          network: 'facebook',
          accountId: '17841400000000001',
          displayName: "Jane's page",
          uptime: 0.75,
          coverage: 1,
          periods: [
            {
              from: '2026-01-14T12:00:00.000Z',
              to: '2026-01-15T06:00:00.000Z',
              health: 'healthy',
              conditions: [],
              status: {
                hasToken: true,
                isActiveUser: true,
                rateLimited: false,
                tokenHasScopes: true,
                tokenIsValid: true,
                error: null,
                networkStatus: 200,
              },
              polls: 18,
            },
            {
              from: '2026-01-15T06:00:00.000Z',
              to: '2026-01-15T12:00:00.000Z',
              health: 'broken',
              conditions: ['token_invalid'],
              status: {
                hasToken: true,
                isActiveUser: null,
                rateLimited: false,
                tokenHasScopes: true,
                tokenIsValid: false,
                error: 'invalid_token',
                networkStatus: null,
              },
              polls: 6,
            },
          ],
        },
      ],
    });
  });

  it('incidents, all four null when our access is meant', async () => {
    const access = {
      connectionId: null,
      network: null,
      accountId: null,
      displayName: null,
      action: 'reauthorize',
    } as const;
    const { json } = await linkwatch('incidents --json', {
      app: { incidents: { list: async () => onePage(anIncidentView(access)) } },
    });
    expect(json).toEqual({
      incidents: [
        {
          id: 'incident-1',
          tenantId: 'tenant-1',
          tenantName: "Jane's Bakery",
          connectionId: null,
          network: null,
          accountId: null,
          displayName: null,
          action: 'reauthorize',
          conditions: ['token_invalid'],
          state: 'open',
          openedAt: '2026-01-15T10:00:00.000Z',
          confirmedAt: '2026-01-15T11:00:00.000Z',
          closedAt: null,
          closeReason: null,
          acknowledgedAt: null,
          snoozedUntil: null,
          toldAt: null,
          decision: 'already_told',
          notifications: ['mail-1'],
        },
      ],
    });
  });

  it('mail list', async () => {
    const { json } = await linkwatch('mail list --json', { app: { mail: { list: async () => onePage(aMailView()) } } });
    expect(json).toEqual({
      mail: [
        {
          id: 'mail-1',
          tenantId: 'tenant-1',
          kind: 'alert',
          to: ['jane@bakery.example'],
          subject: "Reconnect Facebook (Jane's page) to keep posting",
          state: 'sent',
          reason: 'first_alert',
          attempts: 1,
          firstAttemptAt: '2026-01-15T11:00:00.000Z',
          lastAttemptAt: '2026-01-15T11:01:00.000Z',
          outcomeUnknown: false,
          response: '250 2.0.0 Ok: queued as 4F1',
          messageId: '<mail-1@example.com>',
          createdAt: '2026-01-15T11:00:00.000Z',
          dueAt: '2026-01-15T11:00:00.000Z',
          sentAt: '2026-01-15T11:01:00.000Z',
        },
      ],
    });
  });

  it('workers', async () => {
    const workers = async () => onePage(aWorkerView());
    const { json } = await linkwatch('workers --json', { app: { operations: { workers } } });
    expect(json).toEqual({
      workers: [
        {
          id: 'worker-1',
          host: 'host-1',
          pid: 4711,
          version: '1.2.3',
          roles: ['poll', 'mail', 'webhooks', 'http'],
          startedAt: '2026-01-15T11:00:00.000Z',
          lastSeenAt: '2026-01-15T11:59:56.000Z',
          isAlive: true,
          clockAheadMs: -34,
          done: { polls: 38, mails: 1, webhooks: 0 },
        },
      ],
    });
  });

  it('status of all, and of one', async () => {
    const quota = { used: 412, limit: 10_000, forPolls: 9000, isExhausted: false, askedPerDay: 7200, stretch: 1 };
    const all = await linkwatch('status --json', { app: { tenants: { list: async () => onePage(aSummary()) } } });
    expect(all.json).toEqual({
      monitor: {
        ok: true,
        problems: [],
        database: 'SQLite /srv/linkwatch.db',
        lastRoundAt: '2026-01-15T11:59:48.000Z',
        mail: { pending: 0, held: 0, oldestPendingAt: null, lastResponse: null },
        holds: [],
        canary: null,
        outage: null,
        quota,
        applications: [{ id: null, name: 'default', quota }],
      },
      tenants: [expect.objectContaining({ id: 'tenant-1', health: 'healthy' })],
    });
    const view = { tenant: aSummary(), connections: [aConnectionView()] };
    const one = await linkwatch('status --tenant tenant-1 --json', { app: { health: { status: async () => view } } });
    expect(one.json).toMatchObject({
      tenant: { id: 'tenant-1', lastPolledAt: '2026-01-15T11:50:00.000Z' },
      connections: [
        {
          id: 'connection-1',
          since: '2026-01-15T10:00:00.000Z',
          observedAt: '2026-01-15T11:50:00.000Z',
          pages: null,
          action: 'reconnect',
        },
      ],
    });
  });

  it('the item itself for show and for what changes one', async () => {
    const incident = anIncidentView({ snoozedUntil: NOW + HOUR_MS });
    const done = async () => ({ outcome: 'done', incident }) as const;
    const answers = [
      await linkwatch('tenant show tenant-1 --json', { app: { tenants: { find: async () => aDetail() } } }),
      await linkwatch('mail show mail-1 --json', { app: { mail: { find: async () => aMailDetail() } } }),
      await linkwatch('incident snooze incident-1 --for 1h --json', { app: { incidents: { snooze: done } } }),
      await linkwatch('tenant pause tenant-1 --json', { app: { tenants: { pause: async () => true } } }),
      await linkwatch('db migrate --json', { app: { operations: { migrate: async () => ['1_init'] } } }),
    ];
    expect(answers.map(({ json }) => json)).toMatchObject([
      { id: 'tenant-1', createdAt: '2026-01-14T12:00:00.000Z', contacts: [{ role: 'owner' }, { role: 'cc' }] },
      { id: 'mail-1', text: 'Please reconnect.\n', html: '<p>Please reconnect.</p>', incidents: ['incident-1'] },
      { id: 'incident-1', snoozedUntil: '2026-01-15T13:00:00.000Z' },
      { id: 'tenant-1' },
      { applied: ['1_init'] },
    ]);
  });

  it('of an answer that lacks a field is an error, and no document', async () => {
    const { id: _, ...nameless } = aSummary();
    const list = async () => onePage(nameless as ReturnType<typeof aSummary>);
    const { exitCode, stdout, stderr } = await linkwatch('tenant list --json', { app: { tenants: { list } } });
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(JSON.parse(stderr).error.message).toContain('The answer "tenants" is not what it should be');
    expect(JSON.parse(stderr).error.message).toContain('tenants[0].id');
  });

  it('is described by a JSON schema, in which each time is text', () => {
    for (const schema of Object.values(answers)) {
      const described = JSON.stringify(z.toJSONSchema(schema, { io: 'input' }));
      expect(described).not.toMatch(/"(?:\w+At|since|at)":\{"type":"integer"/);
    }
    expect(z.toJSONSchema(answers.history, { io: 'input' })).toMatchObject({
      properties: { from: { type: 'string', format: 'date-time' } },
    });
  });

  it('is one document and nothing else, even on a terminal with colour', async () => {
    const { stdout, stderr } = await linkwatch('poll --json', {
      isTerminal: true,
      hasColour: true,
      app: { rounds: { run: async () => aRound() } },
    });
    expect(stdout.split('\n')).toHaveLength(2);
    expect(JSON.parse(stdout)).toMatchObject({ polled: 3 });
    expect(stderr).toBe('');
  });
});
