import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { end, LASTING_ROUND, listening, startDaemon } from '../bench-daemon.ts';
import { type BenchFleet, openBenchFleet } from '../bench-fleet.ts';
import { newKey } from '../bench-key.ts';
import type { BenchRow, Sample } from '../bench-row.ts';
import { measureChild } from '../measured-process.ts';
import { countingSettings, type Visits, visitPages } from '../page-visits.ts';

const TENANTS = Number(process.env.PAGES_TENANTS ?? 100_000);
const VISITS = 100;
/** One tenant of so many has a broken account. */
const BROKEN = 50;
const SETTINGS = { REQUEST_TIMEOUT: '60s', RECHECK_AFTER: '0s', GROUP_WAIT: '0s' };
const ALONE_S = 20;

/** By name; `{tenant}` and `{incident}` stand for one that is broken. */
const pages: Readonly<Record<string, string>> = {
  overview: '/',
  wall: '/wall',
  tenants: '/tenants',
  broken: '/tenants?health=broken',
  'by network': '/tenants?network=facebook&condition=token_invalid',
  search: '/tenants?q=bakery',
  contact: '/tenants?contact=nobody@bakery.example',
  'polls fail': '/tenants?failing=day',
  'worst first': '/tenants?order=worst',
  'by name': '/tenants?order=name',
  tenant: '/tenants/{tenant}',
  explain: '/tenants/{tenant}/explain',
  report: '/tenants/{tenant}/report?range=month',
  incidents: '/incidents',
  incident: '/incidents/{incident}',
  mail: '/mail',
  'held mail': '/mail?state=held',
  people: '/people',
  untold: '/untold',
  effect: '/effect',
  plan: '/plan',
  audit: '/audit',
  webhooks: '/webhooks',
};

/** Which processes there are while a round runs, by their options; the first of them has the pages. */
const servers = {
  together: { title: 'the round in the same process', processes: [[]] },
  apart: {
    title: 'the round in another process',
    processes: [
      ['--only', 'http'],
      ['--only', 'poll,mail,webhooks'],
    ],
  },
} as const;
type Server = keyof typeof servers;
const serverNames = Object.keys(servers) as readonly Server[];

const figureOf = (server: Server, page: string) => `first byte, ${server}: ${page}`;

const firstBytes = Object.fromEntries(
  serverNames.flatMap((server) =>
    Object.keys(pages).map((name) => [
      figureOf(server, name),
      {
        title: `first byte of the page "${name}", p99, ${servers[server].title}`,
        unit: 'ms',
        floor: 'p99 of a bare server that computes for as long as the median',
        bound: { of: 'ours', is: 'at most', limit: 50, aim: 20 },
      } as const,
    ]),
  ),
);

/** The dashboard is read while a round runs, in the same process and in another one. Fewer tenants than 100,000: PAGES_TENANTS. */
export const pagesRow: BenchRow = {
  name: 'pages',
  figures: {
    ...firstBytes,
    bytes: {
      title: `the largest page with ${TENANTS.toLocaleString('en')} tenants`,
      unit: 'kB',
      floor: null,
      bound: { of: 'ours', is: 'at most', limit: 60, aim: 40 },
    },
    statements: { title: 'the most statements of a page', unit: '', floor: null, bound: null },
    round: { title: 'polls per second meanwhile', unit: '/s', floor: 'without any reader', bound: null },
  },
  databases: ['SQLite', 'PostgreSQL'],
  samples: 3,
  prepare: async (database) => {
    const fleet = await openBenchFleet(database, { tenants: TENANTS, settings: SETTINGS });
    await breakSome(fleet);
    const addresses = await addressesIn(fleet);
    const key = await newKey(fleet, 'admin');
    const statements = await statementsOf(fleet, key, addresses);
    return {
      sample: async () => {
        const samples: Record<string, Sample> = {};
        const rounds = {
          together: await visitWhile('together', fleet, { key, addresses }),
          apart: await visitWhile('apart', fleet, { key, addresses }),
        };
        for (const server of serverNames) {
          const round = rounds[server];
          print(servers[server].title, round, statements);
          for (const { name, p99 } of round.visits) {
            samples[figureOf(server, name)] = { ours: p99, floor: round.floors.get(name) ?? null };
          }
        }
        const bytes = Object.values(rounds).flatMap(({ visits }) => visits.map((visit) => visit.bytes));
        return {
          ...samples,
          bytes: { ours: Math.max(...bytes) / 1000, floor: null },
          statements: { ours: Math.max(...statements.values()), floor: null },
          round: rounds.together.pollsPerSecond,
        };
      },
      close: () => fleet.close(),
    };
  },
};

type Round = Readonly<{
  visits: readonly Visited[];
  /** By page. */
  floors: ReadonlyMap<string, number>;
  /** Beside those without a reader. */
  pollsPerSecond: Sample;
}>;

