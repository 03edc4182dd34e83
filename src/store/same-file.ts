import { statSync } from 'node:fs';
import { StoreUnavailable } from '../monitoring/store-unavailable.ts';

/**
 * Remembers which file lies at the path now. The function that it gives throws from then on, once that file was removed
 * or another one was put in its place: what an open connection still writes would be seen by no one.
 */
export function rememberFile(file: string): () => void {
  const before = identityOf(file);
  return () => {
    if (identityOf(file) === before) return;
    const message = `the database file ${file} was removed or replaced while Linkwatch had it open`;
    const hint = 'Stop Linkwatch, put the right file there, and start it again.';
    throw new StoreUnavailable('away', message, { hint, cause: null, mayBeDone: false });
  };
}

/** Whether both paths lead to one file, by whatever names; false where one leads to none. */
export function isSameFile(one: string, other: string): boolean {
  const identity = identityOf(one);
  return identity !== NO_FILE && identity === identityOf(other);
}

const NO_FILE = 'none';

/** As whole numbers of any size: those of some file systems are larger than a number of JavaScript holds exactly. */
function identityOf(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false, bigint: true });
  return stats === undefined ? NO_FILE : `${stats.dev}:${stats.ino}`;
}
