import { setTimeout as pause } from 'node:timers/promises';
import type { MailAnswer, TenantsAnswer } from '../support/program-answers.ts';
import { storedPolls } from '../support/stored-polls.ts';
import { until } from '../support/until.ts';
import { startListening, stop, untilAsked } from './daemon-care.ts';
import type { Evidence, Span } from './evidence.ts';
import type { Stage } from './stage.ts';
import { AWAY_MS } from './troubles.ts';

type AfterCalm = Pick<Evidence, 'listed' | 'tenants' | 'unaskedAfterOutage'> & Readonly<{ outages: readonly Span[] }>;

/** Mail whose arrival is unknown waits for hours; so much time is left out, again and again, until nothing is due. */
const ROUNDS = 8;
const QUIET_WITHIN_MS = 120_000;
const SOON_MS = 60_000;

/** What follows a storm: all that is due is done; one more outage, which the daemon survives; every grant is tried. */
export async function calmDown(stage: Stage, say: (line: string) => void): Promise<AfterCalm> {
  await settle(stage, say);
  const { outage, unasked } = await outliveOutage(stage);
  say(`after an outage of the database ${unasked.length} tenants were not asked soon`);
  await settle(stage, say);
  const tenants = await tryGrants(stage);
  const { json } = stage.world;
  const { mail } = await json<MailAnswer>(['mail', 'list', '--limit', '999999']);
  return {
    listed: mail.map(({ messageId, tenantId, kind, outcomeUnknown }) => ({
      messageId,
      kind,
      outcomeUnknown,
      tenantId: tenantId === null ? null : (stage.sandboxIds.get(tenantId) ?? tenantId),
    })),
    tenants,
    unaskedAfterOutage: unasked,
    outages: [outage],
  };
}

async function settle(stage: Stage, say: (line: string) => void): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const daemon = await startListening(stage);
    await untilQuiet(stage, Date.now());
    stage.leftByStop.push(...(await stop(daemon, stage)));
    await notePolls(stage);
    const laterMs = await nextDueInMs(stage);
    if (laterMs === null) return;
    say(`${Math.ceil(laterMs / 60_000)} minutes are left out`);
    await stage.world.letTimePass(laterMs);
  }
}

/** Nothing that is due is left to do, and nothing is in doubt. */
async function untilQuiet({ world }: Stage, since: number): Promise<void> {
  const { db } = world.database.raw;
  for (const giveUpAt = Date.now() + QUIET_WITHIN_MS; Date.now() < giveUpAt; await pause(500)) {
    const soon = new Date(Date.now() + SOON_MS);
    const unasked = { OR: [{ lastPolledAt: null }, { lastPolledAt: { lte: new Date(since) } }] };
    const left = [
      await db.tenant.count({ where: { nextPollAt: { lte: soon }, ...unasked } }),
      await db.incident.count({ where: { state: { in: ['suspected', 'recovering'] } } }),
      await db.notification.count({ where: { state: 'pending', dueAt: { lte: soon } } }),
    ];
    if (left.every((count) => count === 0)) return;
  }
}

/** Until the last mail that waits is due; null when none waits. */
async function nextDueInMs({ world }: Stage): Promise<number | null> {
  const { db } = world.database.raw;
  const mails = await db.notification.findMany({ where: { state: 'pending' }, select: { dueAt: true } });
  if (mails.length === 0) return null;
  return Math.max(0, Math.max(...mails.map(({ dueAt }) => dueAt.getTime())) - Date.now()) + 1_000;
}

/** Only while no daemon lives, as leaving time out moves what is stored: each poll is noted once, as it was. */
async function notePolls({ world, polls, sandboxIds, noted }: Stage): Promise<void> {
  const observed = (await storedPolls(world.database.raw)).filter(({ outcome }) => outcome === 'observed');
  for (const [row, all] of Map.groupBy(observed, (poll) => poll.row)) {
    for (const { tenantId, at, durationMs } of all.slice(noted.get(row) ?? 0)) {
      polls.push({ tenantId: sandboxIds.get(tenantId) ?? '', from: at - durationMs, to: at });
    }
    noted.set(row, all.length);
  }
}

async function outliveOutage(stage: Stage): Promise<Readonly<{ outage: Span; unasked: readonly string[] }>> {
  const daemon = await startListening(stage);
  await untilAsked(stage, { since: Date.now(), withinMs: SOON_MS });
  await untilRoundWaits(stage);
  const from = Date.now();
  await stage.outage.begin();
  await pause(AWAY_MS);
  await stage.outage.end();
  const to = Date.now();
  const unasked = await untilAsked(stage, { since: to, withinMs: SOON_MS });
  await stop(daemon, stage);
  return { outage: { from, to }, unasked };
}

/** Tenants are claimed, and their answers come when the database is away: what can go wrong then does. */
async function untilRoundWaits({ world: { control } }: Stage): Promise<void> {
  control.script({ route: 'connections', answer: { kind: 'usual', delayMs: 2_000 } });
  const asked = () => control.counters().requests.connections;
  const before = asked();
  await until('a round waits for answers', () => asked() > before);
  control.clearScript();
}

/** Every access token is useless from now on, so only a grant that still works lets its tenant be asked. */
async function tryGrants(stage: Stage): Promise<Evidence['tenants']> {
  const { world, sandboxIds } = stage;
  const since = Date.now();
  world.control.expireAccessTokens();
  const daemon = await startListening(stage);
  const unasked = new Set(await untilAsked(stage, { since, withinMs: QUIET_WITHIN_MS }));
  stage.leftByStop.push(...(await stop(daemon, stage)));
  await notePolls(stage);
  const { tenants } = await world.json<TenantsAnswer>(['tenant', 'list']);
  return tenants.map(({ id, state }) => {
    const tenantId = sandboxIds.get(id) ?? id;
    return { tenantId, state, isAskedWell: !unasked.has(tenantId) };
  });
}
