import type { Transition } from '../model/connection.ts';
import type { Flapping, Incident } from '../model/incident.ts';
import type { AlertSettings } from '../model/settings.ts';
import { HOUR_MS, type Instant } from '../model/time.ts';

/** One health must last this long before more mail is sent about a flapping connection. */
export const STEADY_MS = 6 * HOUR_MS;
/** After this many suspicions in a window, none of them confirmed, the probe cannot be trusted. */
export const SUSPICIONS_TO_FLAP = 6;

export type FlapSettings = Pick<AlertSettings, 'flapChanges' | 'flapWindowMs'>;

/** What the connection did in the last FLAP_WINDOW, the new transition included. */
export function transitionsWith(
  earlier: readonly Transition[],
  transition: Transition,
  { flapWindowMs }: FlapSettings,
): readonly Transition[] {
  return [...earlier, transition].filter(({ at }) => transition.at - at <= flapWindowMs);
}

/** How a connection flaps from its latest transition on; null when it does not flap. */
export function beginFlapping(
  transitions: readonly Transition[],
  steadySince: Instant,
  settings: FlapSettings,
): Flapping | null {
  const latest = transitions.at(-1);
  const by = latest === undefined ? null : flappingBy(transitions, latest, settings);
  if (latest === undefined || by === null) return null;
  const health = latest.kind === 'closed' ? 'good' : 'bad';
  return { since: latest.at, by, health, steadySince, settledAt: null };
}

function flappingBy(
  transitions: readonly Transition[],
  latest: Transition,
  { flapChanges }: FlapSettings,
): Flapping['by'] | null {
  const dismissed = transitions.filter(({ kind }) => kind === 'dismissed');
  if (transitions.length - dismissed.length >= flapChanges) return 'changes';
  const lastDismissed = dismissed.at(-1);
  const isFresh = lastDismissed !== undefined && latest.at - lastDismissed.at < STEADY_MS;
  return latest.kind === 'opened' && dismissed.length >= SUSPICIONS_TO_FLAP && isFresh ? 'suspicions' : null;
}

type Shown = Readonly<{ health: Flapping['health']; at: Instant; isAfterGap: boolean }>;

/** Time that no poll observed proves nothing about either health. The same object while one health goes on. */
export function flappingAfter(flapping: Flapping, { health, at, isAfterGap }: Shown): Flapping {
  return health === flapping.health && !isAfterGap ? flapping : { ...flapping, health, steadySince: at };
}

export function isSteady({ flapping }: Incident, at: Instant): boolean {
  return flapping !== null && at - flapping.steadySince >= STEADY_MS;
}
