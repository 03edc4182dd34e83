import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Session } from '../../src/store/database.ts';

/** A row by its columns; a time as ISO 8601. */
export type StoredRow = Readonly<Record<string, string | number | boolean | null>>;

/** What a database holds whose latest migration is that one. */
export function storedFile(migration: string): string {
  return join(import.meta.dirname, '../adapters/store/stored', `${migration}.json`);
}

export function storedRows(migration: string): Readonly<Record<string, readonly StoredRow[]>> {
  return JSON.parse(readFileSync(storedFile(migration), 'utf8'));
}

/** Into the tables of that version, which the migrations themselves may have put a row into. */
export async function insertStored({ db }: Session, stored: ReturnType<typeof storedRows>): Promise<void> {
  for (const [table, rows] of Object.entries(stored)) {
    await db.$executeRawUnsafe(`DELETE FROM "${table}"`);
    for (const row of rows) {
      const columns = Object.keys(row);
      const places = columns.map((_, index) => `$${index + 1}`).join(', ');
      const listed = columns.map((column) => `"${column}"`).join(', ');
      const values = Object.values(row).map(asTime);
      await db.$executeRawUnsafe(`INSERT INTO "${table}" (${listed}) VALUES (${places})`, ...values);
    }
  }
}

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

function asTime(value: StoredRow[string]): unknown {
  return typeof value === 'string' && TIME.test(value) ? new Date(value) : value;
}
