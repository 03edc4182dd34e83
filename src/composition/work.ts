import type { DaemonRun, RoundRequest } from '../monitoring/application.ts';
import { watchFleet } from '../monitoring/fleet/watch-fleet.ts';
import { watchHolds } from '../monitoring/fleet/watch-holds.ts';
import { writeDigest } from '../monitoring/fleet/write-digest.ts';
import { type DeliverySummary, deliverMail } from '../monitoring/mailing/deliver-mail.ts';
import { replanPolls } from '../monitoring/polling/replan-polls.ts';
import type { RoundTally } from '../monitoring/polling/round-tally.ts';
import { type RoundOptions, runRound } from '../monitoring/polling/run-round.ts';
import { type Adapters, roundContext } from './adapters.ts';
import { runDaemon } from './daemon.ts';
import { holdPorts } from './hold-ports.ts';

/** What runs over and over: the daemon, and one round of it by command. */
export function work(adapters: Adapters) {
  return {
    start: (run: DaemonRun) =>
      runDaemon(
        adapters,
        {
          round: (signal, onProgress) => poll(adapters, { scope: { kind: 'due' }, signal, onPoll: onProgress }),
          deliver: (signal) => deliver(adapters, signal),
          prune: () => prune(adapters),
          replan: async () => replanPolls({ ...adapters, polls: adapters.store.polls }, await roundContext(adapters)),
          pollTenant: (tenantId) =>
            poll(adapters, { scope: { kind: 'named', tenantIds: [tenantId] }, signal: run.signal }),
        },
        run,
      ),
    runRound: async ({ tenantIds, dueOnly, onProgress, signal }: RoundRequest) => {
      const { access, clock, store } = adapters;
      signal?.addEventListener('abort', access.stop);
      try {
        const tally = await poll(adapters, {
          scope: dueOnly ? { kind: 'due' } : { kind: 'named', tenantIds },
          ...(signal && { signal }),
          onPoll: ({ polled, total }) => onProgress(polled, total ?? polled),
        });
        const delivered = await deliver(adapters, signal);
        const requests = await store.quota.today(clock.now());
        return { ...tally, requests, mail: { ...delivered, ...(await store.outbox.counts()) } };
      } finally {
        await access.settled();
      }
    },
  };
}

async function poll(adapters: Adapters, options: RoundOptions): Promise<RoundTally> {
  const { store, config, ...rest } = adapters;
  const { polls, quota, records, holds } = store;
  const ports = { ...rest, polls, quota, records, holds };
  const settings = { pollConcurrency: config.polling.concurrency, assessment: await roundContext(adapters) };
  const tally = await runRound(ports, settings, options);
  const watch = { ...rest, fleet: store.outages, operatorEmail: config.mail.operatorEmail };
  adapters.noticeUsedUp(tally.skipped, adapters.clock.now());
  if (tally.polled > 0) {
    await watchFleet(watch, config.alerts);
    await watchHolds(holdPorts(adapters), config.alerts);
  }
  return tally;
}

/** Without a mail server the mail stays pending, and nothing is lost. */
async function deliver(adapters: Adapters, signal?: AbortSignal): Promise<DeliverySummary> {
  const { store, config, clock, log, newId, chance } = adapters;
  await digest(adapters);
  if (adapters.mailer === null) return { sent: 0, failed: 0 };
  const { records, outbox, operatorMail, holds } = store;
  // A hold must begin before the first of its mails is sent, however long the round that would notice it lasts.
  if ((await outbox.dueMail(clock.now(), 1)).length > 0) await watchHolds(holdPorts(adapters), config.alerts);
  const { operatorEmail } = config.mail;
  const stored = { records, outbox, operatorMail, holds, mailTroubles: store.mailTroubles };
  const ports = { clock, log, newId, chance, operatorEmail, ...stored, openMailer: adapters.mailer };
  return await deliverMail(ports, config.alerts, signal);
}

async function digest(adapters: Adapters): Promise<void> {
  const { store, config, clock, log, newId, readQuota } = adapters;
  const { digests, holds, outages } = store;
  const ports = { clock, log, newId, digests, holds, outages, operatorEmail: config.mail.operatorEmail, readQuota };
  await writeDigest(ports, { ...config.alerts, atMinute: config.digestAtMinute });
}

async function prune({ store, clock, config, log }: Adapters): Promise<void> {
  const now = clock.now();
  const { pollsForMs, historyForMs } = config.retention;
  const erased = await store.retention.prune({ pollsBefore: now - pollsForMs, historyBefore: now - historyForMs });
  log.info(erased, 'history pruned');
}
