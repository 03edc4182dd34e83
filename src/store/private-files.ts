import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readdirSync, type Stats, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';

const OTHERS = 0o077;
const STICKY = 0o1000;

/** Makes the folder of the database, for this user alone. */
export function makeFolder(folder: string): void {
  try {
    makeMissing(folder);
  } catch (cause) {
    throw new Error(`DATABASE_URL must name a place that may be written to; the folder ${folder} cannot be made.`, {
      cause,
    });
  }
}

/** Step by step: on /proc, where nobody may make a folder, Node.js's own recursion never ends. */
function makeMissing(folder: string): void {
  if (existsSync(folder)) return;
  makeMissing(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another process that starts at the same moment was faster.
    if (!existsSync(folder)) throw error;
  }
}

/**
 * Names, addresses and sealed tokens are nobody else's business on the machine: a new SQLite file is ours alone, and an
 * older one becomes so. A folder is changed only when it holds nothing else; `/tmp` never is.
 */
export function makePrivate(file: string): void {
  if (!existsSync(file)) create(file);
  for (const each of filesOf(file)) tighten(each);
  const folder = dirname(file);
  if (holdsNothingElse(folder, file)) tighten(folder);
}

/** What of it other users of this machine may look into all the same. */
export function exposedPlaces(file: string): readonly string[] {
  return [dirname(file), ...filesOf(file)].filter(isExposed);
}

/** Whether others may use a file. Where somebody else owns it, its group is how we came to read it. */
export function isExposed(path: string): boolean {
  const stats = tryStat(path);
  return stats !== null && (stats.mode & (isOurs(stats) ? OTHERS : 0o007)) !== 0;
}

/** SQLite gives the two beside it the mode that the database has. */
function filesOf(file: string): readonly string[] {
  return [file, `${file}-wal`, `${file}-shm`];
}

function create(file: string): void {
  try {
    closeSync(openSync(file, 'ax', 0o600));
  } catch {
    // Another process was faster, or SQLite will say why it cannot be made.
  }
}

function tighten(path: string): void {
  const stats = tryStat(path);
  if (stats === null || !isOurs(stats) || (stats.mode & OTHERS) === 0) return;
  try {
    chmodSync(path, stats.mode & ~OTHERS & 0o7777);
  } catch {
    // A file system without modes; `doctor` says what others may look into.
  }
}

function holdsNothingElse(folder: string, file: string): boolean {
  const stats = tryStat(folder);
  if (stats === null || (stats.mode & STICKY) !== 0) return false;
  return readdirSync(folder).every((name) => name.startsWith(basename(file)));
}

/** Never on Windows, which has no such modes. */
function isOurs({ uid }: Stats): boolean {
  return uid === process.getuid?.();
}

function tryStat(path: string): Stats | null {
  return process.platform === 'win32' ? null : (statSync(path, { throwIfNoEntry: false }) ?? null);
}
