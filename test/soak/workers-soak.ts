import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { stringify } from 'csv-stringify/sync';
import type { CaughtMail } from '../../src/sandbox/caught-mail.ts';
import type { SandboxTenant } from '../../src/sandbox/control.ts';
import { seededRandom } from '../../src/sandbox/seeded-random.ts';
import type { MailAnswer, TenantsAnswer } from '../support/program-answers.ts';
import type { Child } from '../support/program-child.ts';
import type { Environment } from '../support/program-places.ts';
import { type World, withWorld } from '../support/program-world.ts';
import { storedPolls } from '../support/stored-polls.ts';
import type { Evidence } from './evidence.ts';
import { judgeStorm, type Rules } from './judge-storm.ts';
import type { Judged } from './soak-scoreboard.ts';
import { createSteadyLife, type SteadyLife } from './steady-life.ts';
import { readTakenMail } from './taken-mail.ts';
import { type FleetUnderFire, keepUnderFire } from './workers-under-fire.ts';

export type WorkersOptions = Readonly<{
  workers: number;
  tenants: number;
  breaks: number;
  minutes: number;
  /** The key's limit of requests a second. */
  rate: number;
  seed: string;
  say(line: string): void;
}>;

const KILL_EVERY_MS = 20_000;
const FREEZE_MS = 60_000;
const TICK_MS = 100;
const PROGRESS_MS = 30_000;
/** Of the time, in which accounts break; the rest is for the last ones to be told and thanked. */
const BREAKING_SHARE = 0.6;
const END_WITHIN_MS = 10 * 60_000;

const rules: Rules = { confirmPolls: 2, recoveryPolls: 2, recheckAfterMs: 10_000 };

/** All tenants are due at the same moment of each minute, which is what the workers' queue is for. */
const settingsFor = (rate: number): Environment => ({
  POLL_SCHEDULE: '0 * * * * *',
  POLL_SPREAD: 'off',
  RECHECK_AFTER: `${rules.recheckAfterMs}ms`,
  GROUP_WAIT: '1s',
  REMIND_AFTER: 'off',
  DIGEST_AT: 'off',
  FLAP_CHANGES: '1000',
  FLEET_MIN: '1000',
  MAIL_BRAKE: '1000000',
  CONSTANT_CONTACT_REQUESTS_PER_SECOND: String(rate),
});

/** Workers that are killed and frozen while accounts break: who was told what, against what was true. */
export async function soakWorkers(
  options: WorkersOptions,
): Promise<Readonly<{ judged: Judged; evidence: Evidence; log: string }>> {
  const heard: { mail(caught: CaughtMail): void } = { mail: () => {} };
  const places = {
    ...({ database: 'PostgreSQL', tenants: options.tenants, settings: settingsFor(options.rate) } as const),
    onMail: (caught: CaughtMail) => heard.mail(caught),
  };
  return await withWorld(places, (world) => play(world, options, heard));
}

async function play(world: World, options: WorkersOptions, heard: { mail(caught: CaughtMail): void }) {
  const { control } = world;
  const { seed, tenants, breaks, minutes, workers, say } = options;
  const life = createSteadyLife({
    control,
    breaks,
    random: seededRandom(`${seed}/life`),
    withinMs: minutes * 60_000 * BREAKING_SHARE,
  });
  const tenantOf = new Map(control.tenants().map((tenant, index) => [ownerOf(tenant, index), tenant.id]));
  const mails: ReturnType<typeof readTakenMail>[] = [];
  heard.mail = (caught) => {
    const mail = readTakenMail(caught, { tenantOf, isDropped: false });
    mails.push(mail);
    life.hear(mail);
  };
  const ids = await importTenants(world);
  const sandboxIds = new Map(control.tenants().map(({ id }, index) => [ids[index] ?? '', id]));
  say(`${tenants} tenants are imported`);

  const children: Child[] = [];
  const end = new AbortController();
  const fleet = keepUnderFire({
    workers,
    random: seededRandom(`${seed}/fire`),
    killEveryMs: KILL_EVERY_MS,
    freezeMs: FREEZE_MS,
    signal: end.signal,
    start: () => {
      const child = world.begin(['start']);
      children.push(child);
      return child;
    },
  });
  await untilAsked(world, 0);
  say('each was asked once, and now they break');
  control.resetCounters();
  const lag = monitorEventLoopDelay({ resolution: 10 });
  lag.enable();
  // Not before: a worker that is killed between a refresh and its storing loses the grant, whatever it does.
  const firing = fleet.fire();
  await goOn(life, mails, { ...options, end });
  const fire = await firing;
  say('nobody is killed or frozen any more');
  await settle(life, say);
  const unasked = await untilAsked(world, Date.now());
  const most = control.counters().mostPerSecond.api;
  const stopped = await fleet.stop();
  const evidence = await gather(world, { life, mails, fire, sandboxIds, unasked });
  const beyond = [
    ...fire.deaths.map((death) => `a worker that nobody killed ${death}`),
    ...stopped.flatMap(({ exitCode, signal }) =>
      exitCode === 0 ? [] : [`a worker stopped with ${exitCode ?? signal}`],
    ),
    ...rateProblem(most, options.rate, lag.max / 1e6),
  ];
  say(`at most ${most} requests within a second of ${options.rate} allowed; ${fire.freezes.length} freezes`);
  const log = children.map((child, index) => `--- worker ${index + 1}\n${child.stderr()}`).join('\n');
  return { judged: judgedOf(evidence, beyond), evidence, log };
}

