import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { mailKinds } from '../../domain/model/mail-kind.ts';
import { pollFailureKinds } from '../../domain/model/poll.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../domain/model/time.ts';
import { inTime } from '../../monitoring/in-time.ts';
import type { Clock, MailOutcome, Observer } from '../../monitoring/ports.ts';
import type { Figures } from '../../monitoring/reading/read-figures.ts';
import type { MonitorView } from '../../monitoring/views.ts';
import { createFigureGauges } from './figure-gauges.ts';

/** What the database tells at the moment. */
export type FigureReaders = Readonly<{
  readFigures(): Promise<Figures>;
  /** What is wrong with the monitor itself. */
  monitor(): Promise<Pick<MonitorView, 'problems' | 'canary'>>;
}>;

export type Metrics = Readonly<{
  observer: Observer;
  contentType: string;
  /** Every metric in Prometheus' text format. Never rejects: without the database, its gauges are left out. */
  write(readers: FigureReaders, clock: Clock): Promise<string>;
}>;

/** A delay of the event loop is looked for so often; every 10 ms, it would be most of what an idle daemon does. */
const LAG_PRECISION_MS = 200;
/** Less than a scraper waits, so that a database that hangs costs its own gauges alone. */
const DATABASE_MS = 3 * SECOND_MS;

const POLL_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30, 60];
const TOLD_SECONDS = [
  ...[1, 5, 10, 15, 20, 30, 45].map((minutes) => minutes * MINUTE_MS),
  ...[1, 2, 4, 8, 24].map((hours) => hours * HOUR_MS),
  ...[2, 4].map((days) => days * DAY_MS),
].map(secondsOf);

const MAIL_OUTCOMES = ['sent', 'failed', 'deferred', 'unknown'] as const satisfies MailOutcome[];
const POLL_OUTCOMES = ['observed', 'partial', 'failed'] as const;

/**
 * The metrics of one daemon, in a registry of its own. What it has counted is its own; gauges tell of all processes.
 */
export function createMetrics({ version }: Readonly<{ version: string }>): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: LAG_PRECISION_MS });
  new Gauge({
    name: 'linkwatch_build_info',
    help: 'Always 1; the label names the version.',
    labelNames: ['version'],
    registers: [registry],
  }).set({ version }, 1);
  const observer = createObserver(registry);
  const gauges = createFigureGauges(registry);
  return {
    observer,
    contentType: registry.contentType,
    write: async ({ readFigures, monitor }, clock) => {
      const ask = <T>(answer: Promise<T>) => inTime(answer, DATABASE_MS, clock).catch(() => null);
      const [figures, known] = await Promise.all([ask(readFigures()), ask(monitor())]);
      gauges.show({ figures, monitor: known });
      return await registry.metrics();
    },
  };
}

/** Counts begin at 0 for every label there is, so that the first event is seen as an increase. */
function createObserver(registry: Registry): Observer {
  const registers = [registry];
  const polls = new Counter({
    name: 'linkwatch_polls_total',
    labelNames: ['outcome'],
    registers,
    help: 'Polls of this process: observed, partial (not every connection was answered for) or failed.',
  });
  const pollFailures = new Counter({
    name: 'linkwatch_poll_failures_total',
    labelNames: ['kind'],
    registers,
    help: 'Failed polls of this process by the kind of failure.',
  });
  const pollDuration = new Histogram({
    name: 'linkwatch_poll_duration_seconds',
    buckets: POLL_SECONDS,
    registers,
    help: 'How long a poll took, from asking for an access token to the answer; it includes waiting for a free slot.',
  });
  const refreshes = new Counter({
    name: 'linkwatch_token_refresh_total',
    labelNames: ['outcome'],
    registers,
    help: 'Refresh tokens that this process presented: refreshed, or the kind of failure.',
  });
  const mails = new Counter({
    name: 'linkwatch_mail_total',
    labelNames: ['kind', 'outcome'],
    registers,
    help: 'Attempts of this process to send mail: sent and failed are final, deferred and unknown are tried again.',
  });
  const told = new Histogram({
    name: 'linkwatch_break_to_told_seconds',
    buckets: TOLD_SECONDS,
    registers,
    help: 'From the first bad poll to the first mail about it that a mail server accepted.',
  });
  for (const outcome of POLL_OUTCOMES) polls.inc({ outcome }, 0);
  for (const kind of pollFailureKinds) pollFailures.inc({ kind }, 0);
  for (const outcome of ['refreshed', ...pollFailureKinds]) refreshes.inc({ outcome }, 0);
  for (const kind of mailKinds) for (const outcome of MAIL_OUTCOMES) mails.inc({ kind, outcome }, 0);
  return {
    polled: ({ result, durationMs }) => {
      pollDuration.observe(secondsOf(Math.max(0, durationMs)));
      if (result.outcome === 'failed') pollFailures.inc({ kind: result.failure.kind });
      polls.inc({ outcome: result.outcome === 'observed' && result.isPartial ? 'partial' : result.outcome });
    },
    refreshed: (outcome) => refreshes.inc({ outcome }),
    mailed: (kind, outcome) => mails.inc({ kind, outcome }),
    told: (afterMs) => told.observe(secondsOf(Math.max(0, afterMs))),
  };
}

function secondsOf(ms: number): number {
  return ms / SECOND_MS;
}
