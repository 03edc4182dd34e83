import { DAY_MS } from '../../domain/model/time.ts';
import type { RoundTally } from '../application.ts';
import { type NeverWorkedPorts, tellOfNeverWorked } from '../fleet/tell-of-never-worked.ts';
import {
  createFleetView,
  type WatchAccessPorts,
  type WatchUpstreamPorts,
  watchAccess,
  watchUpstream,
} from '../fleet/watch-faults.ts';
import { type WatchHoldsPorts, watchHolds } from '../fleet/watch-holds.ts';
import { dueDay, type WriteDigestPorts, writeDigest } from '../fleet/write-digest.ts';
import {
  createMailLimits,
  type DeliveryOptions,
  type DeliveryPorts,
  type DeliverySummary,
  deliverMail,
} from '../mailing/deliver-mail.ts';
import { gatherChanges } from '../mailing/gather-changes.ts';
import { createOutcomes } from '../outcomes.ts';
import { createPollClaims, type PollClaimsPorts } from '../polling/poll-claims.ts';
import { createPollPermits } from '../polling/poll-permits.ts';
import { type RefreshIdlePorts, refreshIdle } from '../polling/refresh-idle.ts';
import { replanPolls } from '../polling/replan-polls.ts';
import { createUsedUpNotice } from '../polling/request-allotment.ts';
import type { RoundPorts } from '../polling/round-ports.ts';
import { type RoundOptions, runRound } from '../polling/run-round.ts';
import type { TenantsToAsk } from '../polling/tenants-to-ask.ts';
import { createTokenTurns } from '../polling/token-turns.ts';
import type { Stores } from '../ports.ts';
import {
  createWebhookLimits,
  type DeliverWebhooksPorts,
  deliverWebhooks,
  type WebhookOptions,
  type WebhookTally,
} from '../webhooks/deliver-webhooks.ts';

export type WorkPorts = Omit<RoundPorts, 'claims' | 'withPermit' | 'tokenTurns'> &
  PollClaimsPorts &
  WatchAccessPorts &
  Omit<WatchUpstreamPorts, 'readView'> &
  WatchHoldsPorts &
  NeverWorkedPorts &
  WriteDigestPorts &
  RefreshIdlePorts &
  Omit<DeliveryPorts, 'outcomes' | 'mailLimits'> &
  Omit<DeliverWebhooksPorts, 'webhookOutcomes' | 'webhookLimits'> &
  Pick<Stores, 'retention'> &
  Readonly<{
    /** Without a mail server, mail stays pending and nothing is lost. */
    hasMailServer: boolean;
    retentionTimes: Readonly<{ pollsForMs: number; historyForMs: number }>;
  }>;

/** For so long a program that repeats a write is answered as it was the first time. */
const WRITES_FOR_MS = DAY_MS;

export type WorkOptions = Omit<RoundOptions, 'scope'> & DeliveryOptions & WebhookOptions;

/** The work that comes round by the clock. Each kind ends by itself, or soon after its signal aborts. */
export type Work = Readonly<{
  round(tenants: TenantsToAsk, options?: WorkOptions): Promise<RoundTally>;
  deliver(options?: WorkOptions): Promise<DeliverySummary>;
  /** Sends events to other programs. */
  webhooks(options?: WorkOptions): Promise<WebhookTally>;
  digest(): Promise<void>;
  /** Tells the operator of access that has never worked. */
  neverWorked(): Promise<void>;
  retention(options?: WorkOptions): Promise<void>;
  /** Keeps grants alive that no poll uses. */
  refreshIdle(options?: WorkOptions): Promise<void>;
  /** Once: the schedule may have changed while no daemon ran, so it and the quota count for polls that are planned. */
  replan(options?: WorkOptions): Promise<void>;
}>;

/** Polls that change nothing neither begin a fault or a hold nor end one that is not there. */
function isNews({ failed, changes, incidents }: RoundTally): boolean {
  return failed + changes.length + incidents.opened + incidents.closed > 0;
}

async function isAnythingOpen({ faults, holds }: Pick<Stores, 'faults' | 'holds'>): Promise<boolean> {
  return (await faults.open()).length > 0 || (await holds.active()).length > 0;
}

export function createWork(ports: WorkPorts): Work {
  const { clock, outbox, log } = ports;
  const claims = createPollClaims(ports);
  const shared = { withPermit: createPollPermits(ports.pollConcurrency), tokenTurns: createTokenTurns() };
  const readView = createFleetView(ports);
  const mailLimits = createMailLimits();
  const webhookLimits = createWebhookLimits();
  const outcomes = createOutcomes('the outcome of a mail', ports);
  const records = gatherChanges(ports.records);
  const webhookOutcomes = createOutcomes('the outcome of a webhook', ports);
  const noticeUsedUp = createUsedUpNotice(log);
  /** The day whose digest needs no further look. */
  let lastDigest: string | null = null;
  let isReplanned = false;
  const watchTenants = async () => {
    await watchAccess(ports);
    await watchHolds(ports);
  };
  return {
    round: async (tenants, options = {}) => {
      const tally = await runRound({ ...ports, ...shared, claims }, { scope: tenants, ...options });
      noticeUsedUp(tally.skipped, clock.now());
      if (tally.polled > 0 && (isNews(tally) || (await isAnythingOpen(ports)))) {
        await watchUpstream({ ...ports, readView });
        await watchTenants();
      }
      return tally;
    },
    deliver: async ({ signal, onMail, batch } = {}) => {
      if (!ports.hasMailServer) return { sent: 0, failed: 0 };
      // A hold must begin before the first of its mails is sent, however long the round that would notice it lasts.
      if (batch === undefined && (await outbox.dueMail(clock.now(), 1)).length > 0) await watchTenants();
      return await deliverMail({ ...ports, records, outcomes, mailLimits }, { signal, onMail, batch });
    },
    webhooks: ({ signal, batch } = {}) =>
      deliverWebhooks({ ...ports, webhookOutcomes, webhookLimits }, { signal, batch }),
    digest: async () => {
      const day = dueDay(clock.now(), ports.digestAtMinute);
      if (day === lastDigest) return;
      await writeDigest(ports);
      lastDigest = day;
    },
    neverWorked: () => tellOfNeverWorked(ports),
    retention: async ({ signal } = {}) => {
      const { pollsForMs, historyForMs } = ports.retentionTimes;
      const now = clock.now();
      const limits = {
        pollsBefore: now - pollsForMs,
        historyBefore: now - historyForMs,
        writesBefore: now - WRITES_FOR_MS,
      };
      log.info(await ports.retention.prune({ ...limits, signal }), 'history pruned');
    },
    refreshIdle: ({ signal } = {}) => refreshIdle(ports, signal),
    replan: async ({ signal } = {}) => {
      if (isReplanned) return;
      await replanPolls(ports, signal);
      isReplanned = true;
    },
  };
}
