import type { ConnectionPages, ObservedConnection } from './connection.ts';
import type { Instant } from './time.ts';

/**
 * Every way a poll can fail. `invalid_grant` and `invalid_client` come from the token endpoint alone. A `forbidden`
 * poll whose cause could be told is one of the next three: see detection/explain-refusal.ts. `refresh_failed` is any
 * other failure of the token endpoint that has lasted: see refresh.ts. All others can come from either host.
 */
export const pollFailureKinds = [
  'timeout',
  'dns',
  'tls',
  'connection',
  'unauthorized',
  'forbidden',
  'missing_privilege',
  'missing_scope',
  'application_deactivated',
  'throttled',
  'quota_exceeded',
  'client',
  'server',
  'invalid_response',
  'invalid_grant',
  'invalid_client',
  'refresh_failed',
] as const;
export type PollFailureKind = (typeof pollFailureKinds)[number];

export type PollFailure = Readonly<{
  kind: PollFailureKind;
  /** What happened, scrubbed of secrets, with at most 2 KB of the answer. */
  detail: string;
  /** Constant Contact's id of the request, for its support; null when no answer came. */
  requestId: string | null;
  /** How long upstream asked us to wait, when it said so. */
  retryAfterMs: number | null;
}>;

/** A failure that no answer of Constant Contact describes: without a request id, and without a time to wait. */
export function failureOf(kind: PollFailureKind, detail: string): PollFailure {
  return { kind, detail, requestId: null, retryAfterMs: null };
}

/** One request for a tenant's connections, with its outcome. A poll that fails is a result, not an exception. */
export type PollResult =
  | Readonly<{
      outcome: 'observed';
      connections: readonly ObservedConnection[];
      isPartial: boolean;
      /** What the second witness said with this poll, nothing when it failed; left out when it was not asked. */
      pages?: readonly ConnectionPages[];
      /** Digest of the answer, by which the same answer is known again, to the byte; left out where nobody will ask. */
      digest?: string;
    }>
  | Readonly<{
      outcome: 'failed';
      failure: PollFailure;
      /** Set when Constant Contact was asked for the user's privileges with this poll, whatever came of it. */
      arePrivilegesAsked?: true;
    }>;

type Observed = Extract<PollResult, { outcome: 'observed' }>;

/** What became of a poll, without the connections that it saw. */
export type PolledResult = Pick<Observed, 'outcome' | 'isPartial'> | Exclude<PollResult, Observed>;

export type Poll = Readonly<{ tenantId: string; at: Instant; durationMs: number; result: PollResult }>;

/** How our access to a tenant can fail. */
export const accessFailureKinds = [
  'invalid_grant',
  'unauthorized',
  'forbidden',
  'missing_privilege',
  'missing_scope',
] as const satisfies PollFailureKind[];
export type AccessFailureKind = (typeof accessFailureKinds)[number];

function isAccessFailure(kind: PollFailureKind): kind is AccessFailureKind {
  return accessFailureKinds.some((access) => access === kind);
}

/** Who a failure speaks about: our access to this tenant, Constant Contact or the way to it, or our own set-up. */
export type FailureLayer = 'access' | 'upstream' | 'ours';

export function layerOf(kind: PollFailureKind): FailureLayer {
  if (isAccessFailure(kind)) return 'access';
  switch (kind) {
    case 'invalid_client':
    case 'application_deactivated':
      return 'ours';
    case 'timeout':
    case 'dns':
    case 'tls':
    case 'connection':
    case 'throttled':
    case 'quota_exceeded':
    case 'client':
    case 'server':
    case 'invalid_response':
    case 'refresh_failed':
      return 'upstream';
  }
}

/** What our access to a tenant lacks: a scope of the permission, or a privilege of the user who gave it. */
export type MissingPart = 'scope' | 'privilege';

/**
 * The part of our access that is missing, by the stored kind of the tenant's failing polls; null: they do not fail, or
 * the cause is not known.
 */
export function missingPartOf(failingKind: string | null | undefined): MissingPart | null {
  if (failingKind === 'missing_scope') return 'scope';
  return failingKind === 'missing_privilege' ? 'privilege' : null;
}
