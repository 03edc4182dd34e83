import type { FastifyInstance } from 'fastify';
import type { Config } from '../config/config.ts';
import { MINUTE_MS } from '../domain/model/time.ts';
import type { DaemonRun, RoundTally } from '../monitoring/application.ts';
import type { Served } from '../monitoring/create-application.ts';
import { doJobs, firstJobs, timetable } from '../monitoring/work/jobs.ts';
import { createTicker } from '../queue/ticker.ts';
import type { Adapters } from './adapters.ts';
import { listen, openHttpServer } from './http-server.ts';

/** A daemon whose rounds have not moved for so long is not ready: something is stuck. */
const OVERDUE_MS = 5 * MINUTE_MS;
/** Between rounds with nothing to do, the dead-man's switch hears of us this often. */
const IDLE_HEARTBEAT_MS = MINUTE_MS;
/** Less than the 20 s that SIGTERM is promised to take: the rest is for closing. */
const DRAIN_MS = 18_000;

export type DaemonParts = Served & Readonly<{ config: Config; adapters: Adapters }>;

/** The daemon: its timetable and HTTP until the signal aborts and what was in flight is finished. */
export async function runDaemon({ config, adapters, work, owner }: DaemonParts, run: DaemonRun): Promise<void> {
  const { log } = adapters;
  for (const each of config.unknown) log.warn(each, 'a variable is unknown, and has no effect');
  const pulse = createPulse(adapters);
  const onRound = async (tally: RoundTally) => {
    run.onRound?.(tally);
    await pulse.afterRound(tally);
  };
  const ticks = timetable.map(({ jobs, ...when }) => ({
    ...when,
    run: (signal: AbortSignal) => doJobs(jobs, work, { signal, onPoll: pulse.moved, onRound }),
  }));
  const ticker = createTicker(ticks, log);

  await doJobs(firstJobs, work);
  await mailCheck(adapters);
  const readiness = () => readinessOf(adapters, pulse.rounds());
  const server = openHttpServer(config, adapters, { owner, signal: run.signal, readiness });
  run.onListening(await listen(server, config));
  ticker.start();
  log.info({}, 'started');
  await aborted(run.signal);
  log.info({}, 'stopping: finishing what is in flight');
  adapters.access.stop();
  const drained = Promise.all([ticker.stop(), owner.settled()]).then(adapters.access.settled);
  await stop(drained, server, adapters);
}

/** Follows the rounds, for the readiness check and for the dead-man's switch. */
function createPulse({ clock, heartbeat }: Adapters) {
  let lastMovedAt = clock.now();
  let lastHeartbeatAt = 0;
  let errors = 0;
  const moved = () => {
    lastMovedAt = clock.now();
  };
  return {
    moved,
    rounds: (): Rounds => ({ idleMs: clock.now() - lastMovedAt, errors }),
    async afterRound(tally: RoundTally): Promise<void> {
      moved();
      // An idle tick does not undo the errors of the last round that polled.
      if (tally.polled + tally.errors > 0) errors = tally.errors;
      if (errors > 0) return;
      if (tally.polled === 0 && clock.now() - lastHeartbeatAt < IDLE_HEARTBEAT_MS) return;
      lastHeartbeatAt = clock.now();
      await heartbeat();
    },
  };
}

async function stop(drained: Promise<unknown>, server: FastifyInstance, { clock, log }: Adapters): Promise<void> {
  const bound = new AbortController();
  const timeout = clock.sleep(DRAIN_MS, bound.signal).then(
    () => log.error({}, 'stopped before all was finished; the next start goes on with it'),
    () => undefined,
  );
  await Promise.race([drained, timeout]);
  bound.abort();
  await server.close();
  log.info({}, 'stopped');
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

type Rounds = Readonly<{ idleMs: number; errors: number }>;

async function readinessOf(adapters: Adapters, rounds: Rounds) {
  const { stores, log } = adapters;
  const checks = {
    database: await stores.ping().then(
      () => 'ok',
      (error: unknown) => {
        log.error({ err: error }, 'database does not answer');
        return 'it does not answer';
      },
    ),
    rounds: roundsCheck(rounds),
    mail: await mailCheck(adapters),
  };
  return { ready: Object.values(checks).every((check) => check === 'ok'), checks };
}

function roundsCheck({ idleMs, errors }: Rounds): string {
  if (errors > 0) return `${errors} tenants could not be polled or stored in the last round; the log says why`;
  return idleMs > OVERDUE_MS ? `no round has moved for ${Math.round(idleMs / MINUTE_MS)} minutes` : 'ok';
}

/** Without its templates no mail can be composed, whatever the mail server. Each check tries again to compile them. */
async function mailCheck({ openMailer, log }: Pick<Adapters, 'openMailer' | 'log'>): Promise<string> {
  try {
    await openMailer();
    return 'ok';
  } catch (error) {
    log.error({ err: error }, 'the mail templates cannot be compiled');
    return 'the mail templates cannot be compiled; the log says why';
  }
}
