import { z } from 'zod';
import { conditions } from '../../domain/model/condition.ts';
import { pollFailureKinds } from '../../domain/model/poll.ts';
import { count, instant, list, maybeInstant, maybeText, text } from './parts.ts';

/** One line of `doctor`: it works, or what is wrong and what to do; or it could not be looked at (`isUnchecked`). */
export const doctorCheck = z.object({
  name: text,
  ok: z.boolean(),
  isUnchecked: z.boolean().optional(),
  detail: text,
  remedy: maybeText,
});

export type DoctorCheck = Readonly<z.output<typeof doctorCheck>>;

export const monitorParts = [
  'database',
  'disk',
  'rounds',
  'mail',
  'access',
  'grants',
  'outage',
  'hold',
  'quota',
  'clock',
  'workers',
  'canary',
] as const;
export const severities = ['critical', 'warning'] as const;

const monitorProblem = z.object({
  what: z.enum(monitorParts),
  /** While a `critical` problem lasts, polls are not stored, mail does not leave, or every poll fails by our fault. */
  severity: z.enum(severities),
  /** Null where it is not known. */
  since: maybeInstant,
  detail: text,
  remedy: text,
});

/** Requests of the UTC day. */
const keyQuota = z.object({
  used: count,
  limit: count.nullable(),
  forPolls: count.nullable(),
  isExhausted: z.boolean(),
  /** Requests a day that the schedules ask for, and how many times longer every interval is for lack of them. */
  askedPerDay: z.number(),
  stretch: z.number(),
});

/** What keeps owners' mail back. */
export const holdView = z.object({
  kind: z.enum(['fleet', 'brake', 'command', 'restored']),
  /** Both null unless the hold is about a problem of the fleet. */
  network: maybeText,
  condition: z.enum(conditions).nullable(),
  since: instant,
  tenants: count,
});

export type HoldView = Readonly<z.output<typeof holdView>>;

/** Whether the monitor itself is well. What the database alone can tell is null when it cannot be asked. */
export const monitorView = z.object({
  ok: z.boolean(),
  problems: list(monitorProblem),
  /** Which database, without user and password. */
  database: text,
  /** When the latest poll was stored. */
  lastRoundAt: maybeInstant,
  mail: z.object({ pending: count, held: count, oldestPendingAt: maybeInstant, lastResponse: maybeText }).nullable(),
  /** Those that have not ended. */
  holds: list(holdView),
  /** The daily proof that a break is told: when it last was. Null without CANARY_EMAIL. */
  canary: z.object({ lastSuccessAt: maybeInstant }).nullable(),
  /** Constant Contact's; null while there is none. */
  outage: z.object({ since: instant, kind: z.enum(pollFailureKinds) }).nullable(),
  /** The requests of the application of the configuration. */
  quota: keyQuota.nullable(),
  /** Every application, that of the configuration first; its id is null. */
  applications: list(z.object({ id: maybeText, name: text, quota: keyQuota })),
});

export type MonitorView = Readonly<z.output<typeof monitorView>>;
export type MonitorProblem = MonitorView['problems'][number];

/** A copy that `db backup` has made. */
export const backup = z.object({ file: text, bytes: count, takenAt: instant });

/** What `db restore` did. */
export const restoredDatabase = z.object({
  /** Nothing is known of the time between the two. */
  takenAt: instant,
  restoredAt: instant,
  tenants: count,
  /** Owners' mail that was waiting in the copy, and is held. */
  held: count,
  migrations: list(text),
  /** Where the former database is kept; null where there was none. */
  keptAs: maybeText,
  /** Which secrets of the copy no key of ENCRYPTION_KEY opens; null when all can be opened. */
  lackingKeys: maybeText,
});

/** What `key rotate` did, and how many values each key seals now. */
export const keyRotation = z.object({
  resealed: count,
  /** Values that no key opens; they stay as they are. */
  unreadable: count,
  keys: list(z.object({ keyId: text, values: count, isKnown: z.boolean(), isFirst: z.boolean() })),
});

export type KeyRotation = Readonly<z.output<typeof keyRotation>>;
