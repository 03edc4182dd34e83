import { readFileSync } from 'node:fs';
import { ms } from '../support/domain-time.ts';
import type { Child } from '../support/program-child.ts';
import { tenantAt } from '../support/program-connections.ts';
import { until } from '../support/until.ts';
import type { BoundaryStage, Place } from './boundary-stage.ts';

export const signals = ['SIGKILL', 'SIGTERM', 'SIGSTOP'] as const;
export type StopSignal = (typeof signals)[number];

/** The n-th answer at one of the places, and what happens to the program before it has made anything of it. */
export type Boundary = Readonly<{ place: Place; nth: number; signal: StopSignal }>;

export type Stopped = Readonly<{
  /** False: the program came to its end before. */
  isReached: boolean;
  violations: readonly string[];
  /** Mails that came once more. */
  doubled: number;
}>;

/** Stops the program there, lets others do the rest, and looks at what came of it. */
export async function stopAt(stage: BoundaryStage, { place, nth, signal }: Boundary): Promise<Stopped> {
  let isHeld = false;
  for (const wire of Object.values(stage.wires)) wire.arm(0, async () => undefined);
  if (place !== 'statement') {
    stage.wires[place].arm(nth, async () => {
      isHeld = true;
      child.kill(signal);
      if (signal === 'SIGKILL') await child.ended;
    });
  }
  const child = await stage.begin(place === 'statement' ? { nth, signal } : undefined);
  const isFrozen = signal === 'SIGSTOP' && (await frozen(child));
  if (isFrozen) await meanwhile(stage, child);
  const { exitCode, stderr } = await child.ended;
  const isReached = isFrozen || isHeld || (place === 'statement' && isCounted(stage, exitCode, nth));
  // A signal that comes before the program listens for signals ends it at once.
  const clumsy = signal === 'SIGTERM' && (exitCode ?? 0) > 1 ? [`ended with ${exitCode}: ${stderr}`] : [];
  return { isReached, violations: [...clumsy, ...(await recover(stage))], doubled: stage.mails.length - 1 };
}

/** A program that was killed has written no count. */
function isCounted(stage: BoundaryStage, exitCode: number | null, nth: number): boolean {
  return exitCode === null || stage.statements() >= nth;
}

/** False: it ended without ever being frozen. */
async function frozen(child: Child): Promise<boolean> {
  return await until('the program is frozen, or ends', () => {
    if (!child.isRunning()) return { is: false };
    return / T /.test(readFileSync(`/proc/${child.pid}/stat`, 'latin1').replace(/\(.*\)/s, ' ')) ? { is: true } : null;
  }).then(({ is }) => is);
}

/** By then all that the frozen program has taken is free again, unless it holds a lock of the database. */
async function meanwhile(stage: BoundaryStage, child: Child): Promise<void> {
  try {
    await stage.letTimePass(ms('11m'));
    await stage.round();
  } catch {
    // Its lock keeps everybody waiting for as long as the database lets it.
  }
  child.kill('SIGCONT');
}

async function recover(stage: BoundaryStage): Promise<readonly string[]> {
  let found: readonly string[] = [];
  for (const passed of [0, ms('11m'), ms('11m')]) {
    if (passed > 0) await stage.letTimePass(passed);
    await stage.round();
    found = await faultsOf(stage);
    if (found.length === 0) break;
  }
  return found;
}

/** What must be so whatever happened: everybody asked, the owner told of the break in one mail, or that one twice. */
async function faultsOf({ mails, places }: BoundaryStage): Promise<readonly string[]> {
  const { db } = places.database.raw;
  const { contactEmail } = tenantAt(places.sandbox.control, 0);
  const [tenants, incidents] = [await db.tenant.findMany({ include: { polls: true } }), await db.incident.findMany()];
  const unsent = await db.notification.findMany({ where: { state: { not: 'sent' } } });
  const messageIds = new Set(mails.map(({ source }) => /^Message-ID: (.*)$/im.exec(source)?.[1]));
  return [
    ...(messageIds.size === 1 ? [] : [`${messageIds.size} different mails`]),
    ...(mails.length <= 2 ? [] : [`${mails.length} mails`]),
    ...mails.filter(({ to }) => to.join() !== contactEmail).map(({ to }) => `mail to ${to}`),
    ...unsent.map(({ kind, state, reason }) => `a mail is left: ${kind} ${state} ${reason}`),
    ...(incidents.length === 1 && incidents[0]?.state === 'open' ? [] : [`${incidents.length} incidents`]),
    ...incidents.filter(({ toldAt }) => toldAt === null).map(({ id }) => `${id} counts as untold`),
    ...tenants.filter(({ state }) => state !== 'active').map(({ name, state }) => `${name} is ${state}`),
    ...tenants.filter(({ polls }) => polls.length < 3).map(({ name, polls }) => `${name} has ${polls.length} polls`),
    ...tenants.flatMap(({ name, polls }) =>
      polls.filter(({ outcome }) => outcome !== 'observed').map(({ failureKind }) => `${name} failed: ${failureKind}`),
    ),
  ];
}
