import { createTask, type ScheduledTask } from 'node-cron';
import type { Log } from '../monitoring/ports.ts';

/** A piece of work that comes round by the clock, one run at a time. */
export type Tick = Readonly<{
  name: string;
  /** Cron with seconds, UTC. */
  expression: string;
  /** Aborted when the ticker stops: finish what is in flight and begin nothing more. */
  run: (signal: AbortSignal) => Promise<void>;
}>;

export type Ticker = Readonly<{
  start(): void;
  /** Runs a piece of work at once; while it runs, once more when that run is over. */
  wake(name: string): void;
  /** Resolves when no run is in flight any more. */
  stop(): Promise<void>;
}>;

/** Runs work in this process. A run that throws is logged, and the next tick finds the same work again. */
export function createTicker(ticks: readonly Tick[], log: Log): Ticker {
  const stopping = new AbortController();
  const running = new Map<string, Promise<void>>();
  const wanted = new Set<string>();
  const failing = new Map<string, string>();

  async function runLogged({ name, run }: Tick): Promise<void> {
    try {
      await run(stopping.signal);
      if (failing.delete(name)) log.info({ tick: name }, 'a scheduled job works again');
    } catch (error) {
      // A database that is away fails every tick of every second: the same failure is news once.
      const level = failing.get(name) === String(error) ? 'debug' : 'error';
      failing.set(name, String(error));
      log[level]({ err: error, tick: name }, 'a scheduled job failed');
    }
  }

  /** A long run outlasts many ticks; that is no news, the work itself logs how long it took. */
  function runUnlessRunning(tick: Tick): void {
    const { name } = tick;
    if (running.has(name)) {
      log.debug({ tick: name }, 'a scheduled job is skipped: its previous run is not over');
      return;
    }
    const run = runLogged(tick).finally(() => end(tick));
    running.set(name, run);
  }

  function end(tick: Tick): void {
    running.delete(tick.name);
    if (wanted.delete(tick.name) && !stopping.signal.aborted) runUnlessRunning(tick);
  }

  // One task of node-cron for all that comes round at the same times: to find out when that is next costs it a tenth of
  // a millisecond each time, and most ticks find nothing to do.
  const tasks = [...Map.groupBy(ticks, ({ expression }) => expression)].map(([expression, alike]) =>
    toTask({ expression, names: alike.map(({ name }) => name) }, () => alike.forEach(runUnlessRunning), log),
  );
  return {
    start: () => {
      for (const task of tasks) task.start();
    },
    wake: (name) => {
      const tick = ticks.find((each) => each.name === name);
      if (tick === undefined || stopping.signal.aborted) return;
      if (running.has(name)) wanted.add(name);
      else runUnlessRunning(tick);
    },
    stop: async () => {
      stopping.abort();
      await Promise.all(tasks.map((task) => task.destroy()));
      await Promise.all(running.values());
    },
  };
}

type Alike = Readonly<{ expression: string; names: readonly string[] }>;

function toTask({ expression, names }: Alike, begin: () => void, log: Log): ScheduledTask {
  const name = names.join(', ');
  const task = createTask(expression, begin, { name, timezone: 'UTC', suppressMissedWarning: true, logger: quiet });
  task.on('execution:missed', ({ date }) => log.warn({ tick: name, date }, 'a scheduled job was missed'));
  return task;
}

/** Its events are logged above, as fields. */
const quiet = { info: ignore, warn: ignore, error: ignore, debug: ignore };

function ignore(): void {
  // node-cron tells the same through the events listened to.
}
