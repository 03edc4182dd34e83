import { HOUR_MS } from '../../src/domain/model/time.ts';
import { BEGIN } from './draw-plan.ts';
import type { Plan } from './plan.ts';

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

const facebookFails = { kind: 'outage', network: 'facebook', look: 'broken' } as const;

/** What was left of a seed on which a promise was not kept; as a plan it stays, however days are drawn in future. */
export const onceFailed: readonly Readonly<{ why: string; plan: Plan }>[] = [
  {
    why: 'a process stood still for hours with an answer in hand, and took the clock for wrong when it stored it',
    plan: {
      seed: 199,
      from: BEGIN,
      calmFrom: BEGIN + 30 * HOUR_MS,
      to: BEGIN + 40 * HOUR_MS,
      workers: 2,
      tenants: [{ id: 'bakery', timezone: 'UTC', networks: ['facebook', 'instagram'], hasCopy: false }],
      happenings: [
        {
          kind: 'mishap',
          worker: 0,
          from: BEGIN + 18.3 * HOUR_MS,
          to: BEGIN + 26.2 * HOUR_MS,
          does: 'is frozen',
          during: 'store',
          steps: 39,
        },
        { kind: 'account', at: BEGIN + 20 * HOUR_MS, tenantId: 'bakery', network: 'facebook', look: 'gone' },
      ],
    },
  },
  {
    why: 'a process stood still for hours with an answer in hand, and took it for the latest when it went on',
    plan: {
      seed: 261,
      from: BEGIN,
      calmFrom: BEGIN + 28 * HOUR_MS,
      to: BEGIN + 38 * HOUR_MS,
      workers: 2,
      tenants: [{ id: 'bakery', timezone: 'UTC', networks: ['facebook', 'instagram'], hasCopy: false }],
      happenings: [
        {
          kind: 'mishap',
          worker: 0,
          from: BEGIN + 12.9 * HOUR_MS,
          to: BEGIN + 19.7 * HOUR_MS,
          does: 'is frozen',
          during: 'upstream',
          steps: 2,
        },
        { kind: 'account', at: BEGIN + 15.3 * HOUR_MS, tenantId: 'bakery', network: 'facebook', look: 'gone' },
      ],
    },
  },
  {
    why: 'an account was repaired, broke again and was repaired again while no mail server took the thanks',
    plan: {
      seed: 257,
      from: BEGIN,
      calmFrom: BEGIN + 48 * HOUR_MS,
      to: BEGIN + 66 * HOUR_MS,
      workers: 1,
      tenants: [{ id: 'bakery', timezone: 'UTC', networks: ['facebook', 'instagram'], hasCopy: false }],
      happenings: [
        {
          kind: 'weather',
          place: 'mail',
          does: 'be down',
          share: 1,
          from: BEGIN + 41 * HOUR_MS,
          to: BEGIN + 48 * HOUR_MS,
        },
        { kind: 'account', at: BEGIN + 10 * HOUR_MS, tenantId: 'bakery', network: 'facebook', look: 'broken' },
        { kind: 'account', at: BEGIN + 42.1 * HOUR_MS, tenantId: 'bakery', network: 'facebook', look: 'fine' },
        { kind: 'account', at: BEGIN + 43.1 * HOUR_MS, tenantId: 'bakery', network: 'facebook', look: 'broken' },
        { kind: 'account', at: BEGIN + 45.1 * HOUR_MS, tenantId: 'bakery', network: 'facebook', look: 'fine' },
      ],
    },
  },
  {
    why: 'thanks that waited for the mail server were sent after a suspicion that no poll confirmed',
    plan: {
      seed: 522,
      from: BEGIN,
      calmFrom: BEGIN + 48 * HOUR_MS,
      to: BEGIN + 60 * HOUR_MS,
      workers: 1,
      tenants: [{ id: 'bakery', timezone: 'UTC', networks: ['facebook', 'instagram'], hasCopy: true }],
      happenings: [
        {
          kind: 'weather',
          place: 'mail',
          does: 'defer',
          share: 1,
          from: BEGIN + 42 * HOUR_MS,
          to: BEGIN + 45.8 * HOUR_MS,
        },
        { kind: 'account', at: BEGIN + 10 * HOUR_MS, tenantId: 'bakery', network: 'facebook', look: 'broken' },
        { kind: 'account', at: BEGIN + 42.1 * HOUR_MS, tenantId: 'bakery', network: 'facebook', look: 'fine' },
        { kind: 'account', at: BEGIN + 45.4 * HOUR_MS, tenantId: 'bakery', network: 'facebook', look: 'broken' },
        { kind: 'account', at: BEGIN + 45.6 * HOUR_MS, tenantId: 'bakery', network: 'facebook', look: 'fine' },
      ],
    },
  },
  {
    why: 'a reminder counts from the alert that Linkwatch heard was accepted, after three whose answers were lost',
    plan: {
      seed: 219,
      from: BEGIN,
      calmFrom: BEGIN + 36 * HOUR_MS,
      to: BEGIN + 96 * HOUR_MS,
      workers: 1,
      tenants: [{ id: 'bakery', timezone: 'UTC', networks: ['facebook', 'instagram'], hasCopy: false }],
      happenings: [
        {
          kind: 'weather',
          place: 'mail',
          does: 'lose answers',
          share: 1,
          from: BEGIN + 29.2 * HOUR_MS,
          to: BEGIN + 36 * HOUR_MS,
        },
        { kind: 'account', at: BEGIN + 29.8 * HOUR_MS, tenantId: 'bakery', network: 'facebook', look: 'broken' },
      ],
    },
  },
  {
    why: 'a removal was told again by a process whose clock is behind',
    plan: {
      seed: 1020,
      from: BEGIN,
      calmFrom: BEGIN + 24 * HOUR_MS,
      to: BEGIN + 36 * HOUR_MS,
      workers: 3,
      tenants: [{ id: 'bakery', timezone: 'UTC', networks: ['facebook', 'instagram'], hasCopy: true }],
      happenings: [
        { kind: 'account', at: BEGIN + 17.5 * HOUR_MS, tenantId: 'bakery', network: 'facebook', look: 'gone' },
        {
          kind: 'mishap',
          worker: 2,
          from: BEGIN + 18.1 * HOUR_MS,
          to: BEGIN + 23.5 * HOUR_MS,
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
      from: BEGIN,
      calmFrom: BEGIN + 10 * HOUR_MS,
      to: BEGIN + 20 * HOUR_MS,
      workers: 1,
      tenants: [{ id: 'bakery', timezone: 'UTC', networks: ['facebook', 'instagram'], hasCopy: false }],
      happenings: [
        { kind: 'account', at: BEGIN + 1.9 * HOUR_MS, tenantId: 'bakery', network: 'instagram', look: 'gone' },
        {
          kind: 'people',
          at: BEGIN + 2.8 * HOUR_MS,
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
      from: BEGIN,
      calmFrom: BEGIN + 20 * HOUR_MS,
      to: BEGIN + 30 * HOUR_MS,
      workers: 1,
      isSpread: true,
      tenants: Array.from({ length: 16 }, (_, index) => ({
        id: `shop-${index + 1}`,
        timezone: 'UTC',
        networks: ['facebook'],
        hasCopy: false,
      })),
      happenings: [
        { kind: 'account', at: BEGIN + 2 * HOUR_MS, tenantId: 'shop-1', network: 'facebook', look: 'broken' },
        { ...facebookFails, from: BEGIN + 8.1 * HOUR_MS, to: BEGIN + 9.6 * HOUR_MS },
        { kind: 'account', at: BEGIN + 9.3 * HOUR_MS, tenantId: 'shop-3', network: 'facebook', look: 'broken' },
        { kind: 'account', at: BEGIN + 9.3 * HOUR_MS, tenantId: 'shop-12', network: 'facebook', look: 'broken' },
        { ...facebookFails, from: BEGIN + 13.7 * HOUR_MS, to: BEGIN + 15 * HOUR_MS },
      ],
    },
  },
  {
    why: 'an account was absent from a single answer between two good ones, after which its people were thanked',
    plan: {
      seed: 767,
      from: BEGIN,
      calmFrom: BEGIN + 10 * HOUR_MS,
      to: BEGIN + 20 * HOUR_MS,
      workers: 1,
      tenants: [{ id: 'bakery', timezone: 'UTC', networks: ['facebook'], hasCopy: false }],
      happenings: [
        { kind: 'account', at: BEGIN + 1.4 * HOUR_MS, tenantId: 'bakery', network: 'facebook', look: 'broken' },
        { kind: 'account', at: BEGIN + 1.9 * HOUR_MS, tenantId: 'bakery', network: 'facebook', look: 'fine' },
        { kind: 'account', at: BEGIN + 2.6 * HOUR_MS, tenantId: 'bakery', network: 'facebook', look: 'gone' },
        { kind: 'account', at: BEGIN + 2.85 * HOUR_MS, tenantId: 'bakery', network: 'facebook', look: 'fine' },
      ],
    },
  },
  {
    why: 'a mail server put off thanks for hours, and meanwhile the account broke again, so often that it was said to keep breaking',
    plan: {
      seed: 889,
      from: BEGIN,
      calmFrom: BEGIN + 10 * HOUR_MS,
      to: BEGIN + 24 * HOUR_MS,
      workers: 1,
      tenants: [{ id: 'bakery', timezone: 'UTC', networks: ['facebook'], hasCopy: false }],
      happenings: [
        { kind: 'account', at: BEGIN + 1.4 * HOUR_MS, tenantId: 'bakery', network: 'facebook', look: 'broken' },
        {
          kind: 'weather',
          place: 'mail',
          does: 'defer',
          share: 1,
          from: BEGIN + 2 * HOUR_MS,
          to: BEGIN + 6.6 * HOUR_MS,
        },
        { kind: 'account', at: BEGIN + 2.4 * HOUR_MS, tenantId: 'bakery', network: 'facebook', look: 'fine' },
        { kind: 'account', at: BEGIN + 5.4 * HOUR_MS, tenantId: 'bakery', network: 'facebook', look: 'broken' },
        { kind: 'account', at: BEGIN + 5.9 * HOUR_MS, tenantId: 'bakery', network: 'facebook', look: 'fine' },
      ],
    },
  },
];
