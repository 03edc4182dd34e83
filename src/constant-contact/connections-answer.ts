import { hash } from 'node:crypto';
import { z } from 'zod';
import type { ObservedConnection } from '../domain/model/connection.ts';
import type { ConnectionStatus } from '../domain/model/connection-status.ts';
import type { ConnectionsAnswer, UnchangedAnswer } from '../monitoring/ports.ts';
import { storedText } from './stored-text.ts';

const MAX_NAME = 300;
const MAX_ERROR = 2000;
/** Longer than any network's ids; what is longer would not fit into an index. */
const MAX_IDENTITY = 255;
/** 132 bits. */
const DIGEST_SIGNS = 22;
/** What the column of a network's status holds. */
const MAX_INT32 = 2 ** 31 - 1;

const tristate = z.boolean().nullish();
const int32 = z.preprocess((value) => (isOutOfRange(value) ? null : value), z.int().nullish());
/** A name does not matter for health, so a wrong one is no name. */
const name = z.string().nullish().catch(null);

/**
 * `GET /social/connections` (published contract, build 3.0.178: `AccountInfoDto`, `ConnectionStatusDto`). Every
 * field is optional and may be null; those that identify or judge a connection must have their documented type.
 * A numeric id is refused because its last digits may be lost already.
 */
const connectionsSchema = z.object({
  connections: z.array(
    z
      .object({
        account_info: z
          .object({
            network: z.string().nullish(),
            network_account_id: z.string().nullish(),
            display_name: name,
            username: name,
          })
          .nullish(),
        connection_status: z
          .object({
            has_token: tristate,
            is_active_user: tristate,
            rate_limited: tristate,
            token_has_scopes: tristate,
            token_is_valid: tristate,
            error: z.string().nullish(),
            status: int32,
          })
          .nullish(),
      })
      .nullable(),
  ),
});

type WireEntry = z.infer<typeof connectionsSchema>['connections'][number];

/** Throws a ZodError for a body that is not the documented shape. An account that is listed twice stays so. */
export function parseConnections(body: unknown): ConnectionsAnswer {
  const { connections: entries } = connectionsSchema.parse(body);
  const connections = entries.map(toObserved).filter((each) => each !== null);
  return { connections, isPartial: connections.length < entries.length };
}

/** The whole body, as one version of the program reads it: another version may find more in the same words. */
export function digestOf(body: string, version: string): string {
  return hash('sha256', `${version}\n${body}`, 'base64url').slice(0, DIGEST_SIGNS);
}

/** The answer was read before, when the digest of its body was kept, so nothing of it needs to be checked again. */
export function unchangedAnswer(body: string, digest: string): UnchangedAnswer {
  return { digest, read: () => ({ ...parseConnections(JSON.parse(body)), digest }) };
}

/** Null for an entry that does not say which account it is about. */
function toObserved(entry: WireEntry): ObservedConnection | null {
  // Networks compare without case, in SQL as well, so their names are kept in lower case, as the API documents them.
  const network = identityText(entry?.account_info?.network?.toLowerCase());
  const accountId = identityText(entry?.account_info?.network_account_id);
  if (network === null || accountId === null) return null;
  return {
    network,
    accountId,
    displayName: storedText(entry?.account_info?.display_name, MAX_NAME),
    username: storedText(entry?.account_info?.username, MAX_NAME),
    status: toStatus(entry?.connection_status),
  };
}

function identityText(text: string | null | undefined): string | null {
  const stored = storedText(text?.trim(), MAX_IDENTITY + 1);
  return stored !== null && stored.length > MAX_IDENTITY ? null : stored;
}

function isOutOfRange(value: unknown): boolean {
  return typeof value === 'number' && Math.abs(value) > MAX_INT32;
}

function toStatus(wire: NonNullable<WireEntry>['connection_status']): ConnectionStatus {
  return {
    hasToken: wire?.has_token ?? null,
    isActiveUser: wire?.is_active_user ?? null,
    rateLimited: wire?.rate_limited ?? null,
    tokenHasScopes: wire?.token_has_scopes ?? null,
    tokenIsValid: wire?.token_is_valid ?? null,
    error: storedText(wire?.error, MAX_ERROR),
    networkStatus: wire?.status ?? null,
  };
}
