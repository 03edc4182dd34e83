import { hash } from 'node:crypto';
import type { Account } from '../../src/domain/model/account.ts';
import type { ObservedConnection } from '../../src/domain/model/connection.ts';
import type { Page, PagesAnswer } from '../../src/domain/model/pages.ts';
import type { PollFailure, PollFailureKind } from '../../src/domain/model/poll.ts';
import type { KeptAccess } from '../../src/monitoring/access/keep-access.ts';
import type { Access } from '../../src/monitoring/polling/poll-tenant.ts';
import type { ApiResult, ConnectionsAnswer, ConstantContact, UnchangedAnswer } from '../../src/monitoring/ports.ts';
import { anObservedConnection } from './builders.ts';

type Answer = ApiResult<ConnectionsAnswer>;

const EVERYBODY = 'everybody';

/** An access token names its tenant and counts its renewals: `bakery#1`. */
export type Request = Readonly<{ tenantId: string; accessToken: string }>;

export type ScriptedConstantContact = Pick<
  ConstantContact,
  'fetchConnections' | 'fetchProfiles' | 'fetchPrivileges' | 'fetchAccount' | 'fetchContactEmail'
> &
  Readonly<{
    /** From now on; without it a tenant has one healthy connection. */
    shows(tenantId: string, ...connections: readonly ObservedConnection[]): void;
    /** The same, but that other entries could not be read. */
    showsInPart(tenantId: string, ...connections: readonly ObservedConnection[]): void;
    /** From now on, until it `shows` something. */
    fails(tenantId: string, kind: PollFailureKind, given?: Partial<PollFailure>): void;
    /** The account behind the access tokens that begin with this name; without it nothing is told of any account. */
    isAccount(name: string, account: Account | PollFailureKind): void;
    /** Only the next request does. */
    failsOnce(tenantId: string, kind: PollFailureKind, given?: Partial<PollFailure>): void;
    /** Its answers are kept until the release; without a name everybody's are. */
    holds(tenantId?: string): () => void;
    /** What the second witness lists from now on; without it, no pages. */
    showsPages(tenantId: string, ...pages: readonly Page[]): void;
    /** The second witness fails from now on. */
    failsToShowPages(tenantId: string, kind: PollFailureKind): void;
    /** What the user may do who gave the permission; without it that is not told. */
    hasPrivileges(tenantId: string, ...privileges: readonly string[]): void;
    /** The tenants whose user's privileges were asked for, in order. */
    askedForPrivileges: readonly string[];
    /** The tenants whose pages were asked about, in order. */
    askedForPages: readonly string[];
    requests: readonly Request[];
    /** The tenants that were asked, in order, once for each request. */
    asked(): readonly string[];
    inFlight(): number;
    mostInFlight(): number;
  }>;

/** Constant Contact as a script says, by tenant. */
export function scriptedConstantContact({ tellsDigests = true } = {}): ScriptedConstantContact {
  const standing = new Map<string, Answer>();
  const once = new Map<string, Answer[]>();
  const held = new Map<string, Promise<void>>();
  const accounts = new Map<string, Account | PollFailureKind>();
  const pages = new Map<string, ApiResult<PagesAnswer>>();
  const privileges = new Map<string, readonly string[]>();
  const [askedForPages, askedForPrivileges]: [string[], string[]] = [[], []];
  const requests: Request[] = [];
  let inFlight = 0;
  let mostInFlight = 0;

  return {
    shows: (tenantId, ...connections) => standing.set(tenantId, answerOf(connections)),
    showsInPart: (tenantId, ...connections) => standing.set(tenantId, answerOf(connections, true)),
    fails: (tenantId, kind, given) => standing.set(tenantId, failureOf(kind, given)),
    failsOnce: (tenantId, kind, given) => {
      once.set(tenantId, [...(once.get(tenantId) ?? []), failureOf(kind, given)]);
    },
    isAccount: (name, account) => accounts.set(name, account),
    fetchAccount: async (accessToken) => {
      const account = accounts.get(accessToken.split('#')[0] ?? '') ?? 'forbidden';
      return typeof account === 'string' ? { ok: false, failure: aFailure(account) } : { ok: true, value: account };
    },
    fetchContactEmail: async (accessToken) => ({ ok: true, value: `contact@${accessToken.split('#')[0]}.example` }),
    holds: (tenantId = EVERYBODY) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      held.set(tenantId, promise);
      return resolve;
    },
    showsPages: (tenantId, ...listed) => pages.set(tenantId, { ok: true, value: { pages: listed, isWhole: true } }),
    failsToShowPages: (tenantId, kind) => pages.set(tenantId, { ok: false, failure: aFailure(kind) }),
    askedForPages,
    hasPrivileges: (tenantId, ...names) => privileges.set(tenantId, names),
    askedForPrivileges,
    fetchPrivileges: async (accessToken) => {
      const [tenantId = ''] = accessToken.split('#');
      askedForPrivileges.push(tenantId);
      const value = privileges.get(tenantId);
      return value === undefined ? { ok: false, failure: aFailure('client') } : { ok: true, value };
    },
    fetchProfiles: async (accessToken) => {
      const [tenantId = ''] = accessToken.split('#');
      askedForPages.push(tenantId);
      return pages.get(tenantId) ?? { ok: true, value: { pages: [], isWhole: true } };
    },
    requests,
    asked: () => requests.map(({ tenantId }) => tenantId),
    inFlight: () => inFlight,
    mostInFlight: () => mostInFlight,
    fetchConnections: async (accessToken, { knownDigest, onSend } = {}) => {
      const [tenantId = ''] = accessToken.split('#');
      onSend?.();
      requests.push({ tenantId, accessToken });
      inFlight += 1;
      mostInFlight = Math.max(mostInFlight, inFlight);
      await Promise.all([held.get(tenantId), held.get(EVERYBODY)]);
      inFlight -= 1;
      const answer = once.get(tenantId)?.shift() ?? standing.get(tenantId) ?? answerOf([anObservedConnection()]);
      return tellsDigests ? withDigest(answer, knownDigest) : answer;
    },
  };
}

