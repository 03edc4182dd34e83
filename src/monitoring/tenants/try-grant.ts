import type { GivenGrant } from '../../domain/model/grant.ts';
import { MINUTE_MS, SECOND_MS } from '../../domain/model/time.ts';
import type { Clock, ConstantContact, Log, Upstream, Upstreams } from '../ports.ts';

/** What became of a token that somebody gave. */
export type GrantTrial =
  /** What the refresh gave, in place of the token that it has spent: to be stored whatever happens. */
  | Readonly<{ outcome: 'works'; grant: GivenGrant }>
  | Readonly<{ outcome: 'refused'; detail: string }>
  /** Nothing is known of it. */
  | Readonly<{ outcome: 'untried'; why: string }>;

type TriedUpstream = Pick<Upstream, 'application'> & Readonly<{ constantContact: Pick<ConstantContact, 'refresh'> }>;

export type TryGrantPorts = Readonly<{ upstreams: Pick<Upstreams<TriedUpstream>, 'of'> }>;

/** A grant, and the application that it is said to belong to. */
export type GrantToTry = Readonly<{ grant: GivenGrant; applicationId: string | null }>;

/** A throttled request has not used up the token, and its slots have paused by the next. */
const MOST_ATTEMPTS = 3;

/** Tries a token before it is stored, so that a wrong one takes nothing's place. */
export async function tryGrant(
  { grant, applicationId }: GrantToTry,
  { upstreams }: TryGrantPorts,
): Promise<GrantTrial> {
  const { application, constantContact } = await upstreams.of(applicationId);
  if (application.clientId === '') return { outcome: 'untried', why: 'CONSTANT_CONTACT_CLIENT_ID is not set' };
  for (let attempt = 1; ; attempt++) {
    const answer = await constantContact.refresh(grant.refreshToken);
    if (answer.ok) return { outcome: 'works', grant: { ...answer.value, given: grant.refreshToken } };
    const { kind, detail } = answer.failure;
    if (kind === 'invalid_grant') return { outcome: 'refused', detail };
    if (kind !== 'throttled' || attempt === MOST_ATTEMPTS) return { outcome: 'untried', why: detail };
  }
}

/** A command that waits longer for its database is more likely to be killed than to succeed. */
const STORE_WITHIN_MS = 10 * MINUTE_MS;

/** Stores what a refresh gave, however often that fails at first: the token that was given is spent. */
export async function storeUntilTaken<T>(
  store: () => Promise<T>,
  { clock, log }: Readonly<{ clock: Clock; log: Log }>,
): Promise<T> {
  const until = clock.now() + STORE_WITHIN_MS;
  for (let hasFailed = false; ; hasFailed = true) {
    try {
      return await store();
    } catch (error) {
      if (clock.now() >= until) throw error;
      if (!hasFailed) log.warn({ err: error }, 'the new grant cannot be stored yet; that is tried again and again');
      await clock.sleep(SECOND_MS);
    }
  }
}
