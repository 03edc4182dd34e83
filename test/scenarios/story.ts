import type { Instant } from '../../src/domain/model/time.ts';
import { START } from '../support/domain-story.ts';
import { utc } from '../support/domain-time.ts';
import type { Happening } from './happenings.ts';

/** `[when, what, ...to which tenants]`; `when` counts from the beginning, and without tenants all are meant. */
export type Step = readonly [when: string, what: Happening, ...tenants: readonly string[]];

/** As the mail itself has it, but that the last reminder is a kind of its own. */
export type ToldKind =
  | 'alert'
  | 'reminder'
  | 'last reminder'
  | 'recovered'
  | 'flapping'
  | 'removed'
  | 'reauthorize'
  | 'access_denied'
  | 'invitation'
  | 'operator'
  | 'digest';

/**
 * `['1h17m', 'alert', 'owner', 'reconnect facebook, reconnect instagram']`: when a mail server takes it (give or take a
 * minute), to whom (`owner@florist` where there are several tenants), and what about: the action and the account.
 */
export type ExpectedMail = readonly [when: string, kind: ToldKind, to: string, about: string];

/** `people`: `owner` unless given; a name that begins with `cc` is a cc, any other an owner. */
export type TenantOfStory = Readonly<{
  name: string;
  people?: readonly string[];
  zone?: string;
  language?: string;
  /** Its own cron expression, in its zone. */
  schedule?: string;
}>;

export type Story = Readonly<{
  name: string;
  /** In a sentence, why these mails are right. */
  why: string;
  /** The rules of "When mail is sent" that it shows, by number. */
  rules: readonly number[];
  /** The pains of other products' users that it spares ours, by their number in the list of 25. */
  pains: readonly number[];
  /** In UTC; otherwise a Monday, 09:00 in New York. The first poll is at once, then every hour on the hour. */
  begins?: string;
  /** Public variables by name, where they differ from the defaults. `DIGEST_AT` is off unless given. */
  settings?: Readonly<Record<string, string>>;
  /** One bakery in New York with one owner unless given. */
  tenants?: readonly TenantOfStory[];
  script: readonly Step[];
  until: string;
  mail: readonly ExpectedMail[];
  /** How much later than expected is late; ten minutes unless given. */
  lateAfter?: string;
  /** It is told by the whole program as well, over HTTP and SMTP on both databases. */
  whole?: true;
}>;

export type Chapter = Readonly<{ title: string; stories: readonly Story[] }>;

const theBakery: readonly TenantOfStory[] = [{ name: 'bakery' }];

export function tenantsOf({ tenants = theBakery }: Story): readonly TenantOfStory[] {
  return tenants;
}

/** Stories begin on a Monday, 09:00 in New York, unless they say otherwise. */
export function beginningOf({ begins }: Story): Instant {
  return begins === undefined ? START : utc(begins);
}

export function peopleOf({ people = ['owner'] }: TenantOfStory): readonly string[] {
  return people;
}

export function isCopied(person: string): boolean {
  return person.startsWith('cc');
}

/** `owner@bakery` from what a story says: a name alone belongs to the only tenant. */
export function addressOf(story: Story, person: string): string {
  const [first] = tenantsOf(story);
  return person === 'operator' || person.includes('@') ? person : `${person}@${first?.name}`;
}
