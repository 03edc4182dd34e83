import type { AlertSettings } from '../../domain/model/settings.ts';
import type { Instant } from '../../domain/model/time.ts';

export type Clock = Readonly<{
  /** In ms since 1970, UTC. Read once per decision, so that every part of a decision sees the same moment. */
  now(): Instant;
  /** Resolves after `ms`. Rejects as soon as the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}>;

export type NewId = () => string;

/** The part of pino that use cases need: a constant message plus fields. */
export type Log = Readonly<Record<'debug' | 'info' | 'warn' | 'error', (fields: object, message: string) => void>>;

/** The values that nearly every use case needs besides its stores. */
export type Surroundings = Readonly<{
  clock: Clock;
  log: Log;
  newId: NewId;
  settings: AlertSettings;
  /** Null when OPERATOR_EMAIL is not set: mail to the operator is then only logged. */
  operatorEmail: string | null;
}>;

/**
 * A dead-man's switch outside: called after a round, or each minute without one, as long as no problem is critical.
 * Never rejects: a call that fails is logged.
 */
export type Heartbeat = () => Promise<void>;