/** Of thousands of made-up businesses some have one address. */
function ownerOf({ contactEmail }: SandboxTenant, index: number): string {
  return `${index}.${contactEmail}`;
}

async function importTenants({ folder, control, json }: World): Promise<readonly string[]> {
  const file = join(folder, 'tenants.csv');
  const rows = control.tenants().map((tenant, index) => ({
    name: tenant.name,
    owner: ownerOf(tenant, index),
    timezone: tenant.timeZone,
    refresh_token: tenant.tokens.refreshToken,
  }));
  writeFileSync(file, stringify(rows, { header: true }));
  const { tenants } = await json<{ tenants: readonly { id: string }[] }>(['tenant', 'import', file]);
  rmSync(file);
  return tenants.map(({ id }) => id);
}

/** Until the time is over. */
async function goOn(
  life: SteadyLife,
  mails: readonly unknown[],
  { minutes, say, end }: WorkersOptions & Readonly<{ end: AbortController }>,
): Promise<void> {
  const began = Date.now();
  let saidAt = began;
  for (let now = began; now < began + minutes * 60_000; now = Date.now()) {
    life.goOn(now);
    if (now >= saidAt + PROGRESS_MS) {
      saidAt = now;
      const seconds = Math.round((now - began) / 1000);
      say(`${seconds} s: ${life.breaks().length} breaks, ${life.toldSoFar()} told, ${mails.length} mails`);
    }
    await pause(TICK_MS);
  }
  end.abort();
}

/** Until each break is told, repaired and thanked for, or that takes too long. */
async function settle(life: SteadyLife, say: WorkersOptions['say']): Promise<void> {
  const giveUpAt = Date.now() + END_WITHIN_MS;
  for (let now = Date.now(); !life.isOver() && now < giveUpAt; now = Date.now()) {
    life.goOn(now);
    await pause(TICK_MS);
  }
  say(life.isOver() ? 'every owner was told and thanked' : 'it took too long');
}

/** Those that were not asked, and did not answer well, after `since`. */
async function untilAsked({ database }: World, since: number): Promise<readonly string[]> {
  const OR = [{ lastGoodPollAt: null }, { lastGoodPollAt: { lte: new Date(since) } }];
  for (const giveUpAt = Date.now() + END_WITHIN_MS; ; await pause(500)) {
    const unasked = await database.raw.db.tenant.findMany({ where: { OR }, select: { id: true } });
    if (unasked.length === 0 || Date.now() > giveUpAt) return unasked.map(({ id }) => id);
  }
}

type Gathered = Readonly<{
  life: SteadyLife;
  mails: Evidence['mails'];
  fire: FleetUnderFire;
  sandboxIds: ReadonlyMap<string, string>;
  unasked: readonly string[];
}>;

async function gather({ database, json, control }: World, found: Gathered): Promise<Evidence> {
  const { life, mails, fire, sandboxIds, unasked } = found;
  const nameOf = (id: string) => sandboxIds.get(id) ?? id;
  const observed = (await storedPolls(database.raw)).filter(({ outcome }) => outcome === 'observed');
  const { mail } = await json<MailAnswer>(['mail', 'list', '--limit', '999999']);
  const { tenants } = await json<TenantsAnswer>(['tenant', 'list']);
  return {
    breaks: life.breaks(),
    mails,
    kills: fire.kills,
    outages: fire.freezes,
    mailTroubles: [],
    polls: observed.map(({ tenantId, at, durationMs }) => ({
      tenantId: nameOf(tenantId),
      from: at - durationMs,
      to: at,
    })),
    listed: mail.map(({ messageId, tenantId, kind, outcomeUnknown }) => ({
      messageId,
      kind,
      outcomeUnknown,
      tenantId: tenantId === null ? null : nameOf(tenantId),
    })),
    tenants: tenants.map(({ id, state }) => ({ tenantId: nameOf(id), state, isAskedWell: !unasked.includes(id) })),
    reusedTokens: control.counters().reusedRefreshTokens,
    unaskedAfterOutage: [],
    leftByStop: [],
  };
}

/** A request that arrives while this process is busy is counted late: by so much may they seem closer together. */
function rateProblem(most: number, rate: number, lagMs: number): readonly string[] {
  if (rate === 0 || most <= Math.ceil(rate * (1 + lagMs / 1000))) return [];
  return [
    `${most} requests within a second, and the key allows ${rate} (this process was busy for ${Math.round(lagMs)} ms)`,
  ];
}

function judgedOf(evidence: Evidence, beyond: readonly string[]): Judged {
  const verdict = judgeStorm(evidence, rules);
  const most = evidence.kills.length + evidence.outages.length;
  const tooMany =
    verdict.repeats.length > most
      ? [`${verdict.repeats.length} mails came twice, after ${most} kills and freezes`]
      : [];
  return {
    database: 'PostgreSQL',
    verdict,
    falls: 0,
    freedClaims: 0,
    beyond: [...beyond, ...tooMany],
    breaks: evidence.breaks.length,
    mails: evidence.mails.length,
    kills: evidence.kills.length,
    outages: evidence.outages.length,
  };
}
