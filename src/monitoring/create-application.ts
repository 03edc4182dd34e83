import type { Application, Connecting, DaemonRun, Owner } from './application.ts';
import { type ConnectingPorts, createConnecting } from './connecting/create-connecting.ts';
import { createMail, type MailPorts } from './mailing/create-mail.ts';
import { createOperations, type OperationsPorts } from './operations/create-operations.ts';
import { assertKeysFit } from './operations/keys.ts';
import type { DaemonFacts } from './operations/monitor-problems.ts';
import { type MonitorPorts, readMonitor } from './operations/read-monitor.ts';
import type { CheckNowPorts, Checks } from './owner/check-now.ts';
import { createOwner } from './owner/create-owner.ts';
import type { Stores, Surroundings } from './ports.ts';
import { createHealth } from './reading/create-health.ts';
import { createReplays } from './reading/replay-policy.ts';
import { createIncidents } from './tenants/create-incidents.ts';
import { createTenants, type TenantsPorts } from './tenants/create-tenants.ts';
import type { MonitorView } from './views.ts';
import { createRounds, type RoundsPorts } from './work/create-rounds.ts';
import { createWork, type Work, type WorkPorts } from './work/create-work.ts';

/** The use cases that a daemon runs and serves. */
export type Served = Readonly<{
  work: Work;
  owner: Owner & Pick<Checks, 'settled'>;
  connecting: Connecting;
  /** Whether the monitor itself is well, with what the daemon alone knows. */
  readMonitor(daemon: DaemonFacts): Promise<MonitorView>;
}>;

export type ApplicationPorts = Stores &
  Surroundings &
  TenantsPorts &
  MailPorts &
  WorkPorts &
  Omit<CheckNowPorts, 'pollTenant'> &
  Omit<ConnectingPorts, 'pollTenant'> &
  MonitorPorts &
  Omit<OperationsPorts, 'runDaemon' | 'readMonitor'> &
  Pick<RoundsPorts, 'access'> &
  Readonly<{ runDaemon(served: Served, run: DaemonRun): Promise<void> }>;

/** Every use case, over one set of ports. */
export function createApplication(ports: ApplicationPorts): Application {
  const work = createWork(ports);
  const monitorOf = (daemon: DaemonFacts | null) => readMonitor(ports, daemon);
  const pollTenant = (tenantId: string, signal?: AbortSignal) => work.round([tenantId], { signal });
  const owner = createOwner({ ...ports, pollTenant });
  const connecting = createConnecting({ ...ports, pollTenant });
  return {
    tenants: createTenants(ports),
    health: createHealth(ports),
    incidents: createIncidents(ports),
    mail: createMail(ports),
    rounds: createRounds({ ...ports, work, assertKeysFit: () => assertKeysFit(ports) }),
    replays: createReplays(ports),
    owner,
    connecting,
    operations: createOperations({
      ...ports,
      readMonitor: monitorOf,
      runDaemon: (run) => ports.runDaemon({ work, owner, connecting, readMonitor: monitorOf }, run),
    }),
  };
}
