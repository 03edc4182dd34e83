import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { DAY_MS } from '../../src/domain/model/time.ts';
import type { World } from '../support/program-world.ts';
import { until } from '../support/until.ts';
import { isCopied, peopleOf, type TenantOfStory } from './story.ts';
import type { Member, Troupe } from './troupe.ts';
import { happenToAll } from './whole-happen.ts';
import type { Moment } from './whole-plan.ts';

/** All of them under their own names and addresses, imported at once. */
export async function importMembers(world: World, tenants: readonly TenantOfStory[]): Promise<Troupe['members']> {
  const accounts = world.control.tenants();
  const rows = tenants.map((tenant, index) => ({
    name: tenant.name,
    owner: `owner@${tenant.name}.example`,
    cc: peopleOf(tenant)
      .filter(isCopied)
      .map((person) => `${person}@${tenant.name}.example`)
      .join(';'),
    timezone: tenant.zone ?? 'America/New_York',
    locale: tenant.language ?? 'en',
    refresh_token: accounts[index]?.tokens.refreshToken,
  }));
  const file = join(world.folder, 'members.csv');
  writeFileSync(file, stringify(rows, { header: true }));
  const { tenants: added } = await world.json<{ tenants: readonly { id: string }[] }>(['tenant', 'import', file]);
  rmSync(file);
  await askNobody(world, 0);
  return new Map(
    tenants.map((tenant, index) => [
      tenant.name,
      { id: added[index]?.id ?? '', sandboxId: accounts[index]?.id ?? '', tenant },
    ]),
  );
}

/** Lets the time up to a moment pass, and resolves when the daemons have done all that is due by then. */
export async function live(troupe: Troupe, { happenings, polled }: Moment, sinceLastMs: number): Promise<void> {
  const { world } = troupe;
  const { db } = world.database.raw;
  await askNobody(world, sinceLastMs);
  await world.letTimePass(sinceLastMs);
  // A command may have a tenant asked at once, which counts.
  const askedAt = new Date();
  for (const { tenant, what } of happenings) await happenToAll(troupe, memberOf(troupe, tenant), what);

  const ids = polled.map((name) => memberOf(troupe, name).id);
  const due = { id: { in: ids }, nextPollAt: { not: null } };
  const unasked = { ...due, OR: [{ lastPolledAt: null }, { lastPolledAt: { lt: askedAt } }] };
  await db.tenant.updateMany({ where: due, data: { nextPollAt: askedAt } });
  let toldAgainAt = Date.now() + ANOTHER_POLL_MS;
  await until('everybody who is due is asked', async () => {
    // A poll that was under way may have planned its own next one over ours.
    if (Date.now() > toldAgainAt) {
      await db.tenant.updateMany({ where: unasked, data: { nextPollAt: askedAt } });
      toldAgainAt = Date.now() + ANOTHER_POLL_MS;
    }
    return (await db.tenant.count({ where: unasked })) === 0;
  });
  await until('all mail that is due is sent', async () => {
    const now = new Date();
    // A reminder that is due becomes a mail, so it is looked for first.
    const reminders = await db.incident.count({ where: { state: { not: 'closed' }, remindAt: { lte: now } } });
    return reminders + (await db.notification.count({ where: { state: 'pending', dueAt: { lte: now } } })) === 0;
  });
}

/** Longer than a poll of the stand-in takes on a busy machine. */
const ANOTHER_POLL_MS = 10_000;

/** Hours are left out, so who is asked next, and when, is the plan's matter and not the schedule's. */
async function askNobody({ database }: World, forMs: number): Promise<void> {
  const never = new Date(Date.now() + forMs + DAY_MS);
  await database.raw.db.tenant.updateMany({ where: { nextPollAt: { not: null } }, data: { nextPollAt: never } });
}

function memberOf({ members }: Troupe, name: string): Member {
  const member = members.get(name);
  if (member === undefined) throw new Error(`Nobody is called ${name}.`);
  return member;
}
