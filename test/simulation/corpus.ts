import { HOUR_MS, type Instant } from '../../src/domain/model/time.ts';
import { BEGIN } from './draw-plan.ts';
import type { Look, Plan } from './plan.ts';

/** Worlds of a week that every run of the tests lives through again: what is rare happens in them. */
export const corpus: readonly Readonly<{ seed: number; why: string }>[] = [
  { seed: 1, why: 'one process dies with three new grants, and mails come again' },
  { seed: 2, why: 'accounts flap and go away' },
  { seed: 11, why: 'several mails come again' },
  { seed: 17, why: 'three processes, of which two die with a new grant' },
  { seed: 18, why: 'many mails and reminders' },
  { seed: 30, why: 'an account goes away, and a mail comes again' },
  { seed: 39, why: 'lost grants, lost access, flapping and mails that come again' },
];

/** The same of a whole fleet whose network fails for everybody now and then. */
export const fleetCorpus: readonly Readonly<{ seed: number; why: string }>[] = [
  { seed: 1, why: 'an account is gone as the hold of its network ends' },
  { seed: 16, why: 'some stay broken, and a second outage begins as the hold of the first ends' },
  { seed: 35, why: 'an account looks worse than its owner was told, twice' },
];

/** The moment so many hours after the beginning. */
const after = (hours: number): Instant => BEGIN + hours * HOUR_MS;

const lasts = ({ calmFrom, to }: Readonly<{ calmFrom: number; to: number }>) => ({
  from: BEGIN,
  calmFrom: after(calmFrom),
  to: after(to),
});

const bakery = ({ networks = ['facebook', 'instagram'], hasCopy = false } = {}) => ({
  id: 'bakery',
  timezone: 'UTC',
  networks,
  hasCopy,
});

/** So many hours after the beginning the account looks like that from then on. */
const turns = (hours: number, look: Look, { tenantId = 'bakery', network = 'facebook' } = {}) =>
  ({ kind: 'account', at: after(hours), tenantId, network, look }) as const;

const facebookFails = { kind: 'outage', network: 'facebook', look: 'broken' } as const;

