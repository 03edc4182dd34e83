import type { IncidentState } from '../../domain/model/incident.ts';
import type { IncidentView } from '../../monitoring/views.ts';
import { formatMoment } from '../../words/format-time.ts';
import { actionText, connectionText } from '../../words/operator-wording.ts';
import type { Cli } from '../context.ts';
import type { Style } from './paint.ts';
import { plural } from './plain-text.ts';
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
    whatText(incident),
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

export function whatText({ network, accountId, displayName }: IncidentView): string {
  if (network === null || accountId === null) return 'our access to the account';
  return connectionText({ network, accountId, displayName });
}
