import type { AlertSettings } from '../../src/domain/model/settings.ts';
import { HOUR_MS, type Instant, MINUTE_MS, SECOND_MS } from '../../src/domain/model/time.ts';
import type { Mailer, Stores, WebhookSender } from '../../src/monitoring/ports.ts';
import { seededRandom } from '../../src/sandbox/seeded-random.ts';
import { aContact, aTenant, aWebhook } from '../support/builders.ts';
import { alertSettings } from '../support/domain-settings.ts';
import { createMemoryStores, type MemoryStores } from '../support/memory-store.ts';
import { planSpreadHourly } from '../support/schedules.ts';
import type { Evidence } from './evidence.ts';
import { nextDueAt, undone } from './memory-due.ts';
import { operatorCommands, type Planned } from './operator-commands.ts';
import { type Seen, simulatedMailer, simulatedReceivers, simulatedUpstream } from './outside.ts';
import { firstPeople, isMishap, type Mishap, type Plan } from './plan.ts';
import { receiverUrls } from './receivers.ts';
import { type SimClock, simClock } from './sim-clock.ts';
import { grantOf, type SimulatedTokens, simulatedTokens } from './tokens.ts';
import { weatherOf } from './weather.ts';
import { type Surroundings, startWorker, type Worker } from './worker.ts';

/** Linkwatch looks each second; nothing that is promised here depends on that. */
const LOOK_EVERY_MS = 20 * SECOND_MS;
const LOOK_AT_LEAST_MS = 15 * MINUTE_MS;

/** What is put in place of a part of Linkwatch or of its surroundings, to see whether the judge notices. */
export type Sabotage = Readonly<{
  settings?: Partial<AlertSettings>;
  mailer?(mailer: Mailer): Mailer;
  receivers?(receivers: WebhookSender): WebhookSender;
  stores?(stores: Stores): Stores;
}>;

/** Lets a plan happen to Linkwatch, and gives what could be seen of it. */
export async function simulate(plan: Plan, sabotage: Sabotage = {}): Promise<Evidence> {
  const world = await beginWorld(plan, sabotage);
  const { clock, workers, stores } = world;
  const planned = [
    ...plan.happenings.filter(isMishap).flatMap((mishap) => mishapOf(mishap, world)),
    ...operatorCommands(plan, world),
  ].toSorted((a, b) => a.at - b.at);
  let lookedAt = plan.from;
  while (clock.now() < plan.to) {
    const dueAt = Math.max(lookedAt + LOOK_EVERY_MS, Math.min(nextDueAt(stores), lookedAt + LOOK_AT_LEAST_MS));
    const next = Math.min(dueAt, clock.nextWakeAt(), planned[0]?.at ?? plan.to, plan.to);
    await clock.moveTo(Math.max(next, clock.now()));
    for (let first = planned[0]; first !== undefined && first.at <= clock.now(); first = planned[0]) {
      planned.shift();
      first.happen();
    }
    if (clock.now() < dueAt) continue;
    const entries = entriesBetween(lookedAt, clock.now());
    for (const worker of workers) worker?.tick(entries);
    lookedAt = clock.now();
  }
  return evidenceOf(world);
}

type World = Readonly<{
  plan: Plan;
  clock: SimClock;
  stores: MemoryStores;
  tokens: SimulatedTokens;
  seen: Seen;
  faults: string[];
  /** By their number; null while one is gone. */
  workers: (Worker | null)[];
  start: () => Worker;
}>;

async function beginWorld(plan: Plan, sabotage: Sabotage): Promise<World> {
  const clock = simClock(plan.from);
  const stores = createMemoryStores({ leaseNow: clock.now });
  const seen: Seen = { mails: [], lostMails: [], answers: [], takenEvents: [] };
  const weather = weatherOf(plan, clock, seededRandom(`weather ${plan.seed}`));
  const parts = { plan, clock, weather, seen };
  const upstream = simulatedUpstream(parts);
  const tokens = simulatedTokens({ upstream, clock, stores });
  await addFleet(plan, stores);
  const faults: string[] = [];
  const { memory: _, ...plain } = stores;
  const [mailer, receivers] = [simulatedMailer(parts), simulatedReceivers(parts)];
  const surroundings: Surroundings = {
    clock,
    weather,
    upstream,
    tokens,
    settings: alertSettings(sabotage.settings),
    ...(plan.isSpread && { planRegularPoll: planSpreadHourly }),
    stores: sabotage.stores?.(plain) ?? plain,
    mailer: { ...(sabotage.mailer?.(mailer) ?? mailer), begin: mailer.begin },
    receivers: sabotage.receivers?.(receivers) ?? receivers,
    onFault: (what) => void faults.push(what),
  };
  let started = 0;
  const start = () => startWorker(`w${++started}`, surroundings);
  const workers = Array.from({ length: plan.workers }, start);
  return { plan, clock, stores, tokens, seen, faults, workers, start };
}

