import { seededRandom } from '../../src/sandbox/seeded-random.ts';
import type { World } from '../support/program-world.ts';
import { freeClaims, lookAtAll, startDaemon } from './daemon-care.ts';
import type { Span } from './evidence.ts';
import type { Stage } from './stage.ts';
import {
  databaseTroubles,
  mailTroubles,
  passed,
  type RunningTrack,
  startTrack,
  type Track,
  upstreamTroubles,
} from './troubles.ts';
import { liveUnderFire } from './under-fire.ts';

export type Rage = Readonly<{
  kills: readonly number[];
  falls: readonly number[];
  outages: readonly Span[];
  mailTroubles: readonly Span[];
  freedClaims: number;
}>;

export type RageOptions = Readonly<{ minutes: number; say(line: string): void }>;

const KILL_EVERY_MS = 12_000;
const TICK_MS = 100;
const PROGRESS_MS = 30_000;

/** Breaks accounts, kills daemons and makes everything around them fail, for so many minutes. */
export async function rageFor(stage: Stage, { minutes, say }: RageOptions): Promise<Rage> {
  const { world, outage, life, seed, mailTrack } = stage;
  await lookAtAll(stage);
  const end = AbortSignal.timeout(minutes * 60_000);
  const begin = (track: Track) => startTrack(track, seededRandom(`${seed}/${track.name}`), end);
  const mail = begin(mailTroubles(world));
  const database = begin(databaseTroubles(outage));
  const tracks = [mail, begin(upstreamTroubles(world)), database];
  mailTrack.current = mail;
  const mayKill = createKillGuard(world, database);
  let freedClaims = 0;
  const fire = liveUnderFire({
    start: () => startDaemon(stage),
    prepare: async () => {
      // An outage may begin meanwhile: the claims are freed before the next start.
      if (database.now() === null) freedClaims += (await freeClaims(stage).catch(() => [])).length;
    },
    mayKill,
    killEveryMs: KILL_EVERY_MS,
    signal: end,
  });
  const progress = createProgress(stage, tracks, say);
  while (await passed(TICK_MS, end)) {
    // The guard has to see when tokens are refreshed.
    mayKill();
    life.goOn(Date.now());
    progress();
  }
  const { kills, falls } = await fire;
  await Promise.all(tracks.map(({ ended }) => ended));
  mailTrack.current = null;
  return {
    kills,
    falls,
    freedClaims: freedClaims + (await freeClaims(stage)).length,
    outages: database.spans(),
    mailTroubles: mail.spans(),
  };
}

function createProgress({ life, mails }: Stage, tracks: readonly RunningTrack[], say: RageOptions['say']): () => void {
  const began = Date.now();
  let saidAt = began;
  return () => {
    const now = Date.now();
    if (now < saidAt + PROGRESS_MS) return;
    saidAt = now;
    const troubles = tracks.map(({ name, now: present }) => `${name} ${present() ?? 'fine'}`).join(', ');
    say(`${Math.round((now - began) / 1000)} s: ${life.breaks().length} breaks, ${mails.length} mails; ${troubles}`);
  };
}

/** By far longer than it takes to store a grant in a database that is there. */
const GRANT_STORED_MS = 1_000;
/** A grant that waits for its database is stored this soon after it is back. */
const WAITING_GRANT_STORED_MS = 5_000;

/**
 * A kill between a refresh and the storing of its grant costs the grant, whatever a program does. So no daemon is
 * killed as long as a new grant may not be stored yet.
 */
function createKillGuard({ control }: World, database: RunningTrack): () => boolean {
  let refreshes = 0;
  let refreshedAt = 0;
  return () => {
    const now = Date.now();
    const counted = control.counters().refreshes;
    if (counted !== refreshes) [refreshes, refreshedAt] = [counted, now];
    const outage = database.spans().at(-1);
    if (outage === undefined || refreshedAt + GRANT_STORED_MS < outage.from || refreshedAt > outage.to) {
      return now > refreshedAt + GRANT_STORED_MS;
    }
    return database.now() === null && now > outage.to + WAITING_GRANT_STORED_MS;
  };
}
