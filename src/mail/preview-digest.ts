import type { Digest } from '../domain/model/digest.ts';
import { DAY_MS, HOUR_MS, type Instant } from '../domain/model/time.ts';

/** An example digest with lines in every section, and with more lines in some sections than are shown. */
export function previewDigest(at: Instant): Digest {
  return {
    held: { items: [{ cause: { kind: 'brake' }, since: at - 9 * HOUR_MS, mails: 137 }], total: 1 },
    unreachable: {
      items: [
        { ...harbour, email: 'crew@harbour-fitness.example', why: 'undeliverable' },
        { ...garage, email: 'bob@bobs-garage.example', why: 'unsubscribed' },
      ],
      total: 2,
    },
    mailFailed: {
      items: [
        {
          ...harbour,
          to: 'crew@harbour-fitness.example',
          kind: 'alert',
          reason: 'address_refused',
          response: '550 5.1.1 No such mailbox',
        },
      ],
      total: 1,
    },
    stillBroken: stillBroken(at),
    accessLost: {
      items: [
        { ...garage, action: 'reauthorize', since: at - 6 * DAY_MS, hasNeverWorked: false },
        { ...cinema, action: 'reauthorize', since: at - 2 * DAY_MS, hasNeverWorked: true },
      ],
      total: 2,
    },
    failing: { items: [{ ...cinema, kind: 'server', since: at - 29 * HOUR_MS }], total: 1 },
    checksFailing: {
      items: [{ ...cinema, network: 'linkedin', account: 'Corner Cinema', since: at - 2 * DAY_MS }],
      total: 1,
    },
    unsettled: { items: [{ ...cinema, network: 'instagram', account: '@cornercinema', suspicions: 8 }], total: 1 },
    quota: { perDay: 9000, planned: 12_480, stretch: 1.39 },
  };
}

const bakery = { tenantId: '4ba1vqnyqq0hp7ur', tenantName: "Jane's Bakery" };
const garage = { tenantId: '1x0rwzkq7d3n5t9c', tenantName: "Bob's Garage" };
const harbour = { tenantId: '6m2yhc8u4pafe0sv', tenantName: 'Harbour Fitness' };
const cinema = { tenantId: '0t5gq9j1wlbx3k7d', tenantName: 'Corner Cinema' };

function stillBroken(at: Instant): Digest['stillBroken'] {
  const facebook = { network: 'facebook', action: 'reconnect' } as const;
  return {
    items: [
      { ...harbour, ...facebook, account: 'Harbour Fitness', since: at - 5 * DAY_MS, toldAt: null, reaction: 'none' },
      { ...bakery, ...facebook, account: "Jane's Bakery", ...toldAt(at - 4 * DAY_MS), reaction: 'none' },
      {
        ...bakery,
        network: 'instagram',
        account: '@janesbakery',
        action: 'choose_profile',
        ...toldAt(at - 4 * DAY_MS),
        reaction: 'snoozed',
      },
    ],
    total: 12,
  };
}

function toldAt(at: Instant) {
  return { since: at - HOUR_MS, toldAt: at };
}
