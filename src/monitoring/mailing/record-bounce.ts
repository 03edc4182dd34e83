import {
  afterBounce,
  type BounceDecision,
  type BounceReport,
  decideBounce,
  type ReturnedMail,
  recordBounce as recordInTenant,
} from '../../domain/delivery/bounce.ts';
import type { Notification, OperatorNotification } from '../../domain/model/notification.ts';
import type { ContactState } from '../../domain/model/tenant.ts';
import type { TenantRecord, TenantUpdate } from '../../domain/model/tenant-record.ts';
import type { Stores, Surroundings } from '../ports.ts';
import type { BounceOutcome } from '../views.ts';

export type RecordBouncePorts = Surroundings &
  Pick<Stores, 'mail' | 'records' | 'operatorMail'> &
  Readonly<{
    readBounce(source: Uint8Array): Promise<ReturnedMail>;
    /** The notification that a returned mail's address names; null when it is no such address. */
    readReturnAddress(address: string): Readonly<{ kind: 'valid' | 'forged'; notificationId: string }> | null;
    /** Whether our mail is returned to signed addresses. */
    hasReturnPath: boolean;
  }>;

type Named =
  | Readonly<{ kind: 'mail'; mail: Notification }>
  | Readonly<{ kind: 'unknown'; why: 'no_address' | 'bad_signature' | 'no_such_mail'; id: string | null }>;

/** Reads one returned mail and records its report. A mail that is fed in twice counts once. */
export async function recordBounce(source: Uint8Array, ports: RecordBouncePorts): Promise<BounceOutcome> {
  const returned = await ports.readBounce(source);
  if (returned.kind === 'not_a_bounce') return { outcome: 'not_a_bounce', id: null, why: returned.why };
  const named = await mailNamedBy(returned, ports);
  if (named.kind === 'unknown') return { outcome: 'unknown', id: named.id, why: named.why };
  const { report } = returned;
  const outcome = outcomeOf(await save(named.mail, report, ports), named.mail.id, report);
  const { action, status } = report;
  ports.log.info({ notificationId: named.mail.id, outcome: outcome.outcome, action, status }, 'bounce read');
  return outcome;
}

type BouncedMail = Extract<ReturnedMail, { kind: 'bounce' }>;

/**
 * A signed address proves which mail came back. A Message-ID, which every reader of the mail knows, is believed only
 * where no signed addresses are configured.
 */
async function mailNamedBy({ sentTo, messageIds }: BouncedMail, ports: RecordBouncePorts): Promise<Named> {
  const addresses = sentTo.flatMap((address) => ports.readReturnAddress(address) ?? []);
  const signed = addresses.find(({ kind }) => kind === 'valid');
  if (signed !== undefined) {
    const mail = await ports.mail.find(signed.notificationId);
    return mail === null ? { kind: 'unknown', why: 'no_such_mail', id: signed.notificationId } : { kind: 'mail', mail };
  }
  const [forged] = addresses;
  if (forged !== undefined) return { kind: 'unknown', why: 'bad_signature', id: forged.notificationId };
  for (const messageId of messageIds) {
    const mail = await ports.mail.find(messageId.slice(1).split('@')[0] ?? '');
    if (mail?.messageId === messageId && (!ports.hasReturnPath || mail.tenantId === null))
      return { kind: 'mail', mail };
  }
  return { kind: 'unknown', why: 'no_address', id: null };
}

/** `mail` as it was when the decision was made. Null: the tenant was removed. */
type Saved = Readonly<{ mail: Notification; decision: BounceDecision; contactState: ContactState | null }> | null;

async function save(mail: Notification, report: BounceReport, ports: RecordBouncePorts): Promise<Saved> {
  const { id } = mail;
  if (mail.tenantId === null) return await saveOperatorMail(mail, report, ports);
  const decide = ([record]: readonly TenantRecord[]): { updates: readonly TenantUpdate[]; result: Saved } => {
    const current = record?.notifications.find((each) => each.id === id);
    if (record === undefined || current === undefined) return { updates: [], result: null };
    const decision = decideBounce(current, report);
    const bounce = { mail: current, report, decision };
    const update = recordInTenant(record, bounce, { ...ports, now: ports.clock.now() });
    const contact = [...update.contacts, ...record.contacts].find((each) => each.id === current.contactId);
    return { updates: [update], result: { mail: current, decision, contactState: contact?.state ?? null } };
  };
  return await ports.records.change([mail.tenantId], decide, { mailId: id });
}

async function saveOperatorMail(
  mail: OperatorNotification,
  report: BounceReport,
  ports: RecordBouncePorts,
): Promise<Saved> {
  const decision = decideBounce(mail, report);
  const isSettled =
    decision.kind === 'ignore' ||
    (await ports.operatorMail.save(afterBounce({ mail, report, decision }), mail.leaseUntil));
  if (isSettled) return { mail, decision, contactState: null };
  // A worker has taken the mail since it was read.
  const current = await ports.mail.find(mail.id);
  return current?.tenantId === null ? await saveOperatorMail(current, report, ports) : null;
}

function outcomeOf(saved: Saved, id: string, report: BounceReport): BounceOutcome {
  if (saved === null) return { outcome: 'unknown', id, why: 'no_such_mail' };
  const { mail, decision, contactState } = saved;
  const about = { id, to: [mail.to], kind: mail.kind, status: report.status, response: report.response };
  switch (decision.kind) {
    case 'fail':
      return { outcome: 'recorded', ...about, reason: decision.reason, isRepeated: false, contactState };
    case 'note':
      return { outcome: 'soft', ...about };
    case 'ignore':
      if (decision.reason === 'no_failure') return { outcome: 'not_a_bounce', id, why: 'no_failure' };
      if (decision.reason === 'never_sent') return { outcome: 'unknown', id, why: 'never_sent' };
      return { outcome: 'recorded', ...about, reason: mail.reason, isRepeated: true, contactState };
  }
}
