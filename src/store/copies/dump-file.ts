import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserFacingError } from '../../monitoring/user-facing-error.ts';
import { runProgram } from './postgresql-programs.ts';

/**
 * What a copy by `pg_dump` holds: a line for each of its parts, its schema, and the migrations that had made its
 * tables.
 */
export type DumpFile = Readonly<{
  file: string;
  parts: readonly string[];
  schema: string;
  ledger: readonly LedgerRow[];
}>;

export type LedgerRow = Readonly<{ id: string; checksum: string; migration_name: string }>;

/** Reads the whole of its list, and of the ledger. */
export async function readDump(file: string): Promise<DumpFile> {
  const listed = await runProgram('pg_restore', ['--list', file], null).catch((error: unknown) => {
    throw notOurs(file, error);
  });
  const parts = listed.split('\n').filter((line) => /^\d+;/.test(line));
  const schema = /^\d+; \d+ \d+ TABLE (?!DATA )(\S+) _prisma_migrations /m.exec(listed)?.[1];
  if (schema === undefined) throw notOurs(file, null);
  const options = ['--data-only', '--table=_prisma_migrations', '--file=-'];
  return { file, parts, schema, ledger: ledgerIn(await runProgram('pg_restore', [...options, file], null)) };
}

function notOurs(file: string, cause: unknown): Error {
  if (cause instanceof UserFacingError && cause.message.includes('is not on this machine')) return cause;
  return new UserFacingError(
    `${file} cannot be restored: it is no copy of Linkwatch that pg_dump has made, or is damaged`,
    'Restore another copy. One that was made of SQLite needs DATABASE_URL=file:…; `linkwatch db move` takes that to PostgreSQL.',
    { cause },
  );
}

/** The rows as `COPY` writes them: a line each, their columns named before them. */
function ledgerIn(sql: string): readonly LedgerRow[] {
  const [, columns = '', rows = ''] = /^COPY \S+ \(([^)]*)\) FROM stdin;\n(.*?)^\\\.$/ms.exec(sql) ?? [];
  const names = columns.split(', ');
  return rows
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const values = line.split('\t');
      const valueIn = (name: string) => values[names.indexOf(name)] ?? '';
      return { id: valueIn('id'), checksum: valueIn('checksum'), migration_name: valueIn('migration_name') };
    });
}

/** Everything but the ledger, all of it or nothing. */
export async function restoreParts({ file, parts }: DumpFile, databaseUrl: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'linkwatch-restore-'));
  try {
    const list = join(folder, 'parts');
    writeFileSync(list, parts.filter((part) => !part.includes('_prisma_migrations')).join('\n'));
    const options = ['--single-transaction', '--exit-on-error', '--no-owner', '--no-privileges', `--use-list=${list}`];
    await runProgram('pg_restore', [...options, file], databaseUrl);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
