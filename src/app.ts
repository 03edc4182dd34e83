import type { App, DaemonRun, MailFilter, RoundRequest } from './cli/app-port.ts';
import type { Use } from './cli/context.ts';
import type { Config } from './config.ts';
import { reachUpstream } from './constant-contact/reach-upstream.ts';
import type { Instant } from './domain/time.ts';
import { previewLetter } from './mail/preview-letters.ts';
import { readBounce } from './mail/read-bounce.ts';
import { addTenants } from './monitoring/add-tenants.ts';
import { changeIncident, type IncidentChange } from './monitoring/change-incident.ts';
import { type DeliverySummary, deliverMail } from './monitoring/deliver-mail.ts';
import { diagnose } from './monitoring/doctor.ts';
import {
  discardHeldMail,
  type HoldMailPorts,
  holdMail,
  type MailSelection,
  releaseMail,
} from './monitoring/hold-mail.ts';
import type { ConstantContact, TenantOverview } from './monitoring/ports.ts';
import type { PreviewKind } from './monitoring/preview-kinds.ts';
import {
  exportedTenant,
  type HistoryRequest,
  mailView,
  readHistory,
  tenantDetail,
  tenantStatus,
} from './monitoring/read-health.ts';
import { readIncident, readIncidents } from './monitoring/read-incidents.ts';
import { readMail } from './monitoring/read-mail.ts';
import { recordBounce } from './monitoring/record-bounce.ts';
import { replanPolls } from './monitoring/replan-polls.ts';
import type { RoundTally } from './monitoring/round-tally.ts';
import { type RoundOptions, runRound } from './monitoring/run-round.ts';
import { pauseTenant, resumeTenant, updateTenant } from './monitoring/update-tenant.ts';
import type { IncidentOutcome } from './monitoring/views.ts';
import { watchFleet } from './monitoring/watch-fleet.ts';
import { watchHolds } from './monitoring/watch-holds.ts';
import { wholeList } from './monitoring/whole-list.ts';
import { writeDigest } from './monitoring/write-digest.ts';
import { openParts, type Parts, roundContext, slotsOf } from './open-parts.ts';
import { runDaemon } from './run-daemon.ts';

/** Wires Linkwatch: configuration -> adapters -> use cases. Nothing connects before a command asks for something. */
export async function openApp(config: Config, use: Use): Promise<App> {
  const parts = openParts(config, { isQuiet: use === 'command' });
  const migrated = afterMigration(parts);
  return {
    ...migrated(work(parts)),
    ...migrated(health(parts)),
    ...migrated(tenants(parts)),
    ...migrated(incidents(parts)),
    ...migrated(outbox(parts)),
    ...mailServer(parts),
    ...upkeep(parts),
  };
}

type Asked = (...args: never[]) => Promise<unknown>;

/** Whatever asks the database first has its tables brought up to date, once. */
function afterMigration({ store }: Parts) {
  let migration: Promise<unknown> | null = null;
  return <T extends Record<string, Asked>>(functions: T): T =>
    Object.fromEntries(
      Object.entries(functions).map(([name, ask]) => [
        name,
        async (...args: never[]) => {
          migration ??= store.migrate();
          await migration;
          return await ask(...args);
        },
      ]),
    ) as T;
}

