import type { Instant } from './time.ts';

/** What Constant Contact allows one application's key; 0 is no limit. */
export type KeyLimits = Readonly<{
  requestsPerSecond: number;
  requestsPerDay: number;
  /** The token endpoint's own limit. */
  tokenRequestsPerSecond: number;
  /** The share of the day's requests, 0 to 1, that is kept for re-checks. */
  reserveShare: number;
}>;

/** An application that is registered with Constant Contact: the key by which tenants are asked for. */
export type ClientApplication = KeyLimits &
  Readonly<{
    /** Null: the one of the configuration, which has every tenant that is not assigned to another. */
    id: string | null;
    name: string;
    /** The API key, which is no secret; empty where none is configured. */
    clientId: string;
  }>;

/** One that is stored. Its secret is read by itself, and only by whoever asks Constant Contact. */
export type StoredApplication = ClientApplication &
  Readonly<{
    id: string;
    createdAt: Instant;
    hasSecret: boolean;
    /** Grows with every change. */
    revision: number;
  }>;

/** The name of the application of the configuration, in commands, files and answers. */
export const DEFAULT_APPLICATION = 'default';

/** Whether the name means the application of the configuration. */
export function isDefaultName(name: string): boolean {
  return isSameApplicationName(name, DEFAULT_APPLICATION);
}

/** In capital or small letters. */
export function isSameApplicationName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
