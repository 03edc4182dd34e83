import type { LinkHolder } from '../../src/domain/model/link.ts';
import type { ContactRequest } from '../../src/domain/owner/contact-request.ts';
import { discardHeldMail, holdMail, releaseMail } from '../../src/monitoring/mailing/hold-mail.ts';
import { recordBounce } from '../../src/monitoring/mailing/record-bounce.ts';
import { createChecks } from '../../src/monitoring/polling/check-now.ts';
import type { RoundTally } from '../../src/monitoring/polling/round-tally.ts';
import { changeIncident, type IncidentChange } from '../../src/monitoring/tenants/change-incident.ts';
import { handleContactRequest } from '../../src/monitoring/tenants/handle-contact-request.ts';
import { pauseTenant, resumeTenant, updateTenant } from '../../src/monitoring/tenants/update-tenant.ts';
import { aGrant } from '../support/builders.ts';
import { ms } from '../support/domain-time.ts';
import { firstPage } from '../support/store-records.ts';
import type { World } from '../support/use-case-world.ts';
import type { ContactRequest as AskedWish, PeopleHappening } from './happenings.ts';
import type { Telling } from './telling.ts';

/** What people do, by the use cases behind their commands and pages. */
export async function act({ world }: Telling, what: PeopleHappening, tenant: string): Promise<void> {
  const { clock, store, ports } = world;
  const records = store.records;
  const tenants = { clock, newId: ports.newId, records };
  switch (what.kind) {
    case 'polled_by_hand':
      await pollNow(world, tenant);
      return;
    case 'authorised':
      await updateTenant(tenant, { grant: aGrant() }, tenants);
      return;
    case 'acknowledged':
      return await changeAll(world, tenant, { kind: 'acknowledge' });
    case 'snoozed':
      return await changeAll(world, tenant, { kind: 'snooze', until: clock.now() + ms(what.for) });
    case 'closed':
      return await changeAll(world, tenant, { kind: 'close' });
    case 'paused':
      await pauseTenant(tenant, tenants);
      return;
    case 'resumed':
      await resumeTenant(tenant, tenants);
      return;
    case 'owner_becomes':
      await updateTenant(tenant, { owner: `${what.person}@${tenant}.example` }, tenants);
      return;
    case 'unsubscribes':
      await handleContactRequest(
        holderOf(what.person, tenant),
        { kind: 'leave', as: 'unsubscribed' },
        { ...ports, clock, records },
      );
      return;
    case 'wishes':
      return await wish(world, holderOf(what.person, tenant), what.wish);
    case 'mail_command':
      await mailCommands[what.does]({ kind: 'all' }, ports);
      return;
    case 'bounces':
      await bounce(world, `${what.person}@${tenant}.example`, what.isForGood ? '5.1.1' : '4.2.2');
  }
}

const mailCommands = { hold: holdMail, release: releaseMail, discard: discardHeldMail };

function holderOf(person: string, tenantId: string): LinkHolder {
  return { tenantId, contactId: `${person}-of-${tenantId}` };
}

async function changeAll(world: World, tenantId: string, change: IncidentChange): Promise<void> {
  const { clock, store } = world;
  const open = await store.incidents.list({ ...firstPage, tenantId, state: 'open' });
  for (const { incident } of open.items) {
    await changeIncident(incident.id, change, { clock, incidents: store.incidents, records: store.records });
  }
}

async function pollNow(world: World, tenant: string): Promise<RoundTally> {
  return await world.poll({ scope: { kind: 'named', tenantIds: [tenant] } });
}

/** What the owner's page asks for, by the use cases behind it. */
async function wish(world: World, holder: LinkHolder, wished: AskedWish): Promise<void> {
  const { clock, store, ports } = world;
  const records = store.records;
  if (wished.kind === 'check_now') {
    const pollTenant = (tenantId: string) => pollNow(world, tenantId);
    const checks = createChecks({
      ...ports,
      clock,
      records,
      pollTenant,
      recheckAfterMs: world.settings.recheckAfterMs,
    });
    await checks.checkNow(holder);
  } else {
    await handleContactRequest(holder, contactRequestOf(wished), { ...ports, clock, records });
  }
}

function contactRequestOf(wished: Exclude<AskedWish, { kind: 'check_now' }>): ContactRequest {
  switch (wished.kind) {
    case 'snooze':
      return { kind: 'snooze', length: wished.for === '1d' ? 'day' : 'week' };
    case 'not_mine':
      return { kind: 'leave', as: 'not_mine' };
    case 'no_reminders':
      return { kind: 'prefer', locale: null, wantsReminders: false };
  }
}

/** The latest mail to an address comes back, without the signed return path. */
async function bounce({ store, ports }: World, address: string, status: string): Promise<void> {
  const sent = await store.mail.list({ ...firstPage, state: 'sent' });
  const mail = sent.items.find(({ to }) => to === address);
  const report = { action: 'failed', status, response: 'as the last server said' } as const;
  const returned = { kind: 'bounce', report, sentTo: [], messageIds: [mail?.messageId ?? ''] } as const;
  await recordBounce(new Uint8Array(), {
    ...{ ...ports, mail: store.mail, records: store.records, operatorMail: store.operatorMail },
    ...{ read: async () => returned, readAddress: () => null, hasReturnPath: false },
  });
}
