import { describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS } from '../../../src/domain/model/time.ts';
import type { Past } from '../../../src/monitoring/application.ts';
import { MomentOutOfReach } from '../../../src/monitoring/past-moment.ts';
import type { TenantThenView } from '../../../src/monitoring/views.ts';
import { NOW } from '../../support/builders.ts';
import { linkwatch } from '../../support/cli-run.ts';
import { aConnectionView, NO_CONNECTIONS, onePage } from '../../support/cli-views.ts';

const at = NOW - 7 * DAY_MS;

function aTenantThen(given: Partial<TenantThenView> = {}): TenantThenView {
  return {
    id: 'tenant-1',
    externalId: null,
    name: "Jane's Bakery",
    at,
    health: 'healthy',
    conditions: [],
    since: at - DAY_MS,
    connections: { ...NO_CONNECTIONS, total: 2, healthy: 2 },
    ...given,
  };
}

const broken = aTenantThen({
  id: 'tenant-2',
  name: 'Bad Luck',
  health: 'broken',
  conditions: ['token_invalid', 'rate_limited'],
  connections: { ...NO_CONNECTIONS, total: 3, broken: 1, healthy: 2 },
});
const unseen = aTenantThen({
  id: 'tenant-3',
  name: 'New One',
  health: 'unobserved',
  since: null,
  connections: NO_CONNECTIONS,
});

describe('status --at', () => {
  it('shows every tenant as it was, the worst last, with what was wrong and since when', async () => {
    const asked: Parameters<Past['tenants']>[1][] = [];
    const tenants: Past['tenants'] = async (_, query) => {
      asked.push(query);
      return onePage(aTenantThen(), broken, unseen);
    };
    const { stdout, exitCode } = await linkwatch('status --at 7d --health broken --search a', {
      app: { past: { tenants } },
    });
    expect(exitCode).toBe(0);
    expect(asked).toMatchObject([{ at, health: ['broken'], search: 'a' }]);
    expect(stdout.split('\n')).toEqual([
      'As it was at 2026-01-08 12:00 (7 d ago), in UTC',
      '',
      expect.stringMatching(/^HEALTH +TENANT +CONNECTIONS +WHAT WAS WRONG +SINCE \(UTC\) +ID$/),
      expect.stringMatching(/^healthy +Jane's Bakery +2 healthy +- +2026-01-07 12:00 +tenant-1$/),
      expect.stringMatching(/^unobserved +New One +none +- +- +tenant-3$/),
      expect.stringMatching(/^broken +Bad Luck +1 broken, 2 healthy +\S.*\S +2026-01-07 12:00 +tenant-2$/),
      '',
      '3 tenants: 1 broken, 1 unobserved, 1 healthy',
      '',
    ]);
  });

  it('is one JSON document, of all tenants or of one with its connections', async () => {
    const past = {
      tenants: async () => onePage(broken),
      tenant: async () => ({ tenant: broken, connections: [aConnectionView({ observedAt: null })] }),
    };
    const all = await linkwatch('status --at 2026-01-08T12:00Z --json', { app: { past } });
    const tenant = {
      id: 'tenant-2',
      externalId: null,
      name: 'Bad Luck',
      at: '2026-01-08T12:00:00.000Z',
      health: 'broken',
      conditions: ['token_invalid', 'rate_limited'],
      since: '2026-01-07T12:00:00.000Z',
      connections: { total: 3, broken: 1, waiting: 0, unobserved: 0, healthy: 2, removed: 0 },
    };
    expect(all.json).toEqual({ at: '2026-01-08T12:00:00.000Z', tenants: [tenant] });
    const one = await linkwatch('status --at 7d --tenant tenant-2 --json', { app: { past } });
    expect(one.json).toMatchObject({ tenant, connections: [{ id: 'connection-1', observedAt: null }] });
  });

  it('shows the connections of one tenant as they were', async () => {
    const view = { tenant: broken, connections: [aConnectionView({ since: at - HOUR_MS })] };
    const { stdout } = await linkwatch('status --at 7d --tenant tenant-2', {
      app: { past: { tenant: async () => view } },
    });
    expect(stdout).toContain('Bad Luck  as it was at 2026-01-08 12:00 (7 d ago), in UTC\n\nHEALTH ');
    expect(stdout).toContain('2026-01-08 11:00');
    const empty = { tenant: unseen, connections: [] };
    const none = await linkwatch('status --at 7d --tenant tenant-3', { app: { past: { tenant: async () => empty } } });
    expect(none.stdout).toContain('No connection had been seen yet.');
  });

  it('says when nobody was there, and when nothing can be known of the moment', async () => {
    const nobody = { tenants: async () => onePage<TenantThenView>(), tenant: async () => null };
    expect((await linkwatch('status --at 7d', { app: { past: nobody } })).stdout).toContain(
      'No such tenant was there then.',
    );
    const absent = await linkwatch('status --at 7d --tenant tenant-9', { app: { past: nobody } });
    expect([absent.exitCode, absent.stderr]).toEqual([1, expect.stringContaining('There was no tenant tenant-9')]);
    const refuse = async () => {
      throw new MomentOutOfReach('ahead', NOW, 'it lies in the future');
    };
    const refused = await linkwatch('status --at 2027-01-01', { app: { past: { tenants: refuse } } });
    expect([refused.exitCode, refused.stderr]).toEqual([2, expect.stringContaining('--at: it lies in the future.')]);
    expect((await linkwatch('status --at yesterday')).exitCode).toBe(2);
  });
});
