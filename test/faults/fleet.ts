import type { Instant } from '../../src/domain/model/time.ts';
import { planRegularPoll } from '../../src/domain/polling/poll-plan.ts';
import { createAccess } from '../../src/monitoring/access/keep-access.ts';
import type { Application } from '../../src/monitoring/application.ts';
import { createApplication } from '../../src/monitoring/create-application.ts';
import { createRetriedWrites } from '../../src/monitoring/retried-writes.ts';
import { createWork, type Work } from '../../src/monitoring/work/create-work.ts';
import { type OpenStores, openStores } from '../../src/store/open-stores.ts';
import { alertSettings, countedIds } from '../support/domain-settings.ts';
import { ms } from '../support/domain-time.ts';
import { everyGap, unstretched } from '../support/schedules.ts';
import { encryption, type TestDatabase } from '../support/store-fixtures.ts';
import { scriptedAuthorizer } from '../support/use-case-authorizer.ts';
import { type ScriptedConstantContact, scriptedConstantContact } from '../support/use-case-constant-contact.ts';
import { type CollectingLog, collectingLog } from '../support/use-case-log.ts';
import { type ScriptedMailer, scriptedMailer } from '../support/use-case-mailer.ts';
import { portsOver } from '../support/use-case-ports.ts';
import { type ScriptedReceivers, scriptedReceivers } from '../support/use-case-receivers.ts';
import { upstreamsOver } from '../support/use-case-upstreams.ts';
import { type DrivenClock, drivenClock } from './driven-clock.ts';
import { type Given, type RotatingTokens, rotatingTokens } from './rotating-tokens.ts';
import type { StatementSeam } from './statement-seam.ts';

/** Every tenant is polled so often. */
export const INTERVAL_MS = ms('15m');

/** The world around Linkwatch, from one moment on: nothing of it is kept when the rows are restored. */
export type Outside = Readonly<{
  clock: DrivenClock;
  constantContact: ScriptedConstantContact;
  tokens: RotatingTokens;
  mailer: ScriptedMailer;
  receivers: ScriptedReceivers;
}>;

export function outsideAt(start: Instant, seam: StatementSeam, given: Given = {}): Outside {
  const clock = drivenClock(start, seam.inFlight);
  return {
    clock,
    constantContact: scriptedConstantContact(),
    tokens: rotatingTokens(clock, given),
    mailer: scriptedMailer(clock),
    receivers: scriptedReceivers(),
  };
}

/** One process of Linkwatch over a real database: every use case, with its real grants. */
export type Process = Readonly<{ stores: OpenStores; work: Work; app: Application; log: CollectingLog }>;

let processes = 0;

export function processOver(database: TestDatabase, seam: StatementSeam, outside: Outside): Process {
  const { clock, constantContact, tokens, mailer, receivers } = outside;
  const stores = openStores({
    databaseUrl: database.url,
    encryption,
    seam: seam.around,
    leaseClock: async () => clock.now(),
  });
  const [log, name] = [collectingLog(), `p${++processes}`];
  const newId = named(name);
  const access = createAccess({
    ...stores,
    upstreams: upstreamsOver({ constantContact: tokens }),
    clock,
    log,
    requestTimeoutMs: ms('15s'),
    newHolder: newId,
    retriedWrites: createRetriedWrites({ clock, log }),
  });
  const parts = {
    clock,
    authorizer: scriptedAuthorizer(clock),
    mailer,
    webhookSender: receivers,
    access,
    log,
    constantContact: { ...constantContact, refresh: tokens.refresh },
    settings: alertSettings(),
  };
  const plan = { schedule: everyGap(INTERVAL_MS), spread: false, stretch: unstretched };
  const ports = {
    ...portsOver(stores, parts, {
      options: { planRegularPoll: (tenant, at) => planRegularPoll(tenant, at, plan) },
      newId,
      eventNumber: named(`${name}-e`),
      wrap: (port) => port,
    }),
    hasClient: true,
    // Something is old by the time of the last of the moments.
    retentionTimes: { pollsForMs: ms('30m'), historyForMs: ms('30m') },
  };
  return { stores, work: createWork(ports), app: createApplication(ports), log };
}

function named(name: string): () => string {
  const next = countedIds();
  return () => `${name}-${next()}`;
}
