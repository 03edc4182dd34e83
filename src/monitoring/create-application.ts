import { MINUTE_MS, SECOND_MS } from '../domain/model/time.ts';
import type { Application, DaemonRun } from './application.ts';
import { type ApplicationsPorts, createApplications } from './applications/create-applications.ts';
import { createAudit } from './audit/create-audit.ts';
import { type WithAuditPorts, withAudit } from './audit/with-audit.ts';
import { type ConnectingPorts, createConnecting } from './connecting/create-connecting.ts';
import { createEvents, type EventsPorts } from './events/create-events.ts';
import { keptFor } from './kept-for.ts';
import { type CheckKey, type CheckKeyPorts, createCheckKey } from './keys/check-key.ts';
import { type ApiKeysPorts, createApiKeys } from './keys/create-api-keys.ts';
import { createSignIn, type SignIn } from './keys/sign-in.ts';
import { createMail, type MailPorts } from './mailing/create-mail.ts';
import { endIdleBrake } from './mailing/hold-mail.ts';
import { createOperations, type OperationsPorts } from './operations/create-operations.ts';
import { assertKeysFit } from './operations/keys.ts';
import type { DaemonFacts } from './operations/monitor-problems.ts';
import { type MonitorPorts, readMonitor } from './operations/read-monitor.ts';
import type { CheckNowPorts, Checks } from './owner/check-now.ts';
import { createOwner } from './owner/create-owner.ts';
import type { Clock, Stores, Surroundings } from './ports.ts';
import { createFleet, type FleetPorts } from './reading/create-fleet.ts';
import { createHealth } from './reading/create-health.ts';
import { createPast, type PastPorts } from './reading/create-past.ts';
import { createFigures, type Figures, type FiguresPorts } from './reading/read-figures.ts';
import { createReplays } from './reading/replay-policy.ts';
import { slept } from './slept.ts';
import { createIncidents } from './tenants/create-incidents.ts';
import { createTenants, type TenantsPorts } from './tenants/create-tenants.ts';
import type { MonitorView } from './views.ts';
import { createWebhooks, type WebhooksPorts } from './webhooks/create-webhooks.ts';
import { createRounds, type RoundsPorts } from './work/create-rounds.ts';
import { createWork, type Work, type WorkPorts } from './work/create-work.ts';

/** The use cases that a daemon runs and serves. */
export type Served = Readonly<{
  work: Work;
  application: Application;
  checkKey: CheckKey;
  signIn: SignIn;
  /** Resolves when no check at a contact's wish is under way. */
  checksSettled: Checks['settled'];
  /** Whether the monitor itself is well. */
  readMonitor(): Promise<MonitorView>;
  /** From now on every answer about the monitor includes what the daemon alone knows. */
  includeDaemon(readFacts: () => DaemonFacts): void;
  readFigures(): Promise<Figures>;
}>;

export type ApplicationPorts = Stores &
  Surroundings &
  Omit<TenantsPorts, 'endIdleBrake'> &
  MailPorts &
  EventsPorts &
  WorkPorts &
  Omit<CheckNowPorts, 'pollTenant'> &
  Omit<ConnectingPorts, 'pollTenant'> &
  Omit<MonitorPorts, 'readFleet' | 'assertWritable'> &
  PastPorts &
  FleetPorts &
  FiguresPorts &
  ApiKeysPorts &
  ApplicationsPorts &
  WebhooksPorts &
  CheckKeyPorts &
  WithAuditPorts &
  Omit<OperationsPorts, 'runDaemon' | 'readMonitor'> &
  Pick<RoundsPorts, 'access'> &
  Readonly<{ runDaemon(served: Served, run: DaemonRun): Promise<void> }>;

/** The counts of all tenants are kept for so long; the rest of the monitor's state is read anew for each caller. */
const FLEET_MS = MINUTE_MS;

/** Trying to write waits for whoever writes, and takes a place in the log of the database. */
const WRITABLE_MS = 30 * SECOND_MS;
/** A try to write that takes longer waits for another writer, so the database can be written to. */
const WRITING_MS = SECOND_MS;

/** Every use case, over one set of ports. */
export function createApplication(ports: ApplicationPorts): Application {
  const work = createWork(ports);
  const { clock, polls, monitor } = ports;
  const readFleet = keptFor(FLEET_MS, clock, async () => ({
    polledAhead: await polls.countPolledAhead(clock.now()),
    grants: await monitor.grants(clock.now()),
    tenants: await monitor.tenants(),
  }));
  const assertWritable = keptFor(WRITABLE_MS, clock, () => unlessSlow(ports.tryWriting(), clock));
  let readDaemon: () => DaemonFacts | null = () => null;
  const monitorNow = () => readMonitor({ ...ports, readFleet, assertWritable }, readDaemon());
  const pollTenant = (tenantId: string, signal?: AbortSignal) => work.round([tenantId], { signal });
  const { settled, ...owner } = createOwner({ ...ports, pollTenant });
  const runDaemon = (run: DaemonRun) =>
    ports.runDaemon(
      {
        work,
        application,
        checkKey: createCheckKey(ports),
        signIn: createSignIn(ports),
        checksSettled: settled,
        readMonitor: monitorNow,
        includeDaemon: (readFacts) => {
          readDaemon = readFacts;
        },
        readFigures: createFigures(ports),
      },
      run,
    );
  const application = withAudit(
    {
      tenants: createTenants({ ...ports, endIdleBrake: () => endIdleBrake('released', ports) }),
      health: createHealth(ports),
      past: createPast(ports),
      fleet: createFleet(ports),
      incidents: createIncidents(ports),
      mail: createMail(ports),
      rounds: createRounds({ ...ports, work, assertKeysFit: () => assertKeysFit(ports) }),
      events: createEvents(ports),
      replays: createReplays(ports),
      owner,
      connecting: createConnecting({ ...ports, pollTenant }),
      apiKeys: createApiKeys(ports),
      applications: createApplications(ports),
      webhooks: createWebhooks(ports),
      audit: createAudit(ports),
      operations: createOperations({ ...ports, readMonitor: monitorNow, runDaemon }),
    },
    ports,
  );
  return application;
}

/** Rejects if the work fails within `WRITING_MS`. Work that takes longer counts as good, whatever becomes of it. */
async function unlessSlow(work: Promise<void>, clock: Clock): Promise<void> {
  const isDone = new AbortController();
  await Promise.race([work, slept(clock, WRITING_MS, isDone.signal)]).finally(() => isDone.abort());
}
