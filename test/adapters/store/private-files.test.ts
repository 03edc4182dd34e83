import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openStores } from '../../../src/store/open-stores.ts';
import { isExposed } from '../../../src/store/private-files.ts';
import { aTenant } from '../../support/builders.ts';
import { encryption } from '../../support/store-fixtures.ts';

let parent = '';
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'linkwatch-private-'));
});
afterEach(() => rmSync(parent, { recursive: true }));

/** The modes of a folder and of what is in it, while the database is open and was written to. */
async function modesAfterUse(folder: string): Promise<Readonly<Record<string, string>>> {
  const store = openStores({ databaseUrl: `file:${join(folder, 'x.db')}`, encryption });
  await store.migrate();
  await store.tenants.add([{ tenant: aTenant({ id: crypto.randomUUID() }), contacts: [], grant: null }]);
  const modes = {
    '.': modeOf(folder),
    ...Object.fromEntries(readdirSync(folder).map((name) => [name, modeOf(join(folder, name))])),
  };
  exposed = store.exposedPlaces();
  await store.close();
  return modes;
}

let exposed: readonly string[] | null = null;

function modeOf(path: string): string {
  return (statSync(path).mode & 0o7777).toString(8);
}

const PRIVATE = { '.': '700', 'x.db': '600', 'x.db-wal': '600', 'x.db-shm': '600' };

describe('a SQLite database', () => {
  it('that is new is ours alone, in a folder that is ours alone, whatever the umask', async () => {
    const umask = process.umask(0);
    try {
      expect(await modesAfterUse(join(parent, 'a', 'b'))).toEqual(PRIVATE);
      expect(modeOf(join(parent, 'a'))).toBe('700');
      expect(exposed).toEqual([]);
    } finally {
      process.umask(umask);
    }
  });

  it('that an earlier version left open to others becomes ours alone, with all of its files', async () => {
    const folder = join(parent, 'data');
    await modesAfterUse(folder);
    for (const name of ['x.db-wal', 'x.db-shm'])
      if (!existsSync(join(folder, name))) writeFileSync(join(folder, name), '');
    for (const name of readdirSync(folder)) chmodSync(join(folder, name), 0o664);
    chmodSync(folder, 0o755);
    expect(await modesAfterUse(folder)).toEqual(PRIVATE);
  });

  it('in a folder that it shares changes only its own files, and tells of the folder', async () => {
    const folder = join(parent, 'shared');
    mkdirSync(folder);
    writeFileSync(join(folder, 'of-others'), '');
    chmodSync(join(folder, 'of-others'), 0o644);
    chmodSync(folder, 0o755);
    expect(await modesAfterUse(folder)).toEqual({ ...PRIVATE, '.': '755', 'of-others': '644' });
    expect(exposed).toEqual([folder]);
  });

  it('does not close a folder like /tmp to others, even when it is alone in it', async () => {
    const folder = join(parent, 'tmp');
    mkdirSync(folder);
    chmodSync(folder, 0o1777);
    expect(await modesAfterUse(folder)).toEqual({ ...PRIVATE, '.': '1777' });
    expect(exposed).toEqual([folder]);
  });
});

describe('a file such as .env', () => {
  it.each([
    [0o600, false],
    [0o400, false],
    [0o700, false],
    [0o640, true],
    [0o604, true],
    [0o644, true],
    [0o620, true],
  ])('of ours with mode %o is exposed: %s', (mode, expected) => {
    const file = join(parent, '.env');
    writeFileSync(file, '');
    chmodSync(file, mode);
    expect(isExposed(file)).toBe(expected);
  });

  it('that is not there is not exposed', () => {
    expect(isExposed(join(parent, 'nothing'))).toBe(false);
  });
});
