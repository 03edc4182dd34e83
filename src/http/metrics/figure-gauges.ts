import { Gauge, type Registry } from 'prom-client';
import { healths } from '../../domain/model/condition.ts';
import { SECOND_MS } from '../../domain/model/time.ts';
import type { Figures } from '../../monitoring/reading/read-figures.ts';
import { monitorParts, severities } from '../../monitoring/views/operations.ts';
import type { MonitorView } from '../../monitoring/views.ts';
import { knownNetworks } from '../../words/network-name.ts';

/** Null is what nobody could tell. */
type Told = Readonly<{ figures: Figures | null; monitor: Pick<MonitorView, 'problems' | 'canary'> | null }>;

/** A network's name comes from upstream, and each new one would be a further time series for good. */
const OTHER_NETWORK = 'other';

export function createFigureGauges(registry: Registry) {
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Gauge<Label>({ name: `linkwatch_${name}`, help, labelNames: [...labelNames], registers: [registry] });
  const isUp = gauge('database_up', '1 when the database answered this scrape; else its gauges are left out.');
  const roundLag = gauge('round_lag_seconds', 'For how long the tenant that is longest overdue waits for its poll.');
  const connections = gauge('connections', 'Connections by network and health, as they are now.', [
    'network',
    'health',
  ]);
  const openIncidents = gauge('incidents_open', 'Incidents that are not closed, suspected ones included.', ['action']);
  const mailWaiting = gauge('mail_waiting', 'Mails in the outbox that wait to be sent, or are held.', ['state']);
  const oldestMail = gauge('mail_oldest_pending_seconds', 'Age of the oldest mail that waits to be sent; 0 for none.');
  const quota = gauge(
    'quota_remaining',
    'Requests to Constant Contact that are left today (UTC), by application; +Inf without a limit.',
    ['application'],
  );
  const workers = gauge('workers', 'Workers that are alive, by the kind of work that they do.', ['role']);
  const pages = gauge('queue_pages', 'Pages of due work in the queue; dead ones have failed as often as they may.', [
    'state',
  ]);
  const problem = gauge('monitor_problem', '1 while this part of the monitor has a problem.', ['what', 'severity']);
  const canarySuccess = gauge(
    'canary_last_success_timestamp_seconds',
    'When the daily break was last told to CANARY_EMAIL; 0 before the first time. Only with a canary.',
  );
  const ofFigures = [roundLag, connections, openIncidents, mailWaiting, oldestMail, quota, workers, pages];

  const showWorkers = ({ workers: byRole, queue }: Pick<Figures, 'workers' | 'queue'>) => {
    for (const [role, count] of byRole) workers.set({ role }, count);
    for (const [state, count] of Object.entries(queue ?? {})) pages.set({ state }, count);
  };

  const showFigures = ({ roundLagMs, mail, requestsLeft, ...fleet }: Figures) => {
    roundLag.set(Math.max(0, roundLagMs) / SECOND_MS);
    mailWaiting.set({ state: 'pending' }, mail.pending);
    mailWaiting.set({ state: 'held' }, mail.held);
    oldestMail.set(Math.max(0, mail.oldestPendingMs) / SECOND_MS);
    for (const [application, left] of requestsLeft) quota.set({ application }, left);
    showWorkers(fleet);
    for (const [action, incidents] of fleet.openIncidents) openIncidents.set({ action }, incidents);
    showConnections(fleet.connections);
  };

  const showConnections = (counts: Figures['connections']) => {
    for (const { network: name, health, connections: count } of counts) {
      const network = knownNetworks.includes(name) ? name : OTHER_NETWORK;
      for (const each of healths) connections.inc({ network, health: each }, each === health ? count : 0);
    }
  };

  const showMonitor = ({ problems, canary }: Pick<MonitorView, 'problems' | 'canary'>) => {
    if (canary !== null) canarySuccess.set((canary.lastSuccessAt ?? 0) / SECOND_MS);
    for (const what of monitorParts) for (const severity of severities) problem.set({ what, severity }, 0);
    for (const { what, severity } of problems) problem.set({ what, severity }, 1);
  };

  return {
    /** At once, so that no scrape that is being written sees half of it. */
    show({ figures, monitor }: Told): void {
      for (const each of [...ofFigures, problem, canarySuccess]) {
        each.reset();
        // After `reset`, a gauge without labels would still be shown, with the value 0.
        each.remove({});
      }
      isUp.set(figures === null ? 0 : 1);
      if (figures !== null) showFigures(figures);
      if (monitor !== null) showMonitor(monitor);
    },
  };
}
