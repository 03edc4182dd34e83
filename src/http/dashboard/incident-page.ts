import { roleIncludes } from '../../domain/model/api-key.ts';
import type { IncidentDetail, IncidentView } from '../../monitoring/views.ts';
import { formatDuration } from '../../words/format-time.ts';
import { incidentStory, type StoryLine } from '../../words/incident-story.ts';
import { actionText, conditionText } from '../../words/operator-wording.ts';
import { reasonText } from '../../words/reason-words.ts';
import { awaitsMail, type WhetherTold, whetherTold } from '../../words/whether-told.ts';
import { incidentAddress, tenantAddress } from './addresses.ts';
import { dashboardSnoozes } from './bulk-words.ts';
import { ago, escaped, type Look, moment, momentText } from './frame.ts';
import { accountText, nameText } from './names.ts';
import type { Tone } from './tenant-rows.ts';

export type IncidentRow = Readonly<{
  href: string;
  tone: Tone;
  state: string;
  tenant: Readonly<{ href: string; name: string }>;
  what: string;
  problem: string;
  asked: string;
  opened: string;
  lasted: string;
  /** HTML, as `opened` is. */
  told: string;
}>;

/** `when`: how the beginning is said; on paper by the moment itself. */
export function incidentRows(
  incidents: readonly IncidentView[],
  look: Look,
  when: typeof ago = ago,
): readonly IncidentRow[] {
  return incidents.map((incident) => ({
    href: incidentAddress(look, incident.id),
    tone: toneOf(incident),
    state: stateText(incident),
    tenant: incidentTenantLink(incident, look),
    what: whatText(incident),
    problem: conditionText(incident.conditions) || 'no longer seen',
    asked: actionText(incident.action),
    opened: when(incident.openedAt, look),
    lasted: formatDuration((incident.closedAt ?? look.now) - incident.openedAt),
    told: toldText(incident, look, when),
  }));
}

const tones: Readonly<Record<IncidentView['state'], Tone>> = {
  suspected: 'warn',
  open: 'bad',
  recovering: 'warn',
  closed: 'gone',
};

function toneOf({ state, closeReason }: IncidentView): Tone {
  return closeReason === 'recovered' ? 'good' : tones[state];
}

function stateText({ state, closeReason, acknowledgedAt }: IncidentView): string {
  if (closeReason !== null) return `closed: ${closeReason.replaceAll('_', ' ')}`;
  return acknowledgedAt === null ? state : `${state}, acknowledged`;
}

function incidentTenantLink({ tenantId, tenantName }: IncidentView, { base }: Look): IncidentRow['tenant'] {
  return { href: tenantAddress({ base }, tenantId), name: nameText(tenantName) };
}

function whatText({ network, accountId, displayName }: IncidentView): string {
  if (network === null || accountId === null) return 'our access to the account';
  return accountText({ network, accountId, displayName });
}

/** When somebody of the tenant was last told, as HTML; else that mail waits to be sent, or why there is none. */
function toldText(incident: IncidentView, look: Look, when: typeof ago): string {
  if (incident.toldAt !== null) return when(incident.toldAt, look);
  if (awaitsMail(incident)) return '<strong>not yet</strong>';
  return `no, because ${escaped(reasonText(incident.decision))}`;
}

export type IncidentPage = Readonly<{
  tone: Tone;
  what: string;
  state: string;
  tenant: IncidentRow['tenant'];
  told: WhetherTold & Readonly<{ tone: Tone }>;
  facts: readonly Readonly<{ label: string; value: string }>[];
  story: readonly (StoryLine & Readonly<{ when: string }>)[];
  decision: string;
  zone: string;
  actions: Readonly<{
    at: string;
    isAcknowledged: boolean;
    snoozes: typeof dashboardSnoozes;
    held: number;
  }> | null;
  explain: string;
}>;

const toldTones: Readonly<Record<WhetherTold['answer'], Tone>> = {
  yes: 'good',
  perhaps: 'warn',
  not_yet: 'warn',
  no: 'bad',
};

export function incidentPage(incident: IncidentDetail, look: Look): IncidentPage {
  const inZone = (at: number) => momentText(at, look.zone);
  const told = whetherTold(incident, inZone);
  const tenant = incidentTenantLink(incident, look);
  return {
    tone: toneOf(incident),
    what: whatText(incident),
    state: stateText(incident),
    tenant,
    told: { ...told, tone: toldTones[told.answer] },
    facts: factsOf(incident, look),
    story: incidentStory(incident, inZone).map((line) => ({ ...line, when: moment(line.at, look) })),
    decision: reasonText(incident.decision),
    zone: look.zone,
    actions: actionsOf(incident, look),
    explain: `${tenant.href}/explain`,
  };
}

/** Values are HTML, which `moment` and `ago` make. */
function factsOf(incident: IncidentDetail, look: Look): IncidentPage['facts'] {
  const { openedAt, closedAt, confirmedAt, snoozedUntil, action, conditions } = incident;
  const isSnoozed = closedAt === null && snoozedUntil !== null && snoozedUntil > look.now;
  return [
    { label: 'What is wrong', value: conditionText(conditions) || 'it is no longer seen' },
    { label: 'The owner is asked to', value: actionText(action) },
    { label: 'First seen', value: moment(openedAt, look) },
    { label: 'Certain', value: confirmedAt === null ? 'not yet' : moment(confirmedAt, look) },
    { label: closedAt === null ? 'Lasting for' : 'Lasted', value: formatDuration((closedAt ?? look.now) - openedAt) },
    ...(closedAt === null ? [] : [{ label: 'Over', value: moment(closedAt, look) }]),
    ...(isSnoozed ? [{ label: 'No reminders until', value: moment(snoozedUntil, look) }] : []),
  ];
}

/** Nothing can be done about what is over, nor by a key that may only look. */
function actionsOf(
  { id, state, acknowledgedAt, mail }: IncidentDetail,
  { viewer, base }: Look,
): IncidentPage['actions'] {
  if (state === 'closed' || !roleIncludes(viewer.role, 'operate')) return null;
  return {
    at: incidentAddress({ base }, id),
    isAcknowledged: acknowledgedAt !== null,
    snoozes: dashboardSnoozes,
    held: mail.filter((each) => each.state === 'held').length,
  };
}
