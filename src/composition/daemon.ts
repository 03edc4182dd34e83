import type { FastifyInstance } from 'fastify';
import type { Config } from '../config/config.ts';
import type { DaemonRun, RoundTally } from '../monitoring/application.ts';
import type { Canary } from '../monitoring/canary/create-canary.ts';
import type { Served } from '../monitoring/create-application.ts';
import { inTime } from '../monitoring/in-time.ts';
import { assertKeysFit } from '../monitoring/operations/keys.ts';
import type { Configured } from '../monitoring/ports.ts';
import { createAgendaReader } from '../monitoring/work/agenda-reader.ts';
import { doJobs, firstJobs, timetable } from '../monitoring/work/jobs.ts';
import { createTicker } from '../queue/ticker.ts';
import type { Adapters } from './adapters.ts';
import { listen, openHttpServer } from './http-server.ts';
import { createSelfWatch } from './self-watch.ts';

/** Less than the 20 s that SIGTERM is promised to take: the rest is for closing. */
const DRAIN_MS = 18_000;

/** As often as a mail may be due. */
const CANARY_TICK = { name: 'canary', expression: '*/5 * * * * *' };

export type DaemonParts = Served &
  Readonly<{ config: Config; configured: Configured; adapters: Adapters; canary: Canary | null }>;

/** The daemon: its timetable and HTTP until the signal aborts and what was in flight is finished. */
export async function runDaemon(parts: DaemonParts, run: DaemonRun): Promise<void> {
  const { config, adapters, canary, work, application, checkKey, signIn, checksSettled, readFigures } = parts;
  const { log } = adapters;
  for (const each of config.unknown) log.warn(each, 'a variable is unknown, and has no effect');
  const self = createSelfWatch(parts);
  const agenda = createAgendaReader(adapters.stores.agenda, adapters.clock);
  const onRound = (tally: RoundTally) => {
    run.onRound?.(tally);
    self.afterRound(tally);
    if (tally.polled === 0) return;
    // What a poll has made due is not left to the next second.
    agenda.renew();
    ticker.wake('mail');
  };
  const moves = { onPoll: () => self.moved('round'), onMail: () => self.moved('mail'), readAgenda: agenda.read };
  const ticks = timetable.map(({ jobs, ...when }) => ({
    ...when,
    run: (signal: AbortSignal) => self.follow(when.name, () => doJobs(jobs, work, { ...moves, signal, onRound })),
  }));
  const ticker = createTicker(canary === null ? ticks : [...ticks, { ...CANARY_TICK, run: canary.run }], log);

  await assertKeysFit(adapters.stores);
  await doJobs(firstJobs, work);
  const tenants = await adapters.stores.monitor.tenants();
  await self.compileTemplates();
  const server = openHttpServer(config, adapters, {
    ...{
      application,
      checkKey,
      signIn,
      signal: run.signal,
      readiness: self.readiness,
      isAlive: self.isAlive,
      readFigures,
      monitor: self.monitor,
      alertRules: parts.configured.alertRules,
    },
  });
  run.onListening(await listen(server, config));
  ticker.start();
  logStart(tenants, adapters);
  await aborted(run.signal);
  log.info({}, 'stopping: finishing what is in flight');
  adapters.access.stop();
  const drained = Promise.all([ticker.stop().then(self.settled), checksSettled()]).then(adapters.access.settled);
  await stop(drained, server, adapters);
}

/** An empty database where a fleet was expected is a mistyped DATABASE_URL. */
function logStart(tenants: number, { log, stores }: Adapters): void {
  if (tenants === 0) log.warn({ database: stores.place }, 'started without any tenant: `linkwatch connect` adds one');
  else log.info({ database: stores.place, tenants }, 'started');
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
