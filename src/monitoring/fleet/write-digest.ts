import { restoredBackup } from '../../domain/faults/restored-backup.ts';
import { type Digest, isEmpty } from '../../domain/model/digest.ts';
import { beginOperatorMail } from '../../domain/model/notification.ts';
import { DAY_MS, type Instant, MINUTE_MS } from '../../domain/model/time.ts';
import { digestRules, heldSection } from '../../domain/notification/digest-rules.ts';
import type { Stores, Surroundings } from '../ports.ts';

/** Enough to act on; the rest is counted. */
const LINES = 20;

export type WriteDigestPorts = Surroundings &
  Pick<Stores, 'digests' | 'holds' | 'faults' | 'monitor'> &
  Readonly<{
    /** UTC minute of the day; null: there is no digest. */
    digestAtMinute: number | null;
    /** The keys whose requests of a day do not suffice. */
    readShortages(): Promise<Pick<Digest, 'quota' | 'shortKeys'>>;
  }>;

/**
 * Once a day, from its hour on, sums up for the operator what no other mail tells. No mail when all is well.
 */
export async function writeDigest(ports: WriteDigestPorts): Promise<void> {
  const now = ports.clock.now();
  const day = dueDay(now, ports.digestAtMinute);
  if (day === null || ports.operatorEmail === null || (await ports.digests.isWritten(day))) return;
  const holds = await ports.holds.active();
  const faults = await ports.faults.open();
  const rules = digestRules({ ...ports.settings, now, holds, faults });
  const sections = await ports.digests.read(rules, LINES);
  const { refused } = await ports.monitor.grants(now);
  const restored = restoredBackup(refused, { tenants: await ports.monitor.tenants() });
  const digest: Digest = {
    ...sections,
    ...(restored !== null && { restored: { items: [restored], total: 1 } }),
    held: heldSection(holds, faults, sections.held),
    ...(await ports.readShortages()),
  };
  const report = { about: 'digest', digest } as const;
  const mail = isEmpty(digest) ? [] : beginOperatorMail(report, { ...ports, now, conversationId: null });
  if (!(await ports.digests.write(day, now, mail))) return;
  ports.log.info({ day, reason: mail.length === 0 ? 'nothing_to_tell' : 'digest_due' }, 'digest written');
}

/** The day whose digest is due; one that was missed until midnight is not made up for. */
export function dueDay(now: Instant, atMinute: number | null): string | null {
  const minute = Math.floor((now % DAY_MS) / MINUTE_MS);
  return atMinute === null || minute < atMinute ? null : new Date(now).toISOString().slice(0, 10);
}
