import type { Config } from '../config/config.ts';
import { readSchedule } from '../domain/polling/schedule.ts';
import { CANARY_SCHEDULE, type Canary, createCanary } from '../monitoring/canary/create-canary.ts';
import type { Log } from '../monitoring/ports.ts';
import { canaryPlace } from '../store/canary-place.ts';
import { createEncryption } from '../store/encryption.ts';
import { openStores } from '../store/open-stores.ts';
import type { Adapters } from './adapters.ts';

type Parts = Pick<Adapters, 'clock' | 'log' | 'newId' | 'chance' | 'holder' | 'retriedWrites' | 'openMailer'>;

/** Its only secret is the word "canary", so that no key of ours has to be kept for it. */
const NO_SECRET = createEncryption([Buffer.alloc(32, 'canary')]);

/** Null without CANARY_EMAIL. Nothing connects before it is used. */
export function openCanary(config: Config, parts: Parts): (Canary & Readonly<{ close(): Promise<void> }>) | null {
  if (config.canaryEmail === null) return null;
  const databaseUrl = canaryPlace(config.database.url);
  const { migrate, migrateExisting, close, ...stores } = openStores({
    databaseUrl,
    encryption: NO_SECRET,
  });
  const schedule = readSchedule(CANARY_SCHEDULE, 'UTC');
  if (!schedule.ok) throw new Error(schedule.problem);
  const canary = createCanary({
    ...parts,
    stores,
    migrate,
    migrateExisting,
    schedule: schedule.value,
    log: markedLog(parts.log),
    email: config.canaryEmail,
    settings: config.alerts,
  });
  return { ...canary, close };
}

/** Nobody who reads the log takes its tenant for a real one. */
function markedLog(log: Log): Log {
  const marked = (level: keyof Log) => (fields: object, message: string) =>
    log[level]({ canary: true, ...fields }, message);
  return { debug: marked('debug'), info: marked('info'), warn: marked('warn'), error: marked('error') };
}
