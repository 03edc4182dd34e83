import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { HOUR_MS, MINUTE_MS } from '../../domain/model/time.ts';
import { codeOf } from '../driver-error.ts';

/** Where a copy is made, beside its place, until it is whole. */
export function unfinishedCopy(file: string): string {
  return `${file}.${process.pid}.partial`;
}

/** No copy takes longer: what is older was left by a process that was killed, and nobody else would ever remove it. */
const LONGEST_COPY_MS = 24 * HOUR_MS;
/** A copy that grows is younger, though its process may not be seen from here: it may run in another container. */
const UNTOUCHED_MS = 10 * MINUTE_MS;

/**
 * Removes what earlier copies to the same place have left unfinished: it holds addresses and sealed tokens. What cannot
 * be removed stays.
 */
export function removeUnfinished(file: string): void {
  const folder = dirname(file);
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const [, owner] = /^\.(\d+)\.partial(-journal)?$/.exec(name.slice(basename(file).length)) ?? [];
    if (owner === undefined || !name.startsWith(basename(file))) continue;
    removeIfLeft(join(folder, name), Number(owner));
  }
}

function removeIfLeft(path: string, owner: number): void {
  try {
    const untouchedMs = Date.now() - statSync(path).mtimeMs;
    const isLeft = untouchedMs > LONGEST_COPY_MS || (untouchedMs > UNTOUCHED_MS && !isRunning(owner));
    if (isLeft) rmSync(path, { force: true });
  } catch {
    // Somebody else's file, or one that is gone already.
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}
