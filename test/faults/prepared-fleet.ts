import { HOUR_MS, type Instant } from '../../src/domain/model/time.ts';
import { aContact, anApiKey, anObservedConnection, aTenant, aWebhook, NOW } from '../support/builders.ts';
import { ms } from '../support/domain-time.ts';
import type { TestDatabase } from '../support/store-fixtures.ts';
import { INTERVAL_MS, type Outside, outsideAt, type Process, processOver } from './fleet.ts';
import { type Given, grantNumbered, TOKEN_LIFE_MS } from './rotating-tokens.ts';
import { saveRows } from './saved-rows.ts';
import type { StatementSeam } from './statement-seam.ts';

export const fleet = ['bakery', 'florist', 'grocer', 'dentist'] as const;

/** Of all tenants, and of one. */
export const receivers = { all: 'https://all.example/hook', one: 'https://bakery.example/hook' };

const facebook = { network: 'facebook', accountId: '1' };
const instagram = { network: 'instagram', accountId: '2' };
const broken = anObservedConnection({ ...facebook, tokenIsValid: false });
const good = anObservedConnection(facebook);

/**
 * The moments that can be come back to. `round`: every tenant is due; that round makes the bakery's break certain, closes
 * the florist's incident, finds the grocer limited and needs a new token for the dentist. `mail`: what that round has
 * written is due. `told`: all of it has been told.
 */
export const moments: Readonly<Record<'round' | 'mail' | 'told', Instant>> = {
  round: NOW + HOUR_MS,
  mail: NOW + HOUR_MS + ms('3m'),
  told: NOW + HOUR_MS + ms('4m'),
};
export type Moment = keyof typeof moments;

/** The tokens that have been given by then. */
export const refreshedBefore: Readonly<Record<Moment, Given>> = {
  round: {},
  mail: { dentist: 2 },
  told: { dentist: 2 },
};

/** What Constant Contact shows from the round on. */
export function showTheRound({ constantContact }: Outside): void {
  constantContact.shows('bakery', broken);
  constantContact.shows('florist', good);
  constantContact.shows('grocer', good, anObservedConnection({ ...instagram, rateLimited: true }));
  constantContact.shows('dentist', good);
}

/** Lives through the hour before, and saves the moments. */
export async function prepareFleet(database: TestDatabase, seam: StatementSeam): Promise<void> {
  const outside = outsideAt(NOW, seam);
  const process = processOver(database, seam, outside);
  const live = (work: Promise<unknown>) => outside.clock.run(work);
  await live(addFleet(process));
  const showing = [
    { bakery: good, florist: good },
    { bakery: good, florist: broken },
    { bakery: good, florist: broken },
    { bakery: broken, florist: good },
  ];
  for (const [quarter, { bakery, florist }] of showing.entries()) {
    outside.constantContact.shows('bakery', bakery);
    outside.constantContact.shows('florist', florist);
    for (const id of ['grocer', 'dentist']) outside.constantContact.shows(id, good);
    await live(process.work.round('due'));
    await outside.clock.advance(ms('3m'));
    await live(process.work.deliver());
    await live(process.work.webhooks());
    await outside.clock.advance(NOW + (quarter + 1) * INTERVAL_MS - outside.clock.now());
  }
  await saveRows(database.raw, 'round');
  showTheRound(outside);
  await live(process.work.round('due'));
  await outside.clock.advance(moments.mail - outside.clock.now());
  await saveRows(database.raw, 'mail');
  await live(process.work.deliver());
  await live(process.work.webhooks());
  await saveRows(database.raw, 'told');
  await process.stores.close();
}

async function addFleet({ stores }: Process): Promise<void> {
  const beginning = { createdAt: NOW, nextPollAt: NOW, pagesAskedAt: NOW, intervalMs: INTERVAL_MS };
  const copy = aContact({ id: 'cc', tenantId: 'bakery', email: 'cc@bakery.example', role: 'cc' });
  await stores.tenants.add(
    fleet.map((id) => ({
      tenant: aTenant({ ...beginning, id, name: id }),
      contacts: [
        aContact({ id: `owner-of-${id}`, tenantId: id, email: `owner@${id}.example` }),
        ...(id === 'bakery' ? [copy] : []),
      ],
      // Still fresh in the round before, and over in the round.
      grant: grantNumbered(id, 1, id === 'dentist' ? moments.round - ms('1m') : NOW + TOKEN_LIFE_MS),
    })),
  );
  await stores.webhooks.add(aWebhook({ id: 'all', url: receivers.all }), 'whsec_YWxs');
  await stores.webhooks.add(aWebhook({ id: 'one', url: receivers.one, tenantId: 'bakery' }), 'whsec_b25l');
  await stores.apiKeys.add(anApiKey({ tenantId: 'bakery' }), 'a hash');
}
