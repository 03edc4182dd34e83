import { describe, expect, it } from '@jest/globals';
import type { Tenant } from '../../../src/domain/model/tenant.ts';
import type { PollPlan } from '../../../src/monitoring/polling/record-polls.ts';
import { replanPolls } from '../../../src/monitoring/polling/replan-polls.ts';
import { aTenant, NOW } from '../../support/builders.ts';
import { ms } from '../../support/domain-time.ts';
import { createMemoryStores } from '../../support/memory-store.ts';
import { planBy } from '../../support/schedules.ts';
import { manualClock } from '../../support/use-case-clock.ts';
import { collectingLog } from '../../support/use-case-log.ts';
import { manyTenants } from '../../support/use-case-world.ts';

const planned = NOW + ms('1h');
const tomorrow = NOW + ms('1d');
const failing = (kind: 'throttled' | 'forbidden') => ({ kind, since: NOW });

describe('A changed schedule, when the daemon starts', () => {
  it.each<[string, Partial<Tenant>, number | null]>([
    ['moves a poll forward', { nextPollAt: tomorrow }, planned],
    ['never moves one back', { nextPollAt: NOW + ms('15m') }, NOW + ms('15m')],
    [
      'does not hurry one that upstream asked to wait',
      { nextPollAt: tomorrow, failing: failing('throttled') },
      tomorrow,
    ],
    ['moves one that is denied access', { nextPollAt: tomorrow, failing: failing('forbidden') }, planned],
    ['moves one with a schedule of its own', { nextPollAt: tomorrow, schedule: '0 9 * * *' }, planned],
    ['leaves one that is paused', { nextPollAt: null, state: 'paused' }, null],
  ])('%s', async (_, given, nextPollAt) => {
    const { plannedAt } = await replanned([aTenant({ id: 'a', ...given })]);
    expect(plannedAt('a')).toBe(nextPollAt);
  });

  it('counts for each tenant by the schedule that it has', async () => {
    const own = { schedule: '0 9 * * *', timezone: 'America/New_York' };
    const nextWeek = NOW + ms('7d');
    const plan = planBy('0 * * * *');
    const tenants = [aTenant({ id: 'a', nextPollAt: nextWeek }), aTenant({ id: 'b', nextPollAt: nextWeek, ...own })];
    const { plannedAt } = await replanned(tenants, plan);
    expect([plannedAt('a'), plannedAt('b')]).toEqual(tenants.map((tenant) => plan(tenant, NOW).nextPollAt));
    expect(plannedAt('b')).toBeLessThan(NOW + ms('1d'));
  });

  it('reaches every tenant, once, and says how many', async () => {
    const tenants = manyTenants(1001).map((id) => aTenant({ id, nextPollAt: tomorrow }));
    const { log, plannedAt, again } = await replanned(tenants);
    expect(tenants.filter(({ id }) => plannedAt(id) !== planned)).toEqual([]);
    await again();
    expect(log.entries.map(({ fields }) => fields)).toEqual([{ moved: 1001 }]);
  });
});

const planAtPlanned: PollPlan = () => ({ nextPollAt: planned, intervalMs: ms('1h') });

async function replanned(tenants: readonly Tenant[], plan = planAtPlanned) {
  const store = createMemoryStores();
  await store.tenants.add(tenants.map((tenant) => ({ tenant, contacts: [], grant: null })));
  const log = collectingLog();
  const readPollPlan = async () => plan;
  const again = () => replanPolls({ clock: manualClock(NOW), log, polls: store.polls, readPollPlan });
  await again();
  return { log, again, plannedAt: (id: string) => store.memory.state.tenants.get(id)?.tenant.nextPollAt };
}
