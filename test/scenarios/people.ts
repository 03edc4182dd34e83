import type { ContactRequest } from '../../src/domain/owner/contact-request.ts';
import { recordBounce } from '../../src/monitoring/mailing/record-bounce.ts';
import { operator, type Viewer } from '../../src/monitoring/viewer.ts';
import { aGrant } from '../support/builders.ts';
import { ms } from '../support/domain-time.ts';
import { firstPage } from '../support/store-records.ts';
import type { World } from '../support/use-case-world.ts';
import type { ContactRequest as AskedWish, PeopleHappening } from './happenings.ts';
import type { Telling } from './telling.ts';

/** What people do, by the calls behind their commands and pages. */
export async function act({ world }: Telling, what: PeopleHappening, tenant: string): Promise<void> {
  const { clock, app } = world;
  switch (what.kind) {
    case 'polled_by_hand':
      await world.poll({ scope: [tenant] });
      return;
    case 'authorised':
      await app.tenants.update(operator, tenant, { grant: aGrant() });
      return;
    case 'acknowledged':
      return await changeAll(world, tenant, (id) => app.incidents.acknowledge(operator, id));
    case 'snoozed':
      return await changeAll(world, tenant, (id) => app.incidents.snooze(operator, id, clock.now() + ms(what.for)));
    case 'closed':
      return await changeAll(world, tenant, (id) => app.incidents.close(operator, id));
    case 'paused':
      await app.tenants.pause(operator, tenant);
      return;
    case 'resumed':
      await app.tenants.resume(operator, tenant);
      return;
    case 'owner_becomes':
      await app.tenants.update(operator, tenant, { owner: `${what.person}@${tenant}.example` });
      return;
    case 'unsubscribes':
      await app.owner.request(contact(what.person, tenant), { kind: 'leave', as: 'unsubscribed' });
      return;
    case 'wishes':
      return await wish(world, contact(what.person, tenant), what.wish);
    case 'mail_command':
      await app.mail[what.does](operator, { kind: 'all' });
      return;
    case 'bounces':
      await bounce(world, `${what.person}@${tenant}.example`, what.isForGood ? '5.1.1' : '4.2.2');
  }
}

function contact(person: string, tenantId: string): Viewer {
  return { kind: 'contact', tenantId, contactId: `${person}-of-${tenantId}` };
}

async function changeAll({ app }: World, tenantId: string, change: (id: string) => Promise<unknown>): Promise<void> {
  const { items } = await app.incidents.list(operator, { ...firstPage, tenantId, state: 'open' });
  for (const { id } of items) await change(id);
}

/** What the owner's page asks for. */
async function wish({ app }: World, viewer: Viewer, wished: AskedWish): Promise<void> {
  if (wished.kind === 'check_now') await app.owner.checkNow(viewer);
  else await app.owner.request(viewer, contactRequestOf(wished));
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
  await recordBounce(new Uint8Array(), { ...ports, readBounce: async () => returned });
}
