import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PrismaClient } from '../../src/store/model.ts';

/** Processor time of PostgreSQL's processes, in clock ticks: those of the queue's connections, and of all workers'. */
export async function serverTimes(db: PrismaClient): Promise<Readonly<{ queue: number; all: number }>> {
  const sessions = await db.$queryRawUnsafe<readonly { pid: number; name: string }[]>(
    `SELECT pid, application_name AS name FROM pg_stat_activity
     WHERE application_name LIKE 'linkwatch%' AND pid <> pg_backend_pid() AND datname = current_database()`,
  );
  const times = sessions.map(({ pid, name }) => ({ name, ticks: ticksOf(pid) }));
  const sum = (ofQueue: boolean) =>
    times.filter(({ name }) => !ofQueue || name === 'linkwatch queue').reduce((total, { ticks }) => total + ticks, 0);
  return { queue: sum(true), all: sum(false) };
}

/** User and system time; 0 for a session that has ended. */
function ticksOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return Number(fields[11]) + Number(fields[12]);
  } catch {
    return 0;
  }
}

type Frame = Readonly<{ functionName: string; url: string }>;
type ProfileNode = Readonly<{ id: number; callFrame: Frame; children?: readonly number[] }>;
type Profile = Readonly<{ nodes: readonly ProfileNode[]; samples: readonly number[]; timeDeltas: readonly number[] }>;

/** Of the time in which the workers of these profiles were at work, the part below a call of the queue. */
export function queueShareOfProfiles(folder: string): number {
  const profiles = readdirSync(folder).filter((name) => name.endsWith('.cpuprofile'));
  const times = profiles.map((name) => timesOf(JSON.parse(readFileSync(join(folder, name), 'utf8')) as Profile));
  const sum = (of: 'queue' | 'all') => times.reduce((total, time) => total + time[of], 0);
  return sum('queue') / sum('all');
}

function timesOf({ nodes, samples, timeDeltas }: Profile): Readonly<{ queue: number; all: number }> {
  const parentOf = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
  const frameOf = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const isOfQueue = (id: number | undefined): boolean => {
    if (id === undefined) return false;
    const { url = '' } = frameOf.get(id) ?? {};
    return url.includes('/pg-boss/') || url.includes('/src/queue/pg-boss') || isOfQueue(parentOf.get(id));
  };
  const time = { queue: 0, all: 0 };
  for (const [index, id] of samples.entries()) {
    if (frameOf.get(id)?.functionName === '(idle)') continue;
    const delta = timeDeltas[index] ?? 0;
    time.all += delta;
    if (isOfQueue(id)) time.queue += delta;
  }
  return time;
}
