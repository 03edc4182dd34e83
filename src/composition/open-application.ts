import { userInfo } from 'node:os';
import type { Opening } from '../cli/context.ts';
import type { Config } from '../config/config.ts';
import { scheduledInterval } from '../domain/polling/poll-plan.ts';
import { previewContent } from '../mail/preview-contents.ts';
import { readSenderRecords } from '../mail/sender-records.ts';
import type { Application } from '../monitoring/application.ts';
import { createApplication } from '../monitoring/create-application.ts';
import { SESSIONS_REMEDY } from '../monitoring/operations/doctor.ts';
import { UserFacingError } from '../monitoring/user-facing-error.ts';
import type { OpenStores } from '../store/open-stores.ts';
import { openAdapters } from './adapters.ts';
import { openCanary } from './open-canary.ts';
import { tryPublicUrl } from './try-public-url.ts';

/**
 * Wires Linkwatch: configuration -> adapters (adapters.ts) -> the use cases over them -> the daemon that runs and
 * serves them (daemon.ts). Nothing connects before it is used, except where the database is to be migrated first. What
 * only some commands need is loaded when they do.
 */
export async function openApplication(config: Config, { use, database, configured }: Opening): Promise<Application> {
  const adapters = await openAdapters(config, { use });
  const { stores, log, clock, schedules, openMailer, close } = adapters;
  try {
    if (use === 'daemon') await assertOwnSessions(stores);
    if (database !== 'untouched') {
      const migrations = database === 'existing' ? await migrateExisting(stores) : await stores.migrate();
      log.info({ database: stores.place, migrations }, 'database opened');
    }
  } catch (error) {
    await close();
    throw error;
  }

  const canary = openCanary(config, adapters);
  return createApplication({
    ...adapters,
    ...stores,
    close: async () => {
      try {
        await close();
      } finally {
        await canary?.close();
      }
    },
    userName: nameOfUser(),
    configured,
    settings: config.alerts,
    operatorEmail: config.mail.operatorEmail,
    publicUrl: config.http.publicUrl,
    pollConcurrency: config.polling.concurrency,
    digestAtMinute: config.digestAtMinute,
    retentionTimes: config.retention,
    hasEncryptionKey: config.encryptionKeys.length > 0,
    hasClientSecret: config.constantContact.clientSecret !== null,
    hasMailServer: config.mail.smtpUrl !== null && config.mail.from !== null,
    hasReturnPath: config.mail.returnPath !== null,
    intervalOf: (tenant) => scheduledInterval(schedules.scheduleOf(tenant), clock.now()),
    tryMailServer: async () => (await openMailer()).tryServer(config.mail.operatorEmail),
    tryPublicUrl: () => tryPublicUrl(config.http.publicUrl),
    readSenderRecords: () => readSenderRecords(config.mail.from?.address ?? '', config.mail.dkim),
    reachConstantContact: async () => {
      const { reachUpstream } = await import('../constant-contact/reach-upstream.ts');
      return await reachUpstream(config.constantContact.apiUrl, {
        ...config.constantContact,
        proxy: config.proxy,
        clock,
      });
    },
    previewContent,
    readBounce: async (source) => (await import('../mail/read-bounce.ts')).readBounce(source),
    readReturnAddress: adapters.returnPath.read,
    readCanary: async () => (await canary?.state()) ?? null,
    runDaemon: async (served, run) =>
      (await import('./daemon.ts')).runDaemon({ ...served, config, configured, adapters, canary }, run),
  });
}

/** For the audit; a container may run as a user without a name. */
function nameOfUser(): string | null {
  try {
    return userInfo().username;
  } catch {
    return null;
  }
}

async function assertOwnSessions({ place, hasOwnSessions }: OpenStores): Promise<void> {
  if (await hasOwnSessions()) return;
  throw new UserFacingError(`${place} is reached through a pooler in transaction mode`, SESSIONS_REMEDY);
}

/** A mistyped DATABASE_URL would else look like a fleet without tenants. */
async function migrateExisting({ place, ...stores }: OpenStores): Promise<readonly string[]> {
  const migrations = await stores.migrateExisting();
  if (migrations !== null) return migrations;
  throw new UserFacingError(
    `There is no database of Linkwatch yet: ${place}`,
    'Check DATABASE_URL, or make one: `linkwatch start`, `connect`, `tenant add`, `tenant import` and `db migrate` do.',
  );
}
