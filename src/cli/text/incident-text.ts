import type { IncidentState } from '../../domain/model/incident.ts';
import type { Instant } from '../../domain/model/time.ts';
import type { IncidentDetail, IncidentView } from '../../monitoring/views.ts';
import { formatMinute, formatMoment } from '../../words/format-time.ts';
import { incidentStory } from '../../words/incident-story.ts';
import { actionText, incidentSubject } from '../../words/operator-wording.ts';
import { reasonText } from '../../words/reason-words.ts';
import { whetherTold } from '../../words/whether-told.ts';
import type { Cli } from '../context.ts';
import { paint, type Style } from './paint.ts';
import { plain, plural } from './plain-text.ts';
import { table } from './table.ts';

const stateStyles: Readonly<Record<IncidentState, Style>> = {
  suspected: 'yellow',
  open: 'red',
  recovering: 'cyan',
  closed: 'dim',
};

export function incidentsText(cli: Cli, incidents: readonly IncidentView[]): string {
  if (incidents.length === 0) return 'No incidents.';
  const now = cli.now();
  const rows = incidents.map((incident) => [
    { text: stateText(incident), style: stateStyles[incident.state] },
    incident.tenantName,
    incidentSubject(incident),
    actionText(incident.action),
    formatMoment(incident.openedAt, now),
    `${incident.decision.replaceAll('_', ' ')} (${plural(incident.notifications.length, 'mail')})`,
    incident.id,
  ]);
  return table(cli.stdout, ['STATE', 'TENANT', 'WHAT', 'THE OWNER IS ASKED TO', 'SINCE (UTC)', 'MAIL', 'ID'], rows);
}

function stateText({ state, closeReason, acknowledgedAt }: IncidentView): string {
  if (closeReason !== null) return `${state}: ${closeReason.replaceAll('_', ' ')}`;
  return acknowledgedAt === null ? state : `${state}, acknowledged`;
}

/** Whether the owner was told, and then everything in order; times are in UTC. */
export function incidentText(cli: Cli, incident: IncidentDetail): string {
  const utc = (at: Instant) => `${formatMinute(at)} UTC`;
  const { answer, sentence } = whetherTold(incident, utc);
  const title = `${paint(cli.stdout, plain(incident.tenantName), 'bold')}  ${plain(incidentSubject(incident))}`;
  const state = paint(cli.stdout, stateText(incident), stateStyles[incident.state]);
  const story = incidentStory(incident, utc).flatMap(({ at, text, evidence }) => [
    `${formatMinute(at)}  ${plain(text)}`,
    ...(evidence === null ? [] : [`${' '.repeat(18)}${paint(cli.stdout, plain(evidence), 'dim')}`]),
  ]);
  return [
    `${title}  ${state}`,
    '',
    paint(cli.stdout, 'Was the owner told?', 'bold'),
    paint(cli.stdout, plain(sentence), answer === 'yes' ? 'green' : 'red'),
    '',
    'WHEN (UTC)        WHAT HAPPENED',
    ...story,
    '',
    `The latest decision about mail: ${reasonText(incident.decision)}.`,
  ].join('\n');
}