function work(parts: Parts) {
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

function holdPorts(parts: Parts): HoldMailPorts {
  const { store, config, clock, log, newId } = parts;
  return {
    ...{ clock, log, newId, operatorEmail: config.mail.operatorEmail },
    ...{ records: store.tenantRecords, holds: store.holdBook, suspicions: store.fleetSuspicions, mail: store.mailLog },
    settings: config.alerts,
    openPollPlan: async () => (await roundContext(parts)).planRegularPoll,
  };
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
  const stored = { records, mailQueue, operatorMail, holds };
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

function health({ store, clock }: Parts) {
  return {
    readTenantStatus: async (tenantId: string) => {
      const overview = await store.healthHistory.tenant(tenantId);
      return overview === null ? null : tenantStatus(overview, clock.now());
    },
    readHistory: (request: HistoryRequest) => readHistory(request, store.healthHistory),
  };
}

function tenants(parts: Parts) {
  const { store, clock, newId } = parts;
  const directory = store.tenantDirectory;
  const ports = { clock, newId, directory };
  const intervalOf = (tenant: Parameters<typeof slotsOf>[0]) => {
    const { previousAt, nextAt } = slotsOf(tenant, clock.now(), parts);
    return nextAt - previousAt;
  };
  return {
    addTenants: (added: Parameters<typeof addTenants>[0]) => addTenants(added, { ...ports, intervalOf }),
    listTenants: async () => (await allTenants(parts)).map((overview) => tenantStatus(overview, clock.now()).tenant),
    showTenant: async (id: string) => {
      const overview = await store.healthHistory.tenant(id);
      return overview === null ? null : tenantDetail(overview, clock.now());
    },
    exportTenants: async () => (await allTenants(parts)).map(exportedTenant),
    updateTenant: (id: string, patch: Parameters<typeof updateTenant>[1]) => updateTenant(id, patch, ports),
    pauseTenant: (id: string) => pauseTenant(id, ports),
    resumeTenant: (id: string) => resumeTenant(id, ports),
    removeTenant: (id: string, purge: boolean) => directory.remove(id, purge),
  };
}

function allTenants({ store }: Parts): Promise<readonly TenantOverview[]> {
  return wholeList(
    (page) => store.tenantDirectory.list(page),
    ({ tenant }) => tenant.id,
  );
}

function incidents({ store, clock }: Parts) {
  const ports = { clock, incidents: store.incidentLog, records: store.tenantRecords, directory: store.tenantDirectory };
  const change = async (id: string, changed: IncidentChange): Promise<IncidentOutcome> => {
    const outcome = await changeIncident(id, changed, ports);
    const incident = outcome === 'done' ? await readIncident(id, ports) : null;
    if (incident !== null) return { outcome: 'done', incident };
    return { outcome: outcome === 'already_closed' ? outcome : 'not_found' };
  };
  return {
    listIncidents: (filter: Parameters<typeof readIncidents>[0]) => readIncidents(filter, ports),
    acknowledgeIncident: (id: string) => change(id, { kind: 'acknowledge' }),
    snoozeIncident: (id: string, until: Instant) => change(id, { kind: 'snooze', until }),
    closeIncident: (id: string) => change(id, { kind: 'close' }),
  };
}

function outbox(parts: Parts) {
  const { store, composer, clock, config, log, newId, returnPath } = parts;
  return {
    holdMail: (selection: MailSelection) => holdMail(selection, holdPorts(parts)),
    releaseMail: (selection: MailSelection) => releaseMail(selection, holdPorts(parts)),
    discardMail: (selection: MailSelection) => discardHeldMail(selection, holdPorts(parts)),
    listMail: async (filter: MailFilter) => (await store.mailLog.list({ ...filter, after: null })).map(mailView),
    showMail: async (id: string) =>
      readMail(id, { mail: store.mailLog, records: store.tenantRecords, mailer: await composer(), clock }),
    recordBounce: (source: Uint8Array) => {
      const { mailLog: mail, tenantRecords: records, operatorMail } = store;
      const { operatorEmail } = config.mail;
      const reading = {
        read: readBounce,
        readAddress: returnPath.read,
        hasReturnPath: config.mail.returnPath !== null,
      };
      return recordBounce(source, { clock, log, newId, mail, records, operatorMail, operatorEmail, ...reading });
    },
  };
}

function mailServer({ composer, clock }: Parts) {
  return {
    previewMail: async (kind: PreviewKind, locale: string) =>
      (await composer()).compose(previewLetter(kind, { at: clock.now(), locale })),
    testMail: async (to: string) => {
      const mailer = await composer();
      return await mailer.send(mailer.compose(previewLetter('operator-test', { at: clock.now(), to })));
    },
  };
}

function upkeep(parts: Parts) {
  const { store, config, mailer, constantContact, clock, close } = parts;
  return {
    migrate: () => store.migrate(),
    doctor: async () =>
      diagnose({
        database: await store.migrate().then(() => ({ ok: true }) as const, problemOf),
        tokens: config.encryptionKeys.length === 0 ? null : await tryTokens(store),
        mail: mailer === null ? null : await (await mailer()).verify(),
        publicUrl: config.http.publicUrl,
        constantContact: await reachUpstream(config.constantContact.apiUrl, { ...config.constantContact, clock }),
        client: config.constantContact.clientId === null ? null : await tryClient(constantContact),
        quota: await quotaOf(parts).catch(() => null),
        polledAhead: await store.pollQueue.countPolledAhead(clock.now()).catch(() => null),
      }),
    close,
  };
}

async function quotaOf({ store, clock, readDemand }: Parts) {
  return { today: await store.requestQuota.today(clock.now()), ...(await readDemand()) };
}

/** All are sealed alike, so the first one will do. Null where none is stored, or the database does not answer. */
async function tryTokens({ tenantDirectory, grantStore }: Parts['store']) {
  const [first] = await tenantDirectory.list({ after: null, limit: 1 }).catch(() => []);
  if (first === undefined) return null;
  return await grantStore.read(first.tenant.id).then(() => ({ ok: true }) as const, problemOf);
}

/** A grant that nobody has is refused as such, unless the key or the secret is refused first. */
async function tryClient({ refresh }: Pick<ConstantContact, 'refresh'>) {
  const answer = await refresh('linkwatch-doctor');
  if (answer.ok || answer.failure.kind === 'invalid_grant') return { ok: true } as const;
  return { ok: false, problem: answer.failure.detail } as const;
}

function problemOf(error: unknown) {
  return { ok: false, problem: error instanceof Error ? error.message : String(error) } as const;
}
