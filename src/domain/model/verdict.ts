import type { Action, Condition } from './condition.ts';

/** What one poll says about a connection, or about our access to the tenant. */
export type Verdict =
  | Readonly<{ kind: 'bad'; action: Action; conditions: readonly Condition[]; proof: Proof }>
  | Readonly<{ kind: 'good' }>
  /** Neither counts nor resets a count: nothing is known of it. */
  | Readonly<{ kind: 'neutral' }>
  | Readonly<{ kind: 'removed' }>;

export type BadVerdict = Extract<Verdict, { kind: 'bad' }>;

/**
 * What it takes to be certain: enough bad polls, one more where a witness disputes them, a state that lasts, or nothing
 * more.
 */
export type Proof =
  | Readonly<{ by: 'polls' }>
  | Readonly<{ by: 'disputed_polls' }>
  | Readonly<{ by: 'duration'; forMs: number; atLeastMs: number }>
  | Readonly<{ by: 'fact' }>;
