import type { Incident } from '../../src/domain/incident.ts';
import { noUpdate, type TenantRecord, type TenantUpdate } from '../../src/domain/tenant-record.ts';
import { changeIncident, type IncidentChange } from '../../src/monitoring/change-incident.ts';
import { pauseTenant, resumeTenant, updateTenant } from '../../src/monitoring/update-tenant.ts';
import { aGrant } from '../support/builders.ts';
import { ms } from '../support/domain-time.ts';
import type { World } from '../support/use-case-world.ts';
import type { PeopleHappening, Wish } from './happenings.ts';
import type { Telling } from './tell-story.ts';

/** What people do, by the use cases behind their commands and pages. */
export async function act({ world }: Telling, what: PeopleHappening, tenant: string): Promise<void> {
  const { clock, store, ports } = world;
  const directory = { clock, newId: ports.newId, directory: store.tenantDirectory };
  switch (what.kind) {
    case 'polled_by_hand':
      await pollNow(world, tenant);
      return;
    case 'authorised':
      await updateTenant(tenant, { grant: aGrant() }, directory);
      return;
    case 'acknowledged':
      return await changeAll(world, tenant, { kind: 'acknowledge' });
    case 'snoozed':
      return await changeAll(world, tenant, { kind: 'snooze', until: clock.now() + ms(what.for) });
    case 'closed':
      return await changeAll(world, tenant, { kind: 'close' });
    case 'paused':
      await pauseTenant(tenant, directory);
      return;
    case 'resumed':
      await resumeTenant(tenant, directory);
      return;
    case 'owner_becomes':
      await updateTenant(tenant, { owner: `${what.person}@${tenant}.example` }, directory);
      return;
    case 'unsubscribes':
      await store.contactWishes.unsubscribe(`${what.person}-of-${tenant}`, clock.now());
      return;
    case 'wishes':
      return await wish(world, tenant, { person: what.person, wish: what.wish });
    case 'bounces':
    case 'mail_command':
      throw new Error(`${what.kind} is not wired yet: see needs.ts`);
  }
}

async function changeAll(world: World, tenantId: string, change: IncidentChange): Promise<void> {
  const { clock, store } = world;
  const entries = await store.incidentLog.list({ tenantId, state: 'open', after: null, limit: 100 });
  for (const { incident } of entries) {
    await changeIncident(incident.id, change, { clock, incidents: store.incidentLog, records: store.tenantRecords });
  }
}

async function pollNow(world: World, tenant: string): Promise<void> {
  await world.poll({ scope: { kind: 'named', tenantIds: [tenant] } });
}

/** As the owner's page stores it. */
async function wish(
  world: World,
  tenant: string,
  { person, wish: wished }: Readonly<{ person: string; wish: Wish }>,
): Promise<void> {
  if (wished.kind === 'check_now') {
    await pollNow(world, tenant);
    return;
  }
  await world.store.tenantRecords.change([tenant], ([record]) => ({
    updates: record === undefined ? [] : [{ ...noUpdate(tenant), ...wishedIn(record, person, wished, world) }],
    result: undefined,
  }));
}

function wishedIn(record: TenantRecord, person: string, wished: Wish, { clock }: World): Partial<TenantUpdate> {
  const contact = record.contacts.find(({ email }) => email.startsWith(`${person}@`));
  if (contact === undefined) throw new Error(`${record.tenant.id} has no ${person}`);
  if (wished.kind === 'not_mine') return { contacts: [{ ...contact, state: 'not_mine' }] };
  if (wished.kind === 'no_reminders') return { contacts: [{ ...contact, wantsReminders: false }] };
  if (wished.kind === 'check_now') return {};
  const until = clock.now() + ms(wished.for);
  const open = record.incidents.filter(({ state }) => state !== 'closed');
  if (contact.role === 'owner') return { incidents: open.map((incident) => snoozedUntil(incident, until)) };
  return { contacts: [{ ...contact, snoozes: open.map(({ id }) => ({ incidentId: id, until })) }] };
}

function snoozedUntil(incident: Incident, until: number): Incident {
  return { ...incident, snoozedUntil: until, decision: 'snoozed' };
}