async function visitWhile(
  server: Server,
  fleet: BenchFleet,
  { key, addresses }: Readonly<{ key: string; addresses: Readonly<Record<string, string>> }>,
): Promise<Round> {
  const daemons = servers[server].processes.map((options) => startDaemon(fleet, LASTING_ROUND, options));
  try {
    const [url = ''] = await Promise.all(daemons.map(listening));
    await wait(ALONE_S * 1000);
    const [, alone, aloneMs] = await pollsDuring(fleet, () => wait(ALONE_S * 1000));
    const [visited, polls, ms] = await pollsDuring(fleet, () =>
      visitPages(url, key, { pages: addresses, visits: VISITS }),
    );
    const visits = [...visited].map(summaryOf);
    const pollsPerSecond = { ours: (polls / ms) * 1000, floor: (alone / aloneMs) * 1000 };
    return { visits, floors: await floorsOf(visits), pollsPerSecond };
  } finally {
    await Promise.all(daemons.map(end));
  }
}

/** A round while all is well, and two that show some accounts broken; their mail finds no server. */
async function breakSome(fleet: BenchFleet): Promise<void> {
  await measureChild('poll-once.ts', [], { env: fleet.env });
  const broken = fleet.tenants.filter((_, at) => at % BROKEN === 0);
  const tenantIds = broken.map(({ id }) => id);
  await fleet.control('PATCH', 'connections', { network: 'facebook', tenantIds, status: { token_is_valid: false } });
  const where = { name: { in: broken.map(({ name }) => name) } };
  const ids = (await fleet.database.raw().db.tenant.findMany({ where })).map(({ id }) => id);
  for (let round = 0; round < 2; round += 1) await measureChild('poll-once.ts', ids, { env: fleet.env });
}

async function addressesIn(fleet: BenchFleet): Promise<Readonly<Record<string, string>>> {
  const incident = await fleet.database.raw().db.incident.findFirstOrThrow({ where: { openKey: { not: null } } });
  return Object.fromEntries(
    Object.entries(pages).map(([name, path]) => [
      name,
      path.replace('{tenant}', incident.tenantId).replace('{incident}', incident.id),
    ]),
  );
}

/** Of a page that is asked for the first time. */
async function statementsOf(
  fleet: BenchFleet,
  key: string,
  addresses: Readonly<Record<string, string>>,
): Promise<ReadonlyMap<string, number>> {
  const daemon = startDaemon(fleet, { ...LASTING_ROUND, ...countingSettings });
  const visited = await visitPages(await listening(daemon), key, { pages: addresses, visits: 1 });
  await end(daemon);
  return new Map([...visited].map(([name, { statements }]) => [name, statements]));
}

type Visited = Readonly<{ name: string; p50: number; p99: number; bytes: number }>;

function summaryOf([name, { firstBytesMs, bytes }]: readonly [string, Visits]): Visited {
  const times = firstBytesMs.toSorted((a, b) => a - b);
  const at = (share: number) => times[Math.ceil(times.length * share) - 1] ?? Number.POSITIVE_INFINITY;
  return { name, p50: at(0.5), p99: at(0.99), bytes };
}

/** What the machine makes of times as long as the medians, at this moment: the p99 of a server that only computes. */
async function floorsOf(visits: readonly Visited[]): Promise<ReadonlyMap<string, number>> {
  const server = spawn(process.execPath, [join(import.meta.dirname, '../children/busy-server.ts')]);
  const [url] = (await once(createInterface(server.stdout), 'line')) as [string];
  const paths = Object.fromEntries(visits.map(({ name, p50 }) => [name, `/?ms=${p50.toFixed(1)}`]));
  const visited = await visitPages(url, 'none', { pages: paths, visits: VISITS });
  server.stdin.end();
  await once(server, 'close');
  return new Map([...visited].map(summaryOf).map(({ name, p99 }) => [name, p99]));
}

async function pollsDuring<T>(fleet: BenchFleet, during: () => Promise<T>): Promise<readonly [T, number, number]> {
  const [before, beganAt] = [await fleet.polled(), performance.now()];
  const done = await during();
  return [done, (await fleet.polled()) - before, performance.now() - beganAt];
}

function print(title: string, { visits, floors }: Round, statements: ReadonlyMap<string, number>): void {
  console.log(title);
  console.table(
    Object.fromEntries(
      visits.map(({ name, p50, p99, bytes }) => [
        name,
        {
          'p50 ms': p50.toFixed(1),
          'p99 ms': p99.toFixed(1),
          'bare p99 ms': floors.get(name)?.toFixed(1),
          bytes,
          statements: statements.get(name),
        },
      ]),
    ),
  );
}
