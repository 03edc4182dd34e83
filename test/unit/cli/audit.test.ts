import { describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/domain/model/time.ts';
import type { Application, AuditQuery } from '../../../src/monitoring/application.ts';
import type { AuditView } from '../../../src/monitoring/views.ts';
import { anApiKey, anAuditEntry, NOW } from '../../support/builders.ts';
import { linkwatch, type PartialApplication } from '../../support/cli-run.ts';
import { aDetail, onePage } from '../../support/cli-views.ts';

const entries: readonly AuditView[] = [
  anAuditEntry({ at: NOW - MINUTE_MS, actor: { kind: 'key', id: 'key-1' }, tenantId: 'tenant-1', from: '192.0.2.1' }),
  anAuditEntry({
    at: NOW - HOUR_MS,
    actor: { kind: 'key', id: 'gone' },
    action: 'api_key.create',
    subjects: ['key-1'],
  }),
  anAuditEntry({ at: NOW - 2 * HOUR_MS, tenantId: 'purged', action: 'tenant.purge' }),
  anAuditEntry({
    at: NOW - DAY_MS,
    actor: { kind: 'command_line', id: null },
    tenantId: null,
    action: 'key.rotate',
    count: 1234,
  }),
  anAuditEntry({ at: NOW - DAY_MS, tenantId: null, action: 'mail.hold', subjects: ['m-1', 'm-2', 'm-3'], count: 200 }),
  anAuditEntry({ at: NOW - DAY_MS, tenantId: null, action: 'mail.hold', subjects: [], count: 0 }),
  anAuditEntry({ at: NOW - DAY_MS, actor: { kind: 'contact', id: 'c-1' }, action: 'contact.leave' }),
  anAuditEntry({ at: NOW - DAY_MS, actor: { kind: 'guest', id: 'c-1' }, action: 'contact.check' }),
  anAuditEntry({ at: NOW - DAY_MS, actor: { kind: 'invited', id: 'c-1' }, action: 'tenant.connect' }),
  anAuditEntry({ at: NOW - DAY_MS, actor: { kind: 'nobody', id: null }, tenantId: null, action: 'api_key.refused' }),
];

/** One key, and tenants but for one that is gone. */
function asking(items: readonly AuditView[] = entries, nextCursor: string | null = null) {
  const asked: AuditQuery[] = [];
  const list: Application['audit']['list'] = async (_, query) => {
    asked.push(query);
    return { items, nextCursor };
  };
  const app: PartialApplication = {
    audit: { list },
    apiKeys: { list: async () => onePage({ ...anApiKey(), state: 'active' as const }) },
    tenants: {
      find: async (_, id) => (id === 'tenant-1' ? aDetail() : null),
      names: async (_, ids) => new Map(ids.includes('tenant-1') ? [['tenant-1', aDetail().name]] : []),
    },
  };
  return { asked, app };
}

describe('audit', () => {
  it('shows who did what to whom, by names where they are known', async () => {
    const { stdout } = await linkwatch('audit', asking());
    expect(stdout.split('\n')).toEqual([
      'WHEN (UTC)                    WHO                   DID                 TENANT         TO                     FROM',
      "2026-01-15 11:59 (1 min ago)  lw_5f0c1a2b (shop)    tenant.pause        Jane's Bakery  -                      192.0.2.1",
      "2026-01-15 11:00 (1 h ago)    key gone              api_key.create      Jane's Bakery  lw_5f0c1a2b (shop)     -",
      '2026-01-15 10:00 (2 h ago)    command line (root)   tenant.purge        purged         -                      -',
      '2026-01-14 12:00 (1 d ago)    command line          key.rotate (1,234)  -              -                      -',
      '2026-01-14 12:00 (1 d ago)    command line (root)   mail.hold (200)     -              m-1, m-2 and 198 more  -',
      '2026-01-14 12:00 (1 d ago)    command line (root)   mail.hold (0)       -              -                      -',
      "2026-01-14 12:00 (1 d ago)    contact c-1           contact.leave       Jane's Bakery  -                      -",
      "2026-01-14 12:00 (1 d ago)    guest of contact c-1  contact.check       Jane's Bakery  -                      -",
      "2026-01-14 12:00 (1 d ago)    invited contact c-1   tenant.connect      Jane's Bakery  -                      -",
      '2026-01-14 12:00 (1 d ago)    nobody known          api_key.refused     -              -                      -',
      '',
    ]);
  });

  it.each<[string, Partial<AuditQuery>]>([
    ['', { limit: 50, cursor: null }],
    ['--tenant tenant-1', { tenantId: 'tenant-1' }],
    ['--actor lw_5f0c1a2b', { actor: 'key-1' }],
    ['--actor key-1', { actor: 'key-1' }],
    ['--actor command-line', { actor: 'command_line' }],
    ['--actor command_line', { actor: 'command_line' }],
    ['--actor root', { actor: 'root' }],
    ['--action tenant.pause', { action: 'tenant.pause' }],
    ['--from 7d --to 2026-01-15', { from: NOW - 7 * DAY_MS, to: Date.UTC(2026, 0, 15) }],
    ['--limit 2', { limit: 2 }],
  ])('asks for "%s"', async (args, query) => {
    const { asked, app } = asking();
    const { exitCode, closed } = await linkwatch(`audit ${args}`, { app });
    expect({ exitCode, closed }).toEqual({ exitCode: 0, closed: 1 });
    expect(asked).toEqual([expect.objectContaining(query)]);
  });

  it('answers in JSON as it is written down', async () => {
    const [first = anAuditEntry()] = entries;
    const { json } = await linkwatch('audit --json', asking([first]));
    expect(json).toEqual({
      entries: [
        {
          id: 'entry-1',
          at: '2026-01-15T11:59:00.000Z',
          actor: { kind: 'key', id: 'key-1' },
          action: 'tenant.pause',
          tenantId: 'tenant-1',
          subjects: [],
          count: 1,
          from: '192.0.2.1',
        },
      ],
    });
  });

  it('says when there are more, and when there are none', async () => {
    const more = await linkwatch('audit --limit 10', asking(entries, 'next'));
    expect(more.stdout).toContain('The newest 10; --limit shows more.');
    expect((await linkwatch('audit', asking([]))).stdout).toBe('No entries.\n');
  });

  it('does not take a mistyped tenant for one to whom nothing was done', async () => {
    const { exitCode, stderr } = await linkwatch('audit --tenant mistyped', asking([]));
    expect(exitCode).toBe(1);
    expect(stderr).toContain('There is no tenant mistyped.');
  });
});
