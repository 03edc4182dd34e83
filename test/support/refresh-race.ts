import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Random, seededRandom } from '../../src/sandbox/seeded-random.ts';
import { createEncryption } from '../../src/store/encryption.ts';
import { openStores } from '../../src/store/open-stores.ts';
import { withCompileCache } from './program-child.ts';
import type { World } from './program-world.ts';
import type { Says, Told } from './refresh-worker.ts';

const WORKER = join(import.meta.dirname, 'refresh-worker.ts');

/** When in a round a process is killed, if one is. */
type Kill = 'nobody' | 'nobody_slowly' | 'as_it_presents' | 'as_it_has_the_answer' | 'anybody';
const kills: readonly Kill[] = [
  ...(['nobody', 'as_it_presents', 'nobody_slowly', 'as_it_has_the_answer', 'anybody'] as const),
  ...(['nobody', 'anybody', 'nobody_slowly', 'as_it_has_the_answer', 'anybody'] as const),
];

export type RaceFigures = {
  rounds: number;
  refreshes: number;
  killed: number;
  /** A killed process had presented the refresh token, and its answer was not stored; the tenant's state says so. */
  lostByKill: number;
  /** A grant died for any other reason. */
  lostOtherwise: number;
  /** A spent refresh token was presented although no process was killed. */
  reusedWithoutKill: number;
  failures: string[];
};

type Racer = Readonly<{ child: ChildProcess; said: Says[]; heard: EventEmitter }>;
type Race = Readonly<{ world: World; tenantId: string; racers: Racer[]; random: Random; figures: RaceFigures }>;

/** So many rounds, in each of which ten processes refresh the grant of one tenant at the same moment. */
export async function raceForGrant(world: World, { rounds, seed }: Readonly<{ rounds: number; seed: string }>) {
  const [tenantId = ''] = await world.importTenants();
  await world.json(['poll']);
  const figures: RaceFigures = {
    rounds: 0,
    refreshes: 0,
    killed: 0,
    lostByKill: 0,
    lostOtherwise: 0,
    reusedWithoutKill: 0,
    failures: [],
  };
  const racers = await Promise.all(Array.from({ length: 10 }, () => aRacer(world)));
  const race: Race = { world, tenantId, racers, random: seededRandom(seed), figures };
  const encryption = createEncryption([Buffer.from(world.env.ENCRYPTION_KEY ?? '', 'base64')]);
  const stores = openStores({ databaseUrl: world.database.url, encryption });
  try {
    for (let round = 0; round < rounds; round += 1) {
      const stored = await stores.grants.read(tenantId);
      await runRound(race, { kill: kills[round % kills.length] ?? 'nobody', rejected: stored?.accessToken ?? '' });
      const after = await stores.grants.read(tenantId);
      checkTokens(race, after?.accessToken ?? '');
      figures.rounds += 1;
      for (const { said } of racers) said.length = 0;
    }
  } finally {
    for (const { child } of racers) child.kill('SIGKILL');
    await stores.close();
  }
  return figures;
}

async function aRacer({ env }: World): Promise<Racer> {
  const child = fork(WORKER, [], {
    execArgv: [],
    env: { PATH: process.env.PATH, ...withCompileCache, ...env, LOG_LEVEL: 'error' },
  });
  const racer: Racer = { child, said: [], heard: new EventEmitter() };
  child.on('message', (what: Says) => {
    racer.said.push(what);
    racer.heard.emit(what.kind);
  });
  child.on('exit', () => racer.heard.emit('dead'));
  await once(racer.heard, 'ready');
  return racer;
}

/** One round: all begin at once, one may be killed, all others come to their end. */
async function runRound(race: Race, { kill, rejected }: Readonly<{ kill: Kill; rejected: string }>): Promise<void> {
  const { world, tenantId, racers, random, figures } = race;
  const delayMs = Math.floor(random() * (kill === 'nobody_slowly' ? 2500 : 500));
  world.control.clearScript();
  world.control.script({ route: 'token', answer: { kind: 'usual', delayMs } });
  const before = world.control.counters();
  const told: Told = { tenantId, rejected };
  const roundOver = new AbortController();
  const { signal } = roundOver;
  const ended = racers.map((racer) => toSay(racer, ['got', 'failed', 'dead'], signal));
  const killed = killOne(race, { kill, delayMs, signal });
  for (const { child } of racers) child.send(told);
  const victim = await killed;
  await Promise.all(ended);
  roundOver.abort();
  const after = world.control.counters();
  figures.refreshes += after.refreshes - before.refreshes;
  if (victim !== null) figures.killed += 1;
  else if (after.reusedRefreshTokens > before.reusedRefreshTokens) figures.reusedWithoutKill += 1;
  if (hasLost(racers)) await authoriseAgain(race, victim);
  if (victim !== null) racers[racers.indexOf(victim)] = await aRacer(world);
}

