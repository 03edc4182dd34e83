import { z } from 'zod';
import { count, list, maybeText, text } from './parts.ts';

/** A line of a file, or an entry of a list, counted from 1, and its tenant. */
const storedLine = z.object({ line: count, id: text });
/** With the columns whose contents are others than what was stored. */
const changedLine = storedLine.extend({ columns: list(text) });

/** What an import did, line by line. */
export const importReport = z.object({
  imported: count,
  /** The tenants that were imported. */
  tenants: list(storedLine),
  /** Tenants that were there already, and what the import changed of them. */
  updated: list(changedLine),
  /** Tenants that were there already and stay as they are, and what the file says otherwise of them. */
  differing: list(changedLine),
  /** There already, just as the file says. */
  skipped: list(storedLine),
  /** Taken, although nothing is known of their tokens, and why. */
  untried: list(z.object({ line: count, why: text })),
  /**
   * Taken, although the account is watched already, by the tenant `sameAccountAs`: known where tokens are tried, of
   * lines without a time zone.
   */
  sameAccounts: list(storedLine.extend({ sameAccountAs: text })),
  /** Left out. */
  errors: list(z.object({ line: count, problems: list(z.object({ field: maybeText, problem: text })) })),
  /** Good lines that the import did not come to: once more, the same file goes on there. */
  unfinished: count,
});

export type ImportReport = Readonly<z.output<typeof importReport>>;
