import type { FastifyInstance } from 'fastify';
import type { Config } from '../config/config.ts';
import { SECOND_MS } from '../domain/model/time.ts';
import { REPORT_EVERY_MS, type WorkerRole, workerRoles } from '../domain/model/worker.ts';
import type { DaemonRun, RoundTally } from '../monitoring/application.ts';
import type { Canary } from '../monitoring/canary/create-canary.ts';
import type { Served } from '../monitoring/create-application.ts';
import { inTime } from '../monitoring/in-time.ts';
import { assertKeysFit } from '../monitoring/operations/keys.ts';
import type { Configured } from '../monitoring/ports.ts';
import { createAgendaReader } from '../monitoring/work/agenda-reader.ts';
import { batchHandlers, doJobs, type JobOptions, timetable } from '../monitoring/work/jobs.ts';
import { createWorkerReports, type WorkerReports } from '../monitoring/work/worker-reports.ts';
import { createTicker, type Tick } from '../queue/ticker.ts';
import type { Adapters } from './adapters.ts';
import { createEnding, DRAIN_MS, type Ending } from './ending.ts';
import { listen, openHttpServer } from './http-server.ts';
import { createSelfWatch, type SelfWatch } from './self-watch.ts';
import { fitHeapTo } from './small-heap.ts';

/** A poll or a mail of the canary that is due waits 5 s at most. */
const CANARY_TICK = { name: 'canary', expression: '*/5 * * * * *' };
const REPORT_TICK = { name: 'report', expression: `*/${REPORT_EVERY_MS / SECOND_MS} * * * * *` };

export type DaemonParts = Served &
  Readonly<{ config: Config; configured: Configured; adapters: Adapters; canary: Canary | null }>;

/**
 * The daemon: its timetable and HTTP until the signal aborts, or it is shut out, and what was in flight is finished.
 */
export async function runDaemon(parts: DaemonParts, run: DaemonRun): Promise<void> {
  const { config, adapters } = parts;
  const { log, stores } = adapters;
  const { roles = workerRoles } = run;
  for (const each of config.unknown) log.warn(each, 'a variable is unknown, and has no effect');
  const ending = createEnding(run.signal);
  const reports = createWorkerReports({ ...adapters, ...stores }, roles);
  await assertKeysFit(stores);
  await reports.begin();
  try {
    await workUntilEnd(parts, { ...run, roles }, { ending, reports });
  } finally {
    await reports.end();
  }
  ending.throwIfShutOut();
}

type Life = Readonly<{ ending: Ending; reports: WorkerReports }>;

async function workUntilEnd(
  parts: DaemonParts,
  run: DaemonRun & Readonly<{ roles: readonly WorkerRole[] }>,
  { ending, reports }: Life,
): Promise<void> {
  const { config, adapters, work, checksSettled, application, checkKey, signIn, readFigures } = parts;
  const { log, stores } = adapters;
  const { roles } = run;
  const self = createSelfWatch({ ...parts, roles });
  const agenda = createAgendaReader(stores.agenda, adapters.clock);
  const onRound = (tally: RoundTally) => {
    run.onRound?.(tally);
    self.afterRound(tally);
    if (tally.polled === 0) return;
    // What a poll has made due is not left to the next second.
    agenda.renew();
    ticker.wake('mail');
  };
  const options = { onPoll: () => self.moved('round'), onMail: () => self.moved('mail'), onRound };
  const ticks = ticksOf(parts, roles, { self, reports, options: { ...options, readAgenda: agenda.read } });
  const ticker = createTicker(
    ticks.map((tick) => ({ ...tick, run: (signal) => ending.watch(() => tick.run(signal)) })),
    log,
  );

  const tenants = await stores.monitor.tenants();
  fitHeapTo(tenants);
  await self.loadTemplates();
  const { readiness, isAlive, monitor } = self;
  const server = openHttpServer(config, adapters, {
    application,
    checkKey,
    signIn,
    readFigures,
    readiness,
    isAlive,
    monitor,
    signal: ending.signal,
    hasPages: roles.includes('http'),
    alertRules: parts.configured.alertRules,
  });
  run.onListening(await listen(server, config));
  ticker.start();
  adapters.queue?.start(batchHandlers(work, options, roles));
  logStart({ tenants, roles }, adapters);
  await aborted(ending.signal);
  log.info({}, 'stopping: finishing what is in flight');
  adapters.access.stop();
  const worked = Promise.all([ticker.stop(), adapters.queue?.stop()]).then(self.settled);
  const drained = Promise.all([worked, checksSettled()]).then(adapters.access.settled);
  await stop(drained, server, adapters);
}

type TickParts = Readonly<{ self: SelfWatch; reports: WorkerReports; options: JobOptions }>;

/** What comes round by the clock in a worker with these roles. */
function ticksOf(
  { work, canary }: DaemonParts,
  roles: readonly WorkerRole[],
  { self, reports, options }: TickParts,
): readonly Tick[] {
  const entries = timetable.filter(({ role }) => roles.includes(role));
  return [
    ...entries.map(({ jobs, name, expression }) => ({
      name,
      expression,
      run: (signal: AbortSignal) => self.follow(name, () => doJobs(jobs, work, { ...options, signal })),
    })),
    ...(canary !== null && roles.includes('mail') ? [{ ...CANARY_TICK, run: canary.run }] : []),
    { ...REPORT_TICK, run: reports.report },
  ];
}

/** An empty database where a fleet was expected is a mistyped DATABASE_URL. */
function logStart(
  { tenants, roles }: Readonly<{ tenants: number; roles: readonly WorkerRole[] }>,
  { log, stores }: Adapters,
): void {
  const fields = { database: stores.place, roles };
  if (tenants === 0) log.warn(fields, 'started without any tenant: `linkwatch connect` adds one');
  else log.info({ ...fields, tenants }, 'started');
}

async function stop(drained: Promise<unknown>, server: FastifyInstance, { clock, log }: Adapters): Promise<void> {
  await inTime(drained, DRAIN_MS, clock).catch((error: unknown) =>
    log.error({ err: error }, 'stopped before all was finished; the next start goes on with it'),
  );
  await server.close();
  log.info({}, 'stopped');
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