/** What was left of a seed on which a promise was not kept; as a plan it stays, however days are drawn in future. */
export const onceFailed: readonly Readonly<{ why: string; plan: Plan }>[] = [
  {
    why: 'a process stood still for hours with an answer in hand, and took the clock for wrong when it stored it',
    plan: {
      seed: 199,
      ...lasts({ calmFrom: 30, to: 40 }),
      workers: 2,
      tenants: [bakery()],
      happenings: [
        {
          kind: 'mishap',
          worker: 0,
          from: after(18.3),
          to: after(26.2),
          does: 'is frozen',
          during: 'store',
          steps: 39,
        },
        turns(20, 'gone'),
      ],
    },
  },
  {
    why: 'a process stood still for hours with an answer in hand, and took it for the latest when it went on',
    plan: {
      seed: 261,
      ...lasts({ calmFrom: 28, to: 38 }),
      workers: 2,
      tenants: [bakery()],
      happenings: [
        {
          kind: 'mishap',
          worker: 0,
          from: after(12.9),
          to: after(19.7),
          does: 'is frozen',
          during: 'upstream',
          steps: 2,
        },
        turns(15.3, 'gone'),
      ],
    },
  },
  {
    why: 'an account was repaired, broke again and was repaired again while no mail server took the thanks',
    plan: {
      seed: 257,
      ...lasts({ calmFrom: 48, to: 66 }),
      workers: 1,
      tenants: [bakery()],
      happenings: [
        {
          kind: 'weather',
          place: 'mail',
          does: 'be down',
          share: 1,
          from: after(41),
          to: after(48),
        },
        turns(10, 'broken'),
        turns(42.1, 'fine'),
        turns(43.1, 'broken'),
        turns(45.1, 'fine'),
      ],
    },
  },
  {
    why: 'thanks that waited for the mail server were sent after a suspicion that no poll confirmed',
    plan: {
      seed: 522,
      ...lasts({ calmFrom: 48, to: 60 }),
      workers: 1,
      tenants: [bakery({ hasCopy: true })],
      happenings: [
        {
          kind: 'weather',
          place: 'mail',
          does: 'defer',
          share: 1,
          from: after(42),
          to: after(45.8),
        },
        turns(10, 'broken'),
        turns(42.1, 'fine'),
        turns(45.4, 'broken'),
        turns(45.6, 'fine'),
      ],
    },
  },
  {
    why: 'a reminder counts from the alert that Linkwatch heard was accepted, after three whose answers were lost',
    plan: {
      seed: 219,
      ...lasts({ calmFrom: 36, to: 96 }),
      workers: 1,
      tenants: [bakery()],
      happenings: [
        {
          kind: 'weather',
          place: 'mail',
          does: 'lose answers',
          share: 1,
          from: after(29.2),
          to: after(36),
        },
        turns(29.8, 'broken'),
      ],
    },
  },
  {
    why: 'a removal was told again by a process whose clock is behind',
    plan: {
      seed: 1020,
      ...lasts({ calmFrom: 24, to: 36 }),
      workers: 3,
      tenants: [bakery({ hasCopy: true })],
      happenings: [
        turns(17.5, 'gone'),
        {
          kind: 'mishap',
          worker: 2,
          from: after(18.1),
          to: after(23.5),
          does: 'has a wrong clock',
          byMs: -2.8 * HOUR_MS,
        },
      ],
    },
  },
  {
    why: 'an account was gone, and its owner had left before she was told',
    plan: {
      seed: 619,
      ...lasts({ calmFrom: 10, to: 20 }),
      workers: 1,
      tenants: [bakery()],
      happenings: [
        turns(1.9, 'gone', { network: 'instagram' }),
        {
          kind: 'people',
          at: after(2.8),
          tenantId: 'bakery',
          look: { owner: 'owner-2@bakery.example', cc: null, ownerWantsReminders: true },
        },
      ],
    },
  },
  {
    why: 'the hold of one outage ended after six hours while a second outage went on, and a new hold began for the second',
    plan: {
      seed: 289,
      ...lasts({ calmFrom: 20, to: 30 }),
      workers: 1,
      isSpread: true,
      tenants: Array.from({ length: 16 }, (_, index) => ({
        id: `shop-${index + 1}`,
        timezone: 'UTC',
        networks: ['facebook'],
        hasCopy: false,
      })),
      happenings: [
        turns(2, 'broken', { tenantId: 'shop-1' }),
        { ...facebookFails, from: after(8.1), to: after(9.6) },
        turns(9.3, 'broken', { tenantId: 'shop-3' }),
        turns(9.3, 'broken', { tenantId: 'shop-12' }),
        { ...facebookFails, from: after(13.7), to: after(15) },
      ],
    },
  },
  {
    why: 'an account was absent from a single answer between two good ones, after which its people were thanked',
    plan: {
      seed: 767,
      ...lasts({ calmFrom: 10, to: 20 }),
      workers: 1,
      tenants: [bakery({ networks: ['facebook'] })],
      happenings: [turns(1.4, 'broken'), turns(1.9, 'fine'), turns(2.6, 'gone'), turns(2.85, 'fine')],
    },
  },
  {
    why: 'a mail server put off thanks for hours, and meanwhile the account broke again, so often that it was said to keep breaking',
    plan: {
      seed: 889,
      ...lasts({ calmFrom: 10, to: 24 }),
      workers: 1,
      tenants: [bakery({ networks: ['facebook'] })],
      happenings: [
        turns(1.4, 'broken'),
        {
          kind: 'weather',
          place: 'mail',
          does: 'defer',
          share: 1,
          from: after(2),
          to: after(6.6),
        },
        turns(2.4, 'fine'),
        turns(5.4, 'broken'),
        turns(5.9, 'fine'),
      ],
    },
  },
];
