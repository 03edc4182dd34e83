import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect } from '@jest/globals';
import { MAIN } from '../support/program-child.ts';
import { story } from '../support/program-story.ts';
import { hasty, type World } from '../support/program-world.ts';
import { createTestDatabase } from '../support/store-fixtures.ts';

const root = join(import.meta.dirname, '../..');
const guide = readFileSync(join(root, 'docs/operating.md'), 'utf8');
const blocks = [...guide.matchAll(/^```bash\n(.*?)^```$/gms)].map(([, block = '']) => block);

story(
  'docs/operating.md teaches sizes, applications, copies, the way back, the move and upgrades with commands that all work',
  { database: 'SQLite', tenants: 3, settings: hasty, ownProcesses: true },
  async (world) => {
    await world.importTenants();
    const target = await createTestDatabase('PostgreSQL', { migrated: false });
    try {
      const { status, outputs } = await runGuide(world, target.url);
      expect({ status, last: status === 0 ? '' : outputs.at(-1) }).toEqual({ status: 0, last: '' });
      const said = outputs.join('\n');
      for (const part of shown) expect(said).toContain(part);
      expect(await target.raw.db.tenant.count()).toBe(3);
    } finally {
      await target.drop();
    }
  },
);

/** What one sees on the way. */
const shown = [
  'every interval is 6 times longer',
  '9,000 of 10,000 requests a day',
  'whole and readable',
  'Restored: 3 tenants',
  'Of the time until',
  'hold: the database was restored',
  'Moved: ',
  'From now on: set DATABASE_URL',
  'The database is up to date.',
];

/** What Constant Contact allows as a rule: the guide's sizes are about that. */
const limited = { CONSTANT_CONTACT_REQUESTS_PER_DAY: '10000' };

/** Stands for the daemon's unit: it ends by SIGTERM, and is ready before `start` returns. */
const systemctl = `systemctl() {
  if [ "$1" != start ] && [ -n "$DAEMON" ]; then kill -TERM "$DAEMON"; wait "$DAEMON"; DAEMON=; fi
  if [ "$1" != stop ]; then
    (exec $LW start) > daemon.out 2> daemon.err & DAEMON=$!
    until grep -q 'listens on' daemon.out; do kill -0 "$DAEMON" || { cat daemon.err; return 1; }; read -rt 0.2 <> <(:) || :; done
  fi
}`;

/** Every block in one shell, as a reader would type them. */
async function runGuide({ env, folder }: World, newDatabaseUrl: string) {
  const { DATABASE_URL = '', ...rest } = env;
  writeFileSync(join(folder, '.env'), `DATABASE_URL=${DATABASE_URL}\n`, { mode: 0o600 });
  writeFileSync(join(folder, 'secret.txt'), 'the-secret-of-brand-b\n', { mode: 0o600 });
  const lw = `LW='${process.execPath} ${MAIN}'\nnpx() { shift; $LW "$@"; }`;
  const typed = blocks.map((block) => block.replaceAll('/var/backups/linkwatch', join(folder, 'backups'))).join('\n');
  const script = `${lw}\n${systemctl}\nDAEMON=\nsystemctl start\n${typed}\nsystemctl stop`;
  const shell = spawn('bash', ['-e', '-o', 'pipefail', '-c', script], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', ...rest, ...limited, NEW_DATABASE_URL: newDatabaseUrl },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [output, errors, [status]] = await Promise.all([text(shell.stdout), text(shell.stderr), once(shell, 'close')]);
  return { status, outputs: status === 0 ? [output] : [output, errors] };
}