/** The same racer, as soon as it has said one of these. */
async function toSay(racer: Racer, kinds: readonly string[], signal: AbortSignal): Promise<Racer> {
  await Promise.race(kinds.map((kind) => once(racer.heard, kind, { signal })));
  return racer;
}

type Killing = Readonly<{ kill: Kill; delayMs: number; signal: AbortSignal }>;

/** The process that was killed; null when none was, because all were faster. */
async function killOne(race: Race, { kill, delayMs, signal }: Killing): Promise<Racer | null> {
  const { racers, random } = race;
  if (kill === 'nobody' || kill === 'nobody_slowly') return null;
  const victim = await (kill === 'anybody'
    ? pause(random() * (delayMs + 300)).then(() => racers[Math.floor(random() * racers.length)])
    : Promise.race(racers.map((racer) => toSay(racer, [moments[kill]], signal))));
  if (victim === undefined || victim.said.some(isOver)) return null;
  const dead = once(victim.heard, 'dead');
  victim.child.kill('SIGKILL');
  await dead;
  await endLeaseOf(victim, race);
  return victim;
}

const moments = { as_it_presents: 'presents', as_it_has_the_answer: 'has_answer' } as const;

function isOver({ kind }: Says): boolean {
  return kind === 'got' || kind === 'failed';
}

/** The dead process's lease ends by itself after at most three minutes, which nobody here waits for. */
async function endLeaseOf({ child }: Racer, { world, tenantId }: Race): Promise<void> {
  await world.database.raw.db.credential.updateMany({
    where: { tenantId, refreshLeaseBy: { startsWith: `${child.pid}-` } },
    data: { refreshLeaseUntil: null, refreshLeaseBy: null },
  });
}

function hasLost(racers: readonly Racer[]): boolean {
  return racers.some(({ said }) => said.some((what) => what.kind === 'failed' && what.failure === 'invalid_grant'));
}

/** A grant may only be lost with a process that had presented the refresh token; then the tenant's state says so. */
async function authoriseAgain({ world, tenantId, figures }: Race, victim: Racer | null): Promise<void> {
  const hadPresented = victim?.said.some(({ kind }) => kind === 'presents') === true;
  if (hadPresented) figures.lostByKill += 1;
  else figures.lostOtherwise += 1;
  world.control.clearScript();
  world.control.expireAccessTokens();
  await world.run(['poll', '--tenant', tenantId]);
  const { state } = await world.json<{ state: string }>(['tenant', 'show', tenantId]);
  if (state !== 'reauthorize') figures.failures.push(`round ${figures.rounds}: a lost grant shows as ${state}`);
  const [tenant] = world.control.tenants();
  const { refreshToken } = world.control.authorise(tenant?.id ?? '');
  await world.json(['tenant', 'update', tenantId, '--refresh-token', '-'], { stdin: `${refreshToken}\n` });
  await world.json(['poll', '--tenant', tenantId]);
}

/** Whoever came to an end with a token has the one that is stored. */
function checkTokens({ racers, figures }: Race, stored: string): void {
  for (const { said } of racers) {
    for (const what of said) {
      if (what.kind === 'failed' && what.failure !== 'invalid_grant') {
        figures.failures.push(`round ${figures.rounds}: ${what.failure}`);
      }
    }
  }
  const wasLost = hasLost(racers);
  const others = racers.flatMap(({ said }) =>
    said.filter((what) => what.kind === 'got' && what.accessToken !== stored),
  );
  if (!wasLost && others.length > 0) figures.failures.push(`round ${figures.rounds}: ${others.length} other tokens`);
}
