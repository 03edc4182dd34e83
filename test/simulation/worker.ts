import type { AlertSettings } from '../../src/domain/model/settings.ts';
import type { Instant } from '../../src/domain/model/time.ts';
import type { AssessmentContext } from '../../src/domain/polling/assess-poll.ts';
import { createAccess } from '../../src/monitoring/access/keep-access.ts';
import type { RoundTally } from '../../src/monitoring/application.ts';
import type { AskingForConnections, Clock, Mailer, Stores, WebhookSender } from '../../src/monitoring/ports.ts';
import { createRetriedWrites } from '../../src/monitoring/retried-writes.ts';
import { StoreUnavailable } from '../../src/monitoring/store-unavailable.ts';
import { createAgendaReader } from '../../src/monitoring/work/agenda-reader.ts';
import { createWork } from '../../src/monitoring/work/create-work.ts';
import { doJobs, timetable } from '../../src/monitoring/work/jobs.ts';
import { ms } from '../support/domain-time.ts';
import { scriptedAuthorizer } from '../support/use-case-authorizer.ts';
import { type CollectingLog, collectingLog } from '../support/use-case-log.ts';
import { portsOver } from '../support/use-case-ports.ts';
import { upstreamsOver } from '../support/use-case-upstreams.ts';
import { type Gate, inWeather, openGate, throughGate } from './gate.ts';
import type { SimulatedMailer, simulatedUpstream } from './outside.ts';
import type { SimClock } from './sim-clock.ts';
import type { SimulatedTokens } from './tokens.ts';
import type { WeatherNow } from './weather.ts';

export type Surroundings = Readonly<{
  clock: SimClock;
  weather: WeatherNow;
  stores: Stores;
  upstream: ReturnType<typeof simulatedUpstream>;
  tokens: SimulatedTokens;
  mailer: SimulatedMailer;
  receivers: WebhookSender;
  settings: AlertSettings;
  planRegularPoll?: AssessmentContext['planRegularPoll'];
  /** What a job throws that is no trouble of the store. */
  onFault(what: string): void;
}>;

/** One process of Linkwatch. */
export type Worker = Readonly<{
  gate: Gate;
  log: CollectingLog;
  /** Does the jobs of these entries of the timetable that it is not at already, as the ticker does. */
  tick(names: readonly string[]): void;
  setClock(byMs: number): void;
  /** As SIGTERM: nothing is begun any more. */
  stop(): void;
}>;

const DIGEST_AT = 8 * 60;

export function startWorker(name: string, world: Surroundings): Worker {
  const { clock: trueClock, weather } = world;
  const gate = openGate(trueClock.now);
  let skewMs = 0;
  const clock: Clock = {
    now: () => trueClock.now() + skewMs,
    sleep: (sleepMs, signal) => sleepThrough(trueClock, gate, sleepMs, signal),
  };
  const stores = eachStore(world.stores, (store) => throughGate(inWeather(store, trueClock, weather), gate, 'store'));
  const log = collectingLog();
  const work = createWork(portsOf(name, { ...world, stores, clock, log, gate, trueClock }));
  const agenda = createAgendaReader(stores.agenda, clock);
  const stopping = new AbortController();
  const busy = new Set<string>();
  const onRound = ({ polled }: RoundTally) => {
    if (polled > 0) agenda.renew();
  };

  async function follow(entry: string, jobs: (typeof timetable)[number]['jobs']): Promise<void> {
    busy.add(entry);
    try {
      await doJobs(jobs, work, { signal: stopping.signal, readAgenda: agenda.read, onRound });
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) world.onFault(`${name}, ${entry}: ${error}`);
    } finally {
      busy.delete(entry);
    }
  }

  return {
    gate,
    log,
    tick: (names) => {
      if (stopping.signal.aborted || gate.isDead()) return;
      for (const { name: entry, jobs } of timetable) {
        if (!names.includes(entry) || busy.has(entry)) continue;
        void follow(entry, jobs);
      }
    },
    setClock: (byMs) => {
      skewMs = byMs;
    },
    stop: () => stopping.abort(),
  };
}

type Own = Surroundings & Readonly<{ gate: Gate; trueClock: SimClock }>;

function portsOf(
  name: string,
  { stores, gate, trueClock, ...world }: Omit<Own, 'clock'> & Readonly<{ clock: Clock; log: CollectingLog }>,
) {
  const { clock, log, upstream, tokens } = world;
  let ids = 0;
  const newId = () => `${name}-${++ids}`;
  const fetchConnections = async (token: string, asking?: AskingForConnections) => {
    tokens.noteUse(token);
    return await upstream.fetchConnections(token, asking);
  };
  const constantContact = throughGate(
    { ...upstream, fetchConnections, refresh: tokens.refreshFor(gate) },
    gate,
    'upstream',
    ['accessNow'],
  );
  const access = createAccess({
    ...stores,
    upstreams: upstreamsOver({ constantContact }),
    clock,
    log,
    requestTimeoutMs: ms('15s'),
    newHolder: newId,
    retriedWrites: createRetriedWrites({ clock, log }),
  });
  const parts = {
    clock,
    log,
    access,
    constantContact,
    authorizer: scriptedAuthorizer(clock),
    mailer: mailerOf(world.mailer, gate, trueClock.now),
    settings: world.settings,
    webhookSender: throughGate(world.receivers, gate, 'receivers', ['newSecret', 'problemOf']),
  };
  const own = {
    options: { digestAtMinute: DIGEST_AT, ...(world.planRegularPoll && { planRegularPoll: world.planRegularPoll }) },
    newId,
    eventNumber: newId,
    wrap: <Port extends object>(port: Port) => port,
  };
  return { ...portsOver(stores, parts, own), chance: world.weather.random, retentionTimes };
}

/** Short, so that a long simulation stays quick. */
const retentionTimes = { pollsForMs: ms('3d'), historyForMs: ms('400d') };

async function sleepThrough(clock: SimClock, gate: Gate, sleepMs: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  aborted.promise.catch(() => undefined);
  signal?.addEventListener('abort', () => aborted.reject(signal.reason), { once: true });
  await Promise.race([clock.wakeAt(clock.now() + sleepMs), aborted.promise]);
  await gate.pass();
}

function eachStore(stores: Stores, around: <Store extends object>(store: Store) => Store): Stores {
  return Object.fromEntries(Object.entries(stores).map(([name, store]) => [name, around(store)])) as Stores;
}

/** The mailer of the process behind that gate. Of a mail that it was at when it was struck, nobody knows the end. */
function mailerOf({ begin, ...mailer }: SimulatedMailer, gate: Gate, now: () => Instant): Mailer {
  const own = throughGate<Mailer>(mailer, gate, 'mail', ['compose', 'messageIdOf']);
  return {
    ...own,
    send: async (mail) => {
      const [beganAt, end] = [now(), begin(mail)];
      const outcome = await own.send(mail);
      if (!gate.struckSince(beganAt)) end();
      return outcome;
    },
  };
}
