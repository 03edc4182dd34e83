/**
 * `npm run boundaries [-- --database sqlite|postgresql] [--every N]`: stops the program at every answer that it gets, of
 * Constant Contact, the database and the mail server, by `kill -9`, SIGTERM and freezing, and looks whether anything was
 * lost; ends with 1 when it was.
 */
import { parseArgs } from 'node:util';
import { startPostgres } from '../support/database-server.ts';
import type { DatabaseName } from '../support/store-fixtures.ts';
import { type Boundary, signals, stopAt } from './boundary.ts';
import { type BoundaryStage, openBoundaryStage } from './boundary-stage.ts';

const names: Readonly<Record<string, DatabaseName>> = { sqlite: 'SQLite', postgresql: 'PostgreSQL' };
const { values } = parseArgs({ options: { database: { type: 'string' }, every: { type: 'string', default: '1' } } });
const chosen = Object.entries(names).flatMap(([option, name]) =>
  (values.database ?? option) === option ? [name] : [],
);
const server = chosen.includes('PostgreSQL') && !process.env.TEST_DATABASE_URL ? await startPostgres() : null;
process.env.TEST_DATABASE_URL ??= server?.url;
let violations = 0;
for (const name of chosen) violations += await enumerate(name);
await server?.stop();
// The packages of the test's PostgreSQL end a process with 0, whatever its exit code is set to.
process.exit(violations === 0 ? 0 : 1);

async function enumerate(name: DatabaseName): Promise<number> {
  const stage = await openBoundaryStage(name);
  let found = 0;
  for (const place of ['http', 'smtp', 'statement'] as const) {
    for (const signal of signals) found += await stopEverywhere(stage, name, { place, signal });
  }
  await stage.close();
  return found;
}

async function stopEverywhere(stage: BoundaryStage, name: DatabaseName, stop: Omit<Boundary, 'nth'>): Promise<number> {
  const { place, signal } = stop;
  let [points, doubled, found] = [0, 0, 0];
  for (let nth = 1; ; nth += place === 'statement' ? Number(values.every) : 1) {
    const { isReached, violations, ...after } = await stopAt(stage, { ...stop, nth });
    if (!isReached) break;
    points += 1;
    doubled += Math.max(0, after.doubled);
    found += violations.length;
    for (const line of violations) console.log(`  ${name} ${signal} at ${place} ${nth}: ${line}`);
  }
  console.log(`${name}: ${signal} at ${points} answers (${place}), ${doubled} mails doubled`);
  return found;
}
