import type { DaemonRun, RoundRequest } from '../cli/app-port.ts';
import { type DeliverySummary, deliverMail } from '../monitoring/deliver-mail.ts';
import { replanPolls } from '../monitoring/replan-polls.ts';
import type { RoundTally } from '../monitoring/round-tally.ts';
import { type RoundOptions, runRound } from '../monitoring/run-round.ts';
import { watchFleet } from '../monitoring/watch-fleet.ts';
import { watchHolds } from '../monitoring/watch-holds.ts';
import { writeDigest } from '../monitoring/write-digest.ts';
import { type Parts, roundContext } from '../open-parts.ts';
import { runDaemon } from '../run-daemon.ts';
import { holdPorts } from './hold-ports.ts';

/** What runs over and over: the daemon, and one round of it by command. */
export function work(parts: Parts) {
  return {
    start: (run: DaemonRun) =>
      runDaemon(
        parts,
        {
          round: (signal, onProgress) => poll(parts, { scope: { kind: 'due' }, signal, onPoll: onProgress }),
          deliver: (signal) => deliver(parts, signal),
          prune: () => prune(parts),
          replan: async () => replanPolls({ ...parts, queue: parts.store.pollQueue }, await roundContext(parts)),
          pollTenant: (tenantId) => poll(parts, { scope: { kind: 'named', tenantIds: [tenantId] } }),
        },
        run,
      ),
    runRound: async ({ tenantIds, dueOnly, onProgress }: RoundRequest) => {
      const tally = await poll(parts, {
        scope: dueOnly ? { kind: 'due' } : { kind: 'named', tenantIds },
        onPoll: ({ polled, total }) => onProgress(polled, total ?? polled),
      });
      const delivered = await deliver(parts);
      const requests = await parts.store.requestQuota.today(parts.clock.now());
      return { ...tally, requests, mail: { ...delivered, ...(await parts.store.mailQueue.counts()) } };
    },
  };
}

async function poll(parts: Parts, options: RoundOptions): Promise<RoundTally> {
  const { store, config, ...rest } = parts;
  const { pollQueue: queue, requestQuota: quota, tenantRecords: records, holdBook: holds } = store;
  const ports = { ...rest, queue, quota, records, holds };
  const settings = { pollConcurrency: config.polling.concurrency, assessment: await roundContext(parts) };
  const tally = await runRound(ports, settings, options);
  const watch = { ...rest, fleet: store.fleetWatch, operatorEmail: config.mail.operatorEmail };
  parts.noticeUsedUp(tally.skipped, parts.clock.now());
  if (tally.polled > 0) {
    await watchFleet(watch, config.alerts);
    await watchHolds(holdPorts(parts), config.alerts);
  }
  return tally;
}

/** Without a mail server the mail stays pending, and nothing is lost. */
async function deliver(parts: Parts, signal?: AbortSignal): Promise<DeliverySummary> {
  const { store, config, clock, log, newId, chance } = parts;
  await digest(parts);
  if (parts.mailer === null) return { sent: 0, failed: 0 };
  const { tenantRecords: records, mailQueue, operatorMail, holdBook: holds } = store;
  // A hold must begin before the first of its mails is sent, however long the round that would notice it lasts.
  if ((await mailQueue.dueMail(clock.now(), 1)).length > 0) await watchHolds(holdPorts(parts), config.alerts);
  const { operatorEmail } = config.mail;
  const stored = { records, mailQueue, operatorMail, holds, mailTrouble: store.mailTroubleBook };
  const ports = { clock, log, newId, chance, operatorEmail, ...stored, openMailer: parts.mailer };
  return await deliverMail(ports, config.alerts, signal);
}

async function digest(parts: Parts): Promise<void> {
  const { store, config, clock, log, newId, readQuota } = parts;
  const ports = { clock, log, newId, digests: store.digestBook, operatorEmail: config.mail.operatorEmail, readQuota };
  await writeDigest(ports, { ...config.alerts, atMinute: config.digestAtMinute });
}

async function prune({ store, clock, config, log }: Parts): Promise<void> {
  const now = clock.now();
  const { pollsForMs, historyForMs } = config.retention;
  const erased = await store.retention.prune({ pollsBefore: now - pollsForMs, historyBefore: now - historyForMs });
  log.info(erased, 'history pruned');
}
