import type { Tenants } from '../application.ts';
import type { InputRules } from '../tenants/tenant-input.ts';
import type { Viewer } from '../viewer.ts';
import type { BadLine } from './file-entry.ts';

/** A line whose tenant was stored by this import, or before. */
export type StoredLine = Readonly<{ line: number; id: string }>;
/** With the columns whose contents are others than what was stored. */
export type ChangedLine = StoredLine & Readonly<{ columns: readonly string[] }>;
/** A line that was taken although nothing is known of its token, and why. */
export type UntriedLine = Readonly<{ line: number; why: string }>;

/** A line whose account another tenant is already. */
export type SameAccountLine = StoredLine & Readonly<{ sameAccountAs: string }>;

/** What an import has done so far: lists that grow with it, so that whatever stops it, they say what was stored. */
export type Tally = Readonly<{
  imported: StoredLine[];
  updated: ChangedLine[];
  /** Left as they are, though the line says otherwise. */
  differing: ChangedLine[];
  skipped: StoredLine[];
  untried: UntriedLine[];
  sameAccounts: SameAccountLine[];
  refused: BadLine[];
}>;

export function emptyTally(): Tally {
  return { imported: [], updated: [], differing: [], skipped: [], untried: [], sameAccounts: [], refused: [] };
}

/** Whose tenants are meant, how their fields are checked, and the calls that store them. */
export type Importing = Readonly<{
  tenants: Pick<Tenants, 'export' | 'tokenHolders' | 'add' | 'addTried' | 'update' | 'updateSettings'>;
  viewer: Viewer;
  rules: InputRules;
}>;

/** How an import goes on: `step` says that so many lines more are done, and throws when it is to stop. */
export type Course = Readonly<{ tally: Tally; step(lines: number): void }>;
