import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect } from '@jest/globals';
import { MAIN } from '../support/program-child.ts';
import { breakConnection, tenantAt } from '../support/program-connections.ts';
import { story } from '../support/program-story.ts';
import { type Daemon, hasty, type World } from '../support/program-world.ts';

const root = join(import.meta.dirname, '../..');
const guide = readFileSync(join(root, 'docs/api.md'), 'utf8');
const blocks = [...guide.matchAll(/^```bash\n(.*?)^```$/gms)].map(([, block = '']) => block);

const describeGuide = spawnSync('bash', ['-c', 'command -v curl']).status === 0 ? describe : describe.skip;

describeGuide('docs/api.md', () => {
  story(
    'teaches with commands that all work, one after the other',
    { database: 'SQLite', tenants: 3, settings: { ...hasty, POLL_SCHEDULE: '0 0 1 1 *' } },
    async (world) => {
      breakConnection(world.control, tenantAt(world.control, 0));
      for (const index of [0, 1]) await addTenant(world, index);
      await world.json(['poll']);
      const { status, outputs } = await runGuide(world, await world.daemon());
      expect({ status, last: status === 0 ? '' : outputs.at(-1) }).toEqual({ status: 0, last: '' });
      expect(outputs).toHaveLength(blocks.length);

      const said = outputs.join('\n');
      for (const part of shown) expect(said).toContain(part);
      expect(outputs.some((output) => /^304$/m.test(output))).toBe(true);
    },
  );
});

/** What the page says that one will see. */
const shown = [
  '"nextCursor":',
  '"health":"broken"',
  '"conditions":',
  '"coverage":',
  '"type":"tenant.updated"',
  '"externalId":"customer-17"',
  '"isNew":true',
  '"imported":0',
  '"unfinished":0',
  '"holds":[',
  '"moreTenants":',
  '"stretch":',
  '"checks":[{"name":"configuration"',
  '"outcome":"accepted"',
  'Facebook',
  '"polled":1',
  '"outcome":"done"',
  '"decision":',
  '"errors":[{"field":"health"',
  'lw_',
  "Jane's page",
];

async function addTenant({ control, json }: World, index: number): Promise<void> {
  const { name, contactEmail, tokens } = tenantAt(control, index);
  await json(['tenant', 'add', '--name', name, '--owner', contactEmail, '--refresh-token', tokens.refreshToken]);
}

const NEXT = '----- next block';

/** Every block in one shell, as a reader would type them; what each of them printed. */
async function runGuide({ env, folder, control }: World, { url }: Daemon) {
  const npx = `npx() { shift; '${process.execPath}' '${MAIN}' "$@"; }`;
  const typed = blocks.map((block) => block.replaceAll('http://localhost:8080', url)).join(`\necho '${NEXT}'\n`);
  const REFRESH_TOKEN = tenantAt(control, 2).tokens.refreshToken;
  const shell = spawn('bash', ['-e', '-o', 'pipefail', '-c', `${npx}\n${typed}`], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', ...env, REFRESH_TOKEN },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [output, errors, [status]] = await Promise.all([text(shell.stdout), text(shell.stderr), once(shell, 'close')]);
  const outputs = output.split(`${NEXT}\n`);
  return { status, outputs: status === 0 ? outputs : [...outputs, errors] };
}
