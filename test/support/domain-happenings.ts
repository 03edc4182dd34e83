import type { ConnectionPages, ObservedConnection } from '../../src/domain/model/connection.ts';
import type { ConnectionStatus } from '../../src/domain/model/connection-status.ts';
import { closeIncident, withReminders } from '../../src/domain/model/incident.ts';
import type { PollFailureKind } from '../../src/domain/model/poll.ts';
import type { Contact, Tenant } from '../../src/domain/model/tenant.ts';
import { anObservedConnection } from './builders.ts';
import type { Happening, MailServerDoes } from './domain-story.ts';

export type Showing = Partial<ConnectionStatus>;

export const fine: Showing = {};
export const broken: Showing = { tokenIsValid: false };
export const tokenless: Showing = { hasToken: false };
export const scopeless: Showing = { tokenHasScopes: false };
export const profileless: Showing = { isActiveUser: false };
export const limited: Showing = { rateLimited: true };
/** The network did not answer the probe: nobody knows how the token is. */
export const unanswered: Showing = { tokenIsValid: false, networkStatus: 503, error: 'service unavailable' };

/** What Constant Contact lists from now on, by network (`facebook`, a second account `facebook:2`). */
export function shows(connections: Readonly<Record<string, Showing>>, isPartial = false): Happening {
  const observed: readonly ObservedConnection[] = Object.entries(connections).map(([name, status]) => {
    const [network = name, accountId = '1'] = name.split(':');
    return anObservedConnection({ network, accountId, ...status });
  });
  return { kind: 'answers', result: { outcome: 'observed', connections: observed, isPartial } };
}

/** The same, and what the second witness says of the pages of some of them. */
export function withPages(what: Happening, pages: readonly ConnectionPages[]): Happening {
  if (what.kind !== 'answers' || what.result.outcome === 'failed') return what;
  return { kind: 'answers', result: { ...what.result, pages } };
}

export function fails(kind: PollFailureKind, retryAfterMs: number | null = null): Happening {
  const failure = { kind, detail: `${kind} while asking`, requestId: null, retryAfterMs };
  return { kind: 'answers', result: { outcome: 'failed', failure } };
}

export function polledByHand(): Happening {
  return { kind: 'poll' };
}

export function mailServerWill(does: MailServerDoes, contactId: string | null = null): Happening {
  return { kind: 'mail_server', does, contactId };
}

export function stopped(): Happening {
  return { kind: 'stop' };
}

export function started(): Happening {
  return { kind: 'start' };
}

export function tenantBecomes(given: Partial<Tenant>): Happening {
  return { kind: 'change', change: ({ tenant }) => ({ tenant: { ...tenant, ...given } }) };
}

/** A new grant was stored for a tenant that had lost ours. */
export function authorisedAgain(): Happening {
  return { kind: 'change', change: ({ tenant }, now) => ({ tenant: { ...tenant, state: 'active', nextPollAt: now } }) };
}

export function contactBecomes(id: string, given: Partial<Contact>): Happening {
  return {
    kind: 'change',
    change: ({ contacts }) => ({
      contacts: contacts.filter((contact) => contact.id === id).map((contact) => ({ ...contact, ...given })),
    }),
  };
}

/** Somebody closed whatever was open. */
export function closedByCommand(): Happening {
  return {
    kind: 'change',
    change: ({ incidents }, now) => ({
      incidents: incidents
        .filter(({ state }) => state !== 'closed')
        .map((incident) => closeIncident(incident, 'by_command', now)),
    }),
  };
}

export function snoozedFor(durationMs: number): Happening {
  return {
    kind: 'change',
    change: ({ incidents }, now) => ({
      incidents: incidents.map((incident) => withReminders(incident, { snoozedUntil: now + durationMs })),
    }),
  };
}