export type ScriptedAccess = Pick<KeptAccess, 'keepAlive'> &
  Access &
  Readonly<{
    /** The grant cannot be used, or cannot be renewed any more. */
    refuses(tenantId: string, kind: PollFailureKind): void;
    /** It can again: somebody gave a new one. */
    serves(tenantId: string): void;
    /** What the token answer said of its scopes; without it nothing. */
    hasScopes(tenantId: string, ...scopes: readonly string[]): void;
    /** The process is told to stop, and every token would have to be refreshed. */
    stops(): void;
    /** As when the store cannot be reached. */
    breaks(tenantId: string): void;
    /** The tokens that upstream refused and that were renewed. */
    renewed: readonly string[];
  }>;

/** Tokens as keep-access gives them, without grants behind them. */
export function scriptedAccess(): ScriptedAccess {
  const refused = new Map<string, PollFailureKind>();
  const scopes = new Map<string, readonly string[]>();
  const broken = new Set<string>();
  const renewed: string[] = [];
  let isStopping = false;

  function tokenOf(tenantId: string, renewals: number) {
    if (isStopping) return { ok: false, failure: 'stopping' } as const;
    if (broken.has(tenantId)) throw new Error('the store cannot be reached');
    const kind = refused.get(tenantId);
    if (kind !== undefined) return { ok: false, failure: aFailure(kind) } as const;
    return { ok: true, accessToken: `${tenantId}#${renewals}`, scopes: scopes.get(tenantId) } as const;
  }

  return {
    refuses: (tenantId, kind) => refused.set(tenantId, kind),
    serves: (tenantId) => refused.delete(tenantId),
    hasScopes: (tenantId, ...names) => scopes.set(tenantId, names),
    stops: () => {
      isStopping = true;
    },
    breaks: (tenantId) => broken.add(tenantId),
    renewed,
    accessToken: async (tenantId) => tokenOf(tenantId, 0),
    keepAlive: async (tenantId) => tokenOf(tenantId, 1),
    renewAfterUnauthorized: async (tenantId, rejected) => {
      renewed.push(rejected);
      return tokenOf(tenantId, Number(rejected.split('#')[1]) + 1);
    },
  };
}

function withDigest(answer: Answer, knownDigest: string | undefined): ApiResult<ConnectionsAnswer | UnchangedAnswer> {
  if (!answer.ok) return answer;
  const digest = hash('sha256', JSON.stringify(answer.value), 'base64url');
  const read = () => ({ ...answer.value, digest });
  return { ok: true, value: digest === knownDigest ? { digest, read } : read() };
}

function answerOf(connections: readonly ObservedConnection[], isPartial = false): Answer {
  return { ok: true, value: { connections, isPartial } };
}

function failureOf(kind: PollFailureKind, given: Partial<PollFailure> = {}): Answer {
  return { ok: false, failure: { ...aFailure(kind), ...given } };
}

function aFailure(kind: PollFailureKind): PollFailure {
  return { kind, detail: `${kind} while asking`, requestId: null, retryAfterMs: null };
}
