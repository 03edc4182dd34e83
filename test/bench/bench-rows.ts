import type { BenchRow } from './bench-row.ts';
import { alertRow } from './rows/alert.ts';
import { apiRow } from './rows/api.ts';
import { databaseLoadRow } from './rows/database-load.ts';
import { idleRow } from './rows/idle.ts';
import { importRow } from './rows/import.ts';
import { mailRow } from './rows/mail.ts';
import { memoryRows } from './rows/memory.ts';
import { pagesRow } from './rows/pages.ts';
import { pollsRow } from './rows/polls.ts';
import { startRow } from './rows/start.ts';
import { statusRow } from './rows/status.ts';
import { steadyRow } from './rows/steady.ts';

/** Every row, the quick ones first. */
export const benchRows: readonly BenchRow[] = [
  pollsRow,
  steadyRow,
  idleRow,
  alertRow,
  mailRow,
  statusRow,
  databaseLoadRow,
  ...memoryRows,
  startRow,
  importRow,
  apiRow,
  pagesRow,
];
