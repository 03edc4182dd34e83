/**
 * `npm run faults [-- --database sqlite|postgresql] [--only TEXT]`: fails each statement of each use case in turn, refused
 * and done without an answer, and tells what came of it; ends with 1 when anything was lost, told wrongly or stuck.
 */
import { parseArgs } from 'node:util';
import { startPostgres } from '../support/database-server.ts';
import { createTestDatabase, type DatabaseName } from '../support/store-fixtures.ts';
import { type Enumerated, enumerateFailures } from './nth-failure.ts';
import { prepareFleet } from './prepared-fleet.ts';
import { statementSeam } from './statement-seam.ts';
import { useCases } from './use-cases.ts';

const names: Readonly<Record<string, DatabaseName>> = { sqlite: 'SQLite', postgresql: 'PostgreSQL' };
const options = { database: { type: 'string' }, only: { type: 'string', default: '' } } as const;
const { database, only } = parseArgs({ options }).values;
const chosen = Object.entries(names).flatMap(([option, name]) => ((database ?? option) === option ? [name] : []));
const server = chosen.includes('PostgreSQL') && !process.env.TEST_DATABASE_URL ? await startPostgres() : null;
process.env.TEST_DATABASE_URL ??= server?.url;
let violations = 0;
for (const name of chosen) violations += await enumerateOn(name);
await server?.stop();
// The packages of the test's PostgreSQL end a process with 0, whatever its exit code is set to.
process.exit(violations === 0 ? 0 : 1);

async function enumerateOn(name: DatabaseName): Promise<number> {
  const seam = statementSeam(name);
  const bench = { database: await createTestDatabase(name), seam };
  await prepareFleet(bench.database, seam);
  let found = 0;
  for (const useCase of useCases.filter((each) => each.name.includes(only))) {
    const enumerated = await enumerateFailures(useCase, bench, 'all');
    tell(`${name}: ${useCase.name}`, enumerated);
    found += enumerated.violations.length;
  }
  await bench.database.drop();
  return found;
}

function tell(what: string, { statements, runs, doubled, violations }: Enumerated): void {
  console.log(
    `${what}: ${statements} statements, ${runs} failures, ${doubled} doubled, ${violations.length} violations`,
  );
  for (const { nth, way, statement, got, wanted } of violations) {
    console.log(`  statement ${nth} ${way}: ${statement.slice(0, 300)}\n${difference(wanted, got)}`);
  }
}

function difference(wanted: string, got: string): string {
  const [before, after] = [wanted.split('\n'), got.split('\n')];
  const missing = before.filter((line) => !after.includes(line)).map((line) => `  - ${line}`);
  return [...missing, ...after.filter((line) => !before.includes(line)).map((line) => `  + ${line}`)].join('\n');
}
