import { z } from 'zod';
import { count, maybeInstant, maybeText, text } from './parts.ts';

/** An application that is registered with Constant Contact, without its secret, which nobody is given back. */
export const applicationView = z.object({
  /** Null: the one of the configuration. */
  id: maybeText,
  name: text,
  /** The API key; empty where none is configured. */
  clientId: text,
  /** False for a PKCE client. */
  hasSecret: z.boolean(),
  /** 0 is no limit, in all three. */
  requestsPerSecond: count,
  requestsPerDay: count,
  tokenRequestsPerSecond: count,
  /** The share of the day's requests that is kept for re-checks, 0 to 1. */
  reserve: z.number(),
  /** How many are assigned to it. */
  tenants: count,
  createdAt: maybeInstant,
});

export type ApplicationView = Readonly<z.output<typeof applicationView>>;
