/**
 * `npm run soak [MINUTES] [-- --tenants N --database sqlite|postgresql --seed TEXT --json]`: daemons that are killed
 * every 12 seconds, while the mail server, Constant Contact and the database fail now and then. Who was told what,
 * against what was true, is the result; it ends with 1 when anything was missed, false or lost.
 *
 * `npm run soak [MINUTES] -- --workers N [--tenants N --breaks N --rate N]`: so many workers on PostgreSQL, of which one is
 * killed every 20 seconds and another one frozen for a minute, again and again, while so many accounts break and recover.
 */
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startPostgres } from '../support/database-server.ts';
import type { DatabaseName } from '../support/store-fixtures.ts';
import type { Evidence } from './evidence.ts';
import { judgeStorm } from './judge-storm.ts';
import { faultLines, isGood, type Judged, soakJson, soakText } from './soak-scoreboard.ts';
import { storm } from './storm.ts';
import { rules } from './storm-settings.ts';
import { soakWorkers } from './workers-soak.ts';

const names: Readonly<Record<string, DatabaseName>> = { sqlite: 'SQLite', postgresql: 'PostgreSQL' };
const { minutes, tenants, seed, databases, asJson, fleet } = readArguments();
const say = (line: string) => console.error(line);

say(`seed ${seed}: ${tenants} tenants, ${minutes} minutes on ${databases.join(' and ')}`);
if (fleet !== null) say(`${fleet.workers} workers, ${fleet.breaks} breaks, ${fleet.rate} requests a second`);
const judged = databases.includes('PostgreSQL') ? await withPostgres(judgeAll) : await judgeAll();
console.log(asJson ? soakJson(seed, judged) : soakText(judged));
// The packages of the test's PostgreSQL end a process with 0, whatever its exit code is set to.
process.exit(judged.every(isGood) ? 0 : 1);

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      tenants: { type: 'string' },
      workers: { type: 'string' },
      breaks: { type: 'string', default: '300' },
      rate: { type: 'string', default: '60' },
      database: { type: 'string' },
      seed: { type: 'string', default: `${Date.now()}` },
      json: { type: 'boolean', default: false },
    },
  });
  const length = numberFrom('MINUTES', positionals[0] ?? '10');
  const isFleet = values.workers !== undefined;
  const chosen = isFleet ? [names.postgresql] : chosenDatabases(values.database);
  const usual = isFleet ? '3000' : length < 3 ? '30' : '150';
  return {
    minutes: length,
    // A short storm has time for few.
    tenants: numberFrom('--tenants', values.tenants ?? usual),
    fleet: isFleet
      ? {
          workers: numberFrom('--workers', values.workers ?? ''),
          breaks: numberFrom('--breaks', values.breaks),
          rate: numberFrom('--rate', values.rate),
        }
      : null,
    seed: values.seed,
    databases: chosen.map((name) => {
      if (name === undefined) throw new RangeError(`--database is one of ${Object.keys(names).join(', ')}.`);
      return name;
    }),
    asJson: values.json,
  };
}

function chosenDatabases(name: string | undefined): readonly (DatabaseName | undefined)[] {
  return name === undefined ? Object.values(names) : [names[name]];
}

function numberFrom(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new RangeError(`${name} is a number above 0, not ${text}.`);
  return value;
}

async function withPostgres<T>(work: () => Promise<T>): Promise<T> {
  if (process.env.TEST_DATABASE_URL) return await work();
  const server = await startPostgres();
  process.env.TEST_DATABASE_URL = server.url;
  return await work().finally(() => server.stop());
}

async function judgeAll(): Promise<readonly Judged[]> {
  if (fleet !== null) return [await judgeWorkers(fleet)];
  const all: Judged[] = [];
  for (const database of databases) all.push(await judgeOne(database));
  return all;
}

async function judgeOne(database: DatabaseName): Promise<Judged> {
  const { evidence, falls, freedClaims, log } = await storm({
    database,
    seed,
    tenants,
    minutes,
    say: (line) => say(`${database}: ${line}`),
  });
  const { breaks, mails, kills, outages } = evidence;
  const one: Judged = {
    database,
    falls,
    freedClaims,
    verdict: judgeStorm(evidence, rules),
    breaks: breaks.length,
    mails: mails.length,
    kills: kills.length,
    outages: outages.length,
  };
  if (!isGood(one)) keepForReader(one, evidence, log);
  return one;
}

async function judgeWorkers(options: NonNullable<typeof fleet>): Promise<Judged> {
  const { judged: one, evidence, log } = await soakWorkers({ ...options, tenants, minutes, seed, say });
  if (!isGood(one)) keepForReader(one, evidence, log);
  return one;
}

/** For whoever has to find out why: what was found, what happened, and what the daemons logged. */
function keepForReader(one: Judged, evidence: Evidence, log: string): void {
  for (const line of faultLines(one)) say(line);
  const name = join(tmpdir(), `linkwatch-soak-${one.database.toLowerCase()}-${seed}`);
  writeFileSync(`${name}.log`, log);
  writeFileSync(`${name}.json`, JSON.stringify(evidence));
  say(`${one.database}: what the daemons logged is in ${name}.log, and what happened in ${name}.json`);
}
