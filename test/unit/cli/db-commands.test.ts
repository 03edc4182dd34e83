import { describe, expect, it } from '@jest/globals';
import { DAY_MS } from '../../../src/domain/model/time.ts';
import type { CopyRequest, MoveRequest } from '../../../src/monitoring/ports.ts';
import { NOW } from '../../support/builders.ts';
import { linkwatch } from '../../support/cli-run.ts';

describe('db backup', () => {
  const asked: CopyRequest[] = [];
  const backUp = async (_: unknown, request: CopyRequest) => {
    asked.push(request);
    return { file: request.file, bytes: 5_500_000, takenAt: NOW };
  };
  const app = { operations: { backUp } };

  it('copies into a file where the command was given, and says where the key must be', async () => {
    const { exitCode, stdout } = await linkwatch('db backup copies/monday.db', { app });
    expect(exitCode).toBe(0);
    expect(asked).toEqual([{ file: '/where/copies/monday.db', replace: false }]);
    expect(stdout).toContain('The database as of 2026-01-15 12:00 UTC is in /where/copies/monday.db (5.2 MiB)');
    expect(stdout).toContain('ENCRYPTION_KEY is not in it');
  });

  it('replaces a file only when it is told to, and prints one document with --json', async () => {
    const { json } = await linkwatch('db backup monday.db --replace --json', { app });
    expect(asked.at(-1)).toEqual({ file: '/where/monday.db', replace: true });
    expect(json).toEqual({ file: '/where/monday.db', bytes: 5_500_000, takenAt: '2026-01-15T12:00:00.000Z' });
  });
});

describe('db restore', () => {
  const done = {
    takenAt: NOW - DAY_MS,
    restoredAt: NOW,
    tenants: 3,
    held: 1,
    migrations: ['0021_retention_and_backups'],
    keptAs: '/data/linkwatch.db.replaced-1',
    lackingKeys: null as string | null,
  };
  const app = { operations: { restore: async () => done } };

  it('says what is not known of the time that is missing, and what to do about each', async () => {
    const { stdout } = await linkwatch('db restore monday.db --replace', { app });
    expect(stdout).toMatch(/^Restored: 3 tenants, as of 2026-01-14 12:00 UTC\.\n.*0021_retention_and_backups/);
    expect(stdout).toContain('is kept as /data/linkwatch.db.replaced-1');
    for (const part of [
      '- mail: 1 mail that may have been sent is held',
      '- tokens:',
      '- what people changed:',
      '- webhooks:',
    ]) {
      expect(stdout).toContain(part);
    }
  });

  it('says when ENCRYPTION_KEY does not open what is in the copy', async () => {
    const lackingKeys = '5 were sealed with key 0123456789ab, which ENCRYPTION_KEY does not have';
    const other = { operations: { restore: async () => ({ ...done, lackingKeys }) } };
    const { stdout } = await linkwatch('db restore monday.db', { app: other });
    expect(stdout).toContain(`Of its secrets ${lackingKeys}: add the key of the copy before you start Linkwatch`);
    expect((await linkwatch('db restore monday.db', { app })).stdout).not.toContain('ENCRYPTION_KEY');
  });

  it('prints one document with --json', async () => {
    const { json } = await linkwatch('db restore monday.db --json', { app });
    expect(json).toEqual({ ...done, takenAt: '2026-01-14T12:00:00.000Z', restoredAt: '2026-01-15T12:00:00.000Z' });
  });
});

describe('db move', () => {
  const asked: string[] = [];
  const tables = [
    { table: 'Tenant', rows: 1_200 },
    { table: 'Poll', rows: 34 },
  ];
  const move = async (_: unknown, { url, onProgress }: MoveRequest) => {
    asked.push(url);
    onProgress(1, 2);
    return { from: 'SQLite /data/linkwatch.db', to: 'PostgreSQL db/linkwatch', begunAnew: true, tables };
  };
  const app = { operations: { move } };

  it('lists what arrived, and says what to set from now on', async () => {
    const { stdout } = await linkwatch('db move postgresql://u:secret@db/linkwatch', { app });
    expect(stdout).toContain('What an earlier move had left, which broke off, was erased first.');
    expect(stdout).toContain('Moved: 1,234 rows of 2 tables');
    expect(stdout).toMatch(/Tenant {2}1,200\n {2}Poll {4}34\n/);
    expect(stdout).toContain('set DATABASE_URL to the new place (PostgreSQL db/linkwatch)');
    expect(stdout).not.toContain('secret');
  });

  it('reads the address from stdin, where nobody else of the machine sees the password', async () => {
    const { json } = await linkwatch('db move - --json', { app, stdin: 'postgresql://u:secret@db/linkwatch\n' });
    expect(asked.at(-1)).toBe('postgresql://u:secret@db/linkwatch');
    expect(json).toMatchObject({ begunAnew: true, tables });
  });
});
