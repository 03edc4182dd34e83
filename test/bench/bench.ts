/**
 * `npm run bench [NAME...]`: what polls, mails and commands cost, each beside its floor or peer in the same run.
 * Machines differ and are noisy: the ratios are the result, the absolute figures only an impression.
 * The table goes to stdout, and as JSON into `bench-results.json`. What was measured, and when, is in docs/performance.md.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { DatabaseName } from '../support/store-fixtures.ts';
import { type BenchRow, type Outcome, outcomeOf, type Sample } from './bench-row.ts';
import { benchRows } from './bench-rows.ts';
import { tableOf } from './bench-table.ts';

const RESULTS = 'bench-results.json';

const HELP = `npm run bench [-- NAME... --database sqlite|postgresql --samples N]

${benchRows.map(({ name, figures }) => `  ${name.padEnd(14)}${Object.values(figures)[0]?.title}`).join('\n')}
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { database: { type: 'string' }, samples: { type: 'string' }, help: { type: 'boolean' } },
});
const unknown = positionals.find((name) => !benchRows.some((row) => row.name === name));
if (values.help === true || unknown !== undefined) {
  process.stdout.write(unknown === undefined ? HELP : `There is no row ${unknown}.\n\n${HELP}`);
  process.exit(unknown === undefined ? 0 : 2);
}

const outcomes: Outcome[] = [];
for (const row of benchRows.filter(({ name }) => positionals.length === 0 || positionals.includes(name))) {
  for (const database of row.databases.filter(isWanted)) {
    outcomes.push(...(await measure(row, database)));
    console.log(tableOf(outcomes.slice(-Object.keys(row.figures).length)));
    writeFileSync(RESULTS, `${JSON.stringify({ node: process.version, outcomes }, null, 2)}\n`);
  }
}
console.log(`\n${tableOf(outcomes)}\n\nalso in ${RESULTS}`);
if (outcomes.some(({ holds }) => holds === false)) process.exitCode = 1;

function isWanted(database: DatabaseName): boolean {
  return values.database === undefined || database.toLowerCase() === values.database;
}

async function measure(row: BenchRow, database: DatabaseName): Promise<readonly Outcome[]> {
  const wanted = values.samples === undefined ? row.samples : Number(values.samples);
  const taken: Readonly<Record<string, Sample>>[] = [];
  while (taken.length < wanted) {
    console.log(`${row.name}, ${database}: preparing`);
    const subject = await row.prepare(database);
    try {
      do taken.push(await subject.sample());
      while (taken.length < wanted && row.isUsedUp !== true);
    } finally {
      await subject.close();
    }
  }
  return Object.entries(row.figures).map(([key, figure]) =>
    outcomeOf(
      taken.flatMap((sample) => sample[key] ?? []),
      { row: row.name, figure, database },
    ),
  );
}
