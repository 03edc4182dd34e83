import { setTimeout as pause } from 'node:timers/promises';
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
/** Looks at what was sent before the daemon was frozen: by then all of that is read. */
const LOOKS_WHILE_FROZEN = 6;

/** Keeps one daemon alive and kills it (-9) again and again, until the signal; then none lives. */
export async function liveUnderFire({ start, prepare, mayKill, killEveryMs, signal }: FireOptions): Promise<UnderFire> {
  const kills: number[] = [];
  const falls: number[] = [];
  while (!signal.aborted) {
    await prepare();
    const daemon = start();
    await Promise.race([daemon.ended, passed(killEveryMs, signal)]);
    if (await killWhen(mayKill, daemon)) {
      kills.push(Date.now());
    } else {
      falls.push(Date.now());
      await passed(RESTART_MS, signal);
    }
    await daemon.ended;
  }
  return { kills, falls };
}

/**
 * False when the daemon ends by itself. What a living daemon has sent may not be read yet, so it is frozen first, and
 * lives on when it turns out that this is no time to die.
 */
async function killWhen(mayKill: () => boolean, daemon: Child): Promise<boolean> {
  for (; daemon.isRunning(); await pause(LOOK_AGAIN_MS)) {
    if (!mayKill()) continue;
    daemon.kill('SIGSTOP');
    let isTime = true;
    for (let look = 0; isTime && look < LOOKS_WHILE_FROZEN; look += 1) {
      await pause(LOOK_AGAIN_MS);
      isTime = mayKill();
    }
    daemon.kill(isTime ? 'SIGKILL' : 'SIGCONT');
    if (isTime) return true;
  }
  return false;
}
