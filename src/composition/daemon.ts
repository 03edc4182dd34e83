import type { FastifyInstance } from 'fastify';
import { CommandFailure } from '../cli/failure.ts';
import type { Config } from '../config/config.ts';
import { MINUTE_MS } from '../domain/model/time.ts';
import { createServer } from '../http/create-server.ts';
import type { DaemonRun } from '../monitoring/application.ts';
import type { RoundTally } from '../monitoring/polling/round-tally.ts';
import { createTicker } from '../queue/ticker.ts';
import type { Adapters } from './adapters.ts';
import { ownerSite } from './owner-site.ts';

/** A daemon whose rounds have not moved for so long is not ready: something is stuck. */
const OVERDUE_MS = 5 * MINUTE_MS;
/** Between rounds with nothing to do, the dead-man's switch hears of us this often. */
const IDLE_HEARTBEAT_MS = MINUTE_MS;
/** Less than the 20 s that SIGTERM is promised to take: the rest is for closing. */
const DRAIN_MS = 18_000;

/** What the daemon does over and over; each run ends by itself, or soon after its signal aborts. */
export type DaemonWork = Readonly<{
  round: (signal: AbortSignal, onProgress: () => void) => Promise<RoundTally>;
  deliver: (signal: AbortSignal) => Promise<unknown>;
  prune: () => Promise<unknown>;
  /** Once, before the first round. */
  replan: () => Promise<unknown>;
  /** Because a contact asks for it. */
  pollTenant: (tenantId: string) => Promise<RoundTally>;
}>;

/** The daemon: ticks, mail and HTTP until the signal aborts and what was in flight is finished. */
export async function runDaemon(adapters: Adapters, work: DaemonWork, run: DaemonRun): Promise<void> {
  const { log, config } = adapters;
  for (const each of config.unknown) log.warn(each, 'a variable is unknown, and has no effect');
  const pulse = createPulse(adapters);
  const round = async (signal: AbortSignal) => {
    const tally = await work.round(signal, pulse.moved);
    run.onRound?.(tally);
    await pulse.afterRound(tally);
  };
  const ticker = createTicker(
    [
      { name: 'round', expression: '* * * * * *', run: round },
      { name: 'mail', expression: '* * * * * *', run: async (signal) => void (await work.deliver(signal)) },
      { name: 'retention', expression: '0 17 * * * *', run: async () => void (await work.prune()) },
    ],
    log,
  );

  await work.replan();
  const site = ownerSite(adapters, { pollTenant: work.pollTenant, signal: run.signal });
  const server = createServer({ ...site.routes, log, readiness: () => readiness(adapters, pulse.rounds()) });
  run.onListening(await listen(server, adapters.config));
  ticker.start();
  log.info({}, 'started');
  await aborted(run.signal);
  log.info({}, 'stopping: finishing what is in flight');
  adapters.access.stop();
  const drained = Promise.all([ticker.stop(), site.settled()]).then(adapters.access.settled);
  await stop(drained, server, adapters);
}

/** Whether rounds go on as they should: what readiness is asked for, and the dead-man's switch hears of. */
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
      // Idle ticks between rounds change nothing about what the last real round could not do.
      if (tally.polled + tally.errors > 0) errors = tally.errors;
      if (errors > 0) return;
      if (tally.polled === 0 && clock.now() - lastHeartbeatAt < IDLE_HEARTBEAT_MS) return;
      lastHeartbeatAt = clock.now();
      await heartbeat();
    },
  };
}

async function listen(server: FastifyInstance, { http: { host, port } }: Config): Promise<string> {
  try {
    return await server.listen({ host, port });
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    const hint = LISTEN_HINTS[code] ?? 'Set HTTP_HOST and HTTP_PORT to where it may listen.';
    throw new CommandFailure(`Linkwatch cannot listen on HTTP_HOST ${host}, HTTP_PORT ${port}`, hint, { cause });
  }
}

const LISTEN_HINTS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'Another program has that port, perhaps another Linkwatch. Set HTTP_PORT to a free one; 0 takes any.',
  EADDRNOTAVAIL: 'This machine has no such address. Set HTTP_HOST to one of its own; 0.0.0.0 is all of them.',
  EACCES: 'This user may not listen there. Set HTTP_PORT to one above 1023.',
};

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

async function readiness({ store, log }: Adapters, rounds: Rounds) {
  const checks = {
    database: await store.ping().then(
      () => 'ok',
      (error: unknown) => {
        log.error({ err: error }, 'database does not answer');
        return 'it does not answer';
      },
    ),
    rounds: roundsCheck(rounds),
  };
  return { ready: Object.values(checks).every((check) => check === 'ok'), checks };
}

function roundsCheck({ idleMs, errors }: Rounds): string {
  if (errors > 0) return `${errors} tenants could not be polled or stored in the last round; the log says why`;
  return idleMs > OVERDUE_MS ? `no round has moved for ${Math.round(idleMs / MINUTE_MS)} minutes` : 'ok';
}
