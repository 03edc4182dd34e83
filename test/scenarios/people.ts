import type { LinkHolder } from '../../src/domain/link.ts';
import type { Wish } from '../../src/domain/wishes.ts';
import { changeIncident, type IncidentChange } from '../../src/monitoring/change-incident.ts';
import { createChecks } from '../../src/monitoring/check-now.ts';
import { grantWish } from '../../src/monitoring/grant-wish.ts';
import { discardHeldMail, holdMail, releaseMail } from '../../src/monitoring/hold-mail.ts';
import { recordBounce } from '../../src/monitoring/record-bounce.ts';
import type { RoundTally } from '../../src/monitoring/round-tally.ts';
import { pauseTenant, resumeTenant, updateTenant } from '../../src/monitoring/update-tenant.ts';
import { aGrant } from '../support/builders.ts';
import { ms } from '../support/domain-time.ts';
import type { World } from '../support/use-case-world.ts';
import type { Wish as AskedWish, PeopleHappening } from './happenings.ts';
import type { Telling } from './tell-story.ts';

/** What people do, by the use cases behind their commands and pages. */
export async function act({ world }: Telling, what: PeopleHappening, tenant: string): Promise<void> {
  const { clock, store, ports } = world;
  const records = store.tenantRecords;
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
      await grantWish(
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
  const entries = await store.incidentLog.list({ tenantId, state: 'open', after: null, limit: 100 });
  for (const { incident } of entries) {
    await changeIncident(incident.id, change, { clock, incidents: store.incidentLog, records: store.tenantRecords });
  }
}

async function pollNow(world: World, tenant: string): Promise<RoundTally> {
  return await world.poll({ scope: { kind: 'named', tenantIds: [tenant] } });
}

/** What the owner's page asks for, by the use cases behind it. */
async function wish(world: World, holder: LinkHolder, wished: AskedWish): Promise<void> {
  const { clock, store, ports } = world;
  const records = store.tenantRecords;
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
    await grantWish(holder, wishOf(wished), { ...ports, clock, records });
  }
}

function wishOf(wished: Exclude<AskedWish, { kind: 'check_now' }>): Wish {
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
  const sent = await store.mailLog.list({ tenantId: null, state: 'sent', after: null, limit: 100 });
  const mail = sent.find(({ to }) => to === address);
  const report = { action: 'failed', status, response: 'as the last server said' } as const;
  const returned = { kind: 'bounce', report, sentTo: [], messageIds: [mail?.messageId ?? ''] } as const;
  await recordBounce(new Uint8Array(), {
    ...{ ...ports, mail: store.mailLog, records: store.tenantRecords, operatorMail: store.operatorMail },
    ...{ read: async () => returned, readAddress: () => null, hasReturnPath: false },
  });
}
