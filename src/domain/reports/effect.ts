import type { Action } from '../model/condition.ts';
import { DEFAULT_LOCALE, type Language, languageOf } from '../model/language.ts';
import { DAY_MS, type Instant } from '../model/time.ts';

/** A time in trouble that an owner was told of. */
export type ToldIncident = Readonly<{
  /** Null when it is about our access. */
  network: string | null;
  locale: string;
  action: Action;
  remindersUsed: number;
  toldAt: Instant;
  /** Null while it is not repaired. */
  repairedAt: Instant | null;
}>;

export type EffectLine<Group = unknown> = Readonly<{
  /** What the incidents of the line have in common. */
  group: Group;
  told: number;
  repaired: number;
  /** Told long enough ago, and not repaired. */
  neverRepaired: number;
  /** Median time from the mail to the repair, of the repaired ones; null when none was repaired. */
  medianMs: number | null;
  /** So few that chance alone may explain them. */
  isSmall: boolean;
}>;

/** The groups that most was told of come first. */
export type Effect = Readonly<{
  all: readonly EffectLine[];
  /** Null: what was about our access. */
  network: readonly EffectLine<string | null>[];
  language: readonly EffectLine<Language>[];
  ask: readonly EffectLine<Action>[];
  /** By how many reminders were sent after the alert. */
  reminders: readonly EffectLine<number>[];
}>;

/** Whoever has not come back by then has not come back for the mail. */
export const NEVER_AFTER_MS = 14 * DAY_MS;
/** Fewer than these say little. */
export const SMALL = 20;

/** How mail works: how soon, and whether at all, owners repair what they were told of. */
export function effectOf(incidents: readonly ToldIncident[], now: Instant): Effect {
  const by = <Group>(groupOf: (incident: ToldIncident) => Group) =>
    [...Map.groupBy(incidents, groupOf)]
      .map(([group, some]) => lineOf(group, some, now))
      .toSorted((a, b) => b.told - a.told);
  return {
    all: incidents.length === 0 ? [] : [lineOf('all', incidents, now)],
    network: by(({ network }) => network),
    language: by(({ locale }) => languageOf(locale) ?? DEFAULT_LOCALE),
    ask: by(({ action }) => action),
    reminders: by(({ remindersUsed }) => remindersUsed),
  };
}

function lineOf<Group>(group: Group, incidents: readonly ToldIncident[], now: Instant): EffectLine<Group> {
  const took = incidents
    .flatMap(({ toldAt, repairedAt }) => (repairedAt === null ? [] : [Math.max(0, repairedAt - toldAt)]))
    .toSorted((a, b) => a - b);
  return {
    group,
    told: incidents.length,
    repaired: took.length,
    neverRepaired: incidents.filter(({ toldAt, repairedAt }) => repairedAt === null && now - toldAt >= NEVER_AFTER_MS)
      .length,
    medianMs: took[Math.floor((took.length - 1) / 2)] ?? null,
    isSmall: incidents.length < SMALL,
  };
}
