import type { Child } from '../support/program-child.ts';
import { passed } from './troubles.ts';

export type UnderFire = Readonly<{
  kills: readonly number[];
  /** Daemons that ended by themselves, as one may whose database is away at its start. */
  falls: readonly number[];
}>;

export type FireOptions = Readonly<{
  start(): Child;
  /** Before each start, when no daemon lives. */
  prepare(): Promise<void>;
  mayKill(): boolean;
  killEveryMs: number;
  signal: AbortSignal;
}>;

const RESTART_MS = 1_000;
const LOOK_AGAIN_MS = 50;

/** Keeps one daemon alive and kills it (-9) again and again, until the signal; then none lives. */
export async function liveUnderFire({ start, prepare, mayKill, killEveryMs, signal }: FireOptions): Promise<UnderFire> {
  const kills: number[] = [];
  const falls: number[] = [];
  while (!signal.aborted) {
    await prepare();
    const daemon = start();
    await Promise.race([daemon.ended, passed(killEveryMs, signal)]);
    while (daemon.isRunning() && !mayKill()) await passed(LOOK_AGAIN_MS, new AbortController().signal);
    if (daemon.isRunning()) {
      kills.push(Date.now());
      daemon.kill('SIGKILL');
    } else {
      falls.push(Date.now());
      await passed(RESTART_MS, signal);
    }
    await daemon.ended;
  }
  return { kills, falls };
}
