import type { Hold } from '../../domain/model/hold.ts';
import type { Incident } from '../../domain/model/incident.ts';
import type { Notification, TenantNotification } from '../../domain/model/notification.ts';
import type { AlertSettings } from '../../domain/model/settings.ts';
import type { Instant } from '../../domain/model/time.ts';
import { whatNext } from '../../domain/notification/what-next.ts';
import type { ContactExplanationRequest, ExplanationRequest } from '../application.ts';
import type { Clock, IncidentEntry, Page, PageRequest, Stores } from '../ports.ts';
import { pageSeen, tenantSeen, type Viewer } from '../viewer.ts';
import type { Explanation } from '../views.ts';
import { incidentView } from './incident-view.ts';
import { storyMail } from './read-incident.ts';

export type ExplainPorts = Pick<Stores, 'records' | 'tenants' | 'incidents' | 'mail' | 'holds'> &
  Readonly<{ clock: Clock; settings: AlertSettings }>;

/** An explanation tells the newest of what happened, so many of each. */
const MOST = 200;

/**
 * What is stored of the decisions about a tenant's mail, and what follows; null when the viewer sees no such tenant.
 */
export async function explain(
  viewer: Viewer,
  { tenantId, from }: ExplanationRequest,
  ports: ExplainPorts,
): Promise<Explanation | null> {
  const record = await tenantSeen(viewer, tenantId, ports);
  if (record === null) return null;
  const { clock, settings, incidents, mail, holds } = ports;
  const at = clock.now();
  const isMeant = ({ incident }: IncidentEntry) => isOpen(incident) || incident.openedAt >= from;
  const entries = (await newest((page) => incidents.list({ tenantId, ...page }))).filter(isMeant);
  const mails = (await newest((page) => mail.list({ tenantId, ...page }))).filter(isTenants);
  const { id, name, state } = record.tenant;
  return {
    tenant: { id, name, state },
    from,
    at,
    contacts: record.contacts.map(({ email, role, state: own, wantsReminders, snoozes }) => ({
      email,
      role,
      state: own,
      wantsReminders,
      snoozes: snoozes.filter(({ until }) => until > at),
    })),
    incidents: entries.map(incidentView),
    mail: mails
      .filter((each) => isOfThen(each, from, entries))
      .map((each) => ({
        ...storyMail(each, record),
        incidents: incidentsOf(each),
      })),
    holds: (await holds.active()).flatMap(ofEverybody),
    next: whatNext(record, { now: at, settings }),
  };
}

/** Explains every tenant that the viewer sees and that has a contact with this address. */
export async function explainContact(
  viewer: Viewer,
  { address: contact, from, ...page }: ContactExplanationRequest,
  ports: ExplainPorts,
): Promise<Page<Explanation>> {
  const now = ports.clock.now();
  const seen = await pageSeen(viewer, null, (scope) => ports.tenants.list({ contact, now, ...page, ...scope }));
  const explanations: Explanation[] = [];
  for (const { tenant } of seen.items) {
    const explanation = await explain(viewer, { tenantId: tenant.id, from }, ports);
    if (explanation !== null) explanations.push(explanation);
  }
  return { items: explanations, nextCursor: seen.nextCursor };
}

async function newest<Item>(readPage: (page: PageRequest) => Promise<Page<Item>>): Promise<readonly Item[]> {
  return (await readPage({ cursor: null, limit: MOST })).items;
}

function isOpen({ state }: Incident): boolean {
  return state !== 'closed';
}

function isTenants(mail: Notification): mail is TenantNotification {
  return mail.tenantId !== null;
}

/** Mail about an incident that is told is told whole. */
function isOfThen(mail: TenantNotification, from: Instant, entries: readonly IncidentEntry[]): boolean {
  const about = incidentsOf(mail);
  return mail.createdAt >= from || entries.some(({ incident }) => about.includes(incident.id));
}

function incidentsOf({ topics }: TenantNotification): readonly string[] {
  return [...new Set(topics.map(({ incidentId }) => incidentId))];
}

/** A hold for the fleet is left out: each mail that it keeps back says so itself, with the reason `held_fleet`. */
function ofEverybody({ cause, beganAt }: Hold): Explanation['holds'] {
  return cause.kind === 'fleet' ? [] : [{ kind: cause.kind, since: beganAt }];
}