/** What ends begins: a process that died is started again, and one that froze goes on. */
function mishapOf(mishap: Mishap, world: World): readonly Planned[] {
  let end = () => {};
  const begin = () => {
    end = begun(mishap, world);
  };
  return [
    { at: mishap.from, happen: begin },
    { at: mishap.to, happen: () => end() },
  ];
}

/** What is to be done when it is over. */
function begun(mishap: Mishap, { workers, clock, start }: World): () => void {
  const { worker: index, to } = mishap;
  const worker = workers[index] ?? null;
  if (worker === null) return () => {};
  if (mishap.does === 'has a wrong clock') {
    worker.setClock(mishap.byMs);
    return () => worker.setClock(0);
  }
  const { gate } = worker;
  const gone = (end: () => void) => () => {
    end();
    if (workers[index] === worker) workers[index] = null;
  };
  const strikes = {
    'is killed': gone(gate.kill),
    'is stopped': gone(worker.stop),
    'is frozen': () => gate.freezeUntil(clock.wakeAt(to)),
  };
  const strike = gate.strikeAt(mishap.during, mishap.steps, strikes[mishap.does]);
  return () => {
    strike.now();
    workers[index] ??= start();
  };
}

async function addFleet({ tenants, from }: Plan, stores: MemoryStores): Promise<void> {
  await stores.tenants.add(
    tenants.map((tenant) => {
      const { id, timezone } = tenant;
      const { owner, cc } = firstPeople(tenant);
      const times = { createdAt: from, nextPollAt: from, pagesAskedAt: from, intervalMs: HOUR_MS };
      return {
        tenant: aTenant({ id, name: id, timezone, ...times }),
        contacts: [
          aContact({ id: `owner-of-${id}`, tenantId: id, email: owner }),
          ...(cc === null ? [] : [aContact({ id: `cc-of-${id}`, tenantId: id, email: cc, role: 'cc' })]),
        ],
        grant: grantOf(id, 1, from),
      };
    }),
  );
  const since = { since: from, createdAt: from };
  await stores.webhooks.add(aWebhook({ id: 'all', url: receiverUrls.all, ...since }), 'whsec_YWxs');
  await stores.webhooks.add(
    aWebhook({ id: 'one', url: receiverUrls.one, tenantId: tenants[0]?.id ?? '', ...since }),
    'whsec_b25l',
  );
}

const MINUTE_OF: Readonly<Record<string, number>> = { grants: 41, retention: 17 };

/** The entries of the timetable that come every second, and those whose minute has come since. */
function entriesBetween(before: Instant, now: Instant): readonly string[] {
  const hourly = Object.entries(MINUTE_OF).filter(([, minute]) => {
    const last = Math.floor((now - minute * MINUTE_MS) / HOUR_MS) * HOUR_MS + minute * MINUTE_MS;
    return last > before;
  });
  return ['replan', 'round', 'mail', 'webhooks', ...hourly.map(([name]) => name)];
}

function evidenceOf({ stores, seen, faults, tokens, clock }: World): Evidence {
  const { events } = stores.memory.state;
  const feed = [...events].toSorted(([a], [b]) => a - b).map(([, { id, tenantId }]) => ({ id, tenantId }));
  const { presentedSpent } = tokens;
  const lost = presentedSpent.filter(({ isExcused }) => isExcused);
  const presented = presentedSpent.filter(({ isExcused }) => !isExcused);
  return {
    ...seen,
    feed,
    left: undone(stores, clock.now()),
    faults: [...new Set(faults), ...presented.map(({ token }) => `the spent refresh token ${token} was presented`)],
    lostGrants: lost.map((presented) => ({ tenantId: presented.tenantId, ...tokens.lossOf(presented) })),
  };
}
