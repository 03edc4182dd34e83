import { type Stats, statSync } from 'node:fs';
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

function identityOf(file: string): string {
  const stats: Stats | undefined = statSync(file, { throwIfNoEntry: false });
  return stats === undefined ? 'none' : `${stats.dev}:${stats.ino}`;
}
