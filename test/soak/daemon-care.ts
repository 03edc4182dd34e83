import { setTimeout as pause } from 'node:timers/promises';
import type { Child } from '../support/program-child.ts';
import type { Daemon } from '../support/program-world.ts';
import type { Stage } from './stage.ts';

/** Planned further ahead than any schedule of a storm: somebody has claimed it. */
const CLAIMED_AHEAD_MS = 60_000;

export function startDaemon({ world, outage, daemons }: Stage): Child {
  const daemon = world.begin(['start'], { env: outage.env });
  daemons.push(daemon);
  return daemon;
}

export async function startListening({ world, outage, daemons }: Stage): Promise<Daemon> {
  const daemon = await world.daemon(outage.env);
  daemons.push(daemon);
  return daemon;
}

/** Gives the tenants that the daemon had claimed and left so. */
export async function stop(daemon: Child, stage: Stage): Promise<readonly string[]> {
  daemon.kill('SIGTERM');
  await daemon.ended;
  return await freeClaims(stage);
}

/**
 * No daemon lives, so every claim is a dead one's and would end by itself after ten minutes, which is longer than a
 * short storm. Gives the tenants.
 */
export async function freeClaims({ world, sandboxIds }: Stage): Promise<readonly string[]> {
  const where = { nextPollAt: { gt: new Date(Date.now() + CLAIMED_AHEAD_MS) } };
  const { tenant } = world.database.raw.db;
  const claimed = await tenant.findMany({ where, select: { id: true } });
  await tenant.updateMany({ where, data: { nextPollAt: new Date() } });
  return claimed.map(({ id }) => sandboxIds.get(id) ?? id);
}

/** Everybody's accounts are known, and known to be well. */
export async function lookAtAll(stage: Stage): Promise<void> {
  const daemon = await startListening(stage);
  await untilAsked(stage, { since: Date.now(), withinMs: 120_000 });
  stage.leftByStop.push(...(await stop(daemon, stage)));
}

/** Waits until each tenant was asked, and answered well, after `since`; gives those who were not in time. */
export async function untilAsked(
  { world, sandboxIds }: Stage,
  { since, withinMs }: Readonly<{ since: number; withinMs: number }>,
): Promise<readonly string[]> {
  const giveUpAt = Date.now() + withinMs;
  const OR = [{ lastGoodPollAt: null }, { lastGoodPollAt: { lte: new Date(since) } }];
  for (;;) {
    const unasked = await world.database.raw.db.tenant.findMany({ where: { OR }, select: { id: true } });
    if (unasked.length === 0 || Date.now() > giveUpAt) return unasked.map(({ id }) => sandboxIds.get(id) ?? id);
    await pause(LOOK_AGAIN_MS);
  }
}

const LOOK_AGAIN_MS = 250;
