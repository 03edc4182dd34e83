import type { Instant } from '../../domain/model/time.ts';

/** Read once per decision, so that every part of a decision sees the same moment. */
export type Clock = Readonly<{ now(): Instant; sleep(ms: number, signal?: AbortSignal): Promise<void> }>;

export type NewId = () => string;

/** The part of pino that use cases need: a constant message plus fields. */
export type Log = Readonly<Record<'debug' | 'info' | 'warn' | 'error', (fields: object, message: string) => void>>;

/** A dead-man's switch outside: called after each completed round. */
export type Heartbeat = () => Promise<void>;
