import type { Transition } from './connection.ts';
import type { Incident } from './incident.ts';
import type { CloseReason } from './reasons.ts';
import { isPolled, type Tenant } from './tenant.ts';
import type { Verdict } from './verdict.ts';

/**
 * Where an incident stands: its stored state, but for two situations of an incident that is not closed. `in_doubt` is
 * open, and shows another action than the certain one. `flapping` breaks and works again by turns.
 */
export type Situation = 'none' | 'suspected' | 'open' | 'in_doubt' | 'recovering' | 'flapping' | 'closed';

/** What a poll has established, its own verdict counted. */
export type Fact =
  /** Enough bad polls, or a proof of another kind, for the action that the latest poll shows. */
  | 'certain'
  /** RECOVERY_POLLS good polls in a row. */
  | 'repaired'
  /** The connection broke and worked again, or was suspected, too often of late to be believed at once. */
  | 'unsettled'
  /** One health has held for long enough. */
  | 'steady'
  /** Another account of the network works in the place of the removed one. */
  | 'replaced';

export type Outcome = Readonly<{
  /** All of these must be so. */
  when: readonly Fact[];
  /** What is remembered of the connection: one more transition, or none of the earlier ones. */
  transition?: Transition['kind'] | 'forget';
}> &
  (Readonly<{ to: 'closed'; as: CloseReason }> | Readonly<{ to: Exclude<Situation, 'none' | 'closed'> }>);

type Row = Readonly<Record<Verdict['kind'], readonly Outcome[]>>;

const removed: readonly Outcome[] = [
  { when: ['replaced'], to: 'closed', as: 'replaced' },
  { when: [], to: 'closed', as: 'removed' },
];

const breaking: readonly Outcome[] = [
  { when: ['certain', 'unsettled'], to: 'flapping', transition: 'opened' },
  { when: ['certain'], to: 'open', transition: 'opened' },
  { when: [], to: 'suspected' },
];

const confirmed: Row = {
  bad: [
    { when: ['certain'], to: 'open' },
    { when: [], to: 'in_doubt' },
  ],
  good: [
    { when: ['repaired', 'unsettled'], to: 'flapping', transition: 'closed' },
    { when: ['repaired'], to: 'closed', as: 'recovered', transition: 'closed' },
    { when: [], to: 'recovering' },
  ],
  neutral: [],
  removed,
};

/** All that polls do to incidents: the first outcome whose facts hold happens. Without an outcome nothing happens. */
export const incidentTable: Readonly<Record<Situation, Row>> = {
  /** A removal begins an incident with the poll that confirms it, and with no later one. */
  none: { bad: breaking, good: [], neutral: [], removed },
  suspected: {
    bad: breaking,
    good: [{ when: [], to: 'closed', as: 'not_confirmed', transition: 'dismissed' }],
    neutral: [],
    removed,
  },
  open: confirmed,
  in_doubt: confirmed,
  recovering: confirmed,
  flapping: {
    bad: [
      { when: ['steady'], to: 'open', transition: 'forget' },
      { when: [], to: 'flapping' },
    ],
    good: [
      { when: ['steady', 'repaired'], to: 'closed', as: 'recovered', transition: 'forget' },
      { when: [], to: 'flapping' },
    ],
    neutral: [],
    removed,
  },
  /** The next bad poll begins another incident. */
  closed: { bad: [], good: [], neutral: [], removed: [] },
};

/** Another poll soon settles what these leave open. What flaps is silent for hours, and needs no hurry. */
const recheckedSituations: readonly Situation[] = ['suspected', 'in_doubt', 'recovering'];

export function situationOf(incident: Incident): Exclude<Situation, 'none'> {
  if (isFlapping(incident) && incident.state !== 'closed') return 'flapping';
  return incident.state === 'open' && !isActionCertain(incident) ? 'in_doubt' : incident.state;
}

/** Whether it is worth asking again before the tenant's next slot. */
export function needsRecheck(incident: Incident): boolean {
  return recheckedSituations.includes(situationOf(incident));
}

/** The only thing that is told of the incident is that it flaps, until one health has held. */
export function isFlapping({ flapping }: Incident): boolean {
  return flapping !== null && flapping.settledAt === null;
}

export function isActionCertain({ action, confirmation }: Incident): boolean {
  return action === confirmation.certainAction;
}

/** The latest poll shows another action than the certain one, and the polls after it will tell which is right. */
export function isActionInDoubt(incident: Incident, { state }: Pick<Tenant, 'state'>): boolean {
  return !isActionCertain(incident) && isPolled(state);
}
