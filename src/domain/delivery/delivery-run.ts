import type { DeliveryOutcome } from '../model/message-content.ts';
import type { NotificationState } from '../model/notification.ts';

/** With so many domains in a row that take no mail, the rest would fare no better, and waits for the next run. */
const DOMAINS_TO_STOP = 3;
/** With so many mails in a row that a domain has deferred, its other mail waits for the next run. */
const MAILS_TO_STOP_DOMAIN = 3;

/** What one run of the delivery has come to so far. */
export type DeliveryRun = Readonly<{
  sent: number;
  failed: number;
  /** Domains that have deferred mail since any server last gave an answer for good. */
  deferring: ReadonlySet<string>;
  /** How many mails a domain has deferred in a row, for each that has. */
  deferredInARow: ReadonlyMap<string, number>;
  /** What our mail server said when it first refused us, and not a mail; null when it did not. */
  refusalOfUs: string | null;
}>;

export const NOTHING_DELIVERED: DeliveryRun = {
  sent: 0,
  failed: 0,
  refusalOfUs: null,
  deferring: new Set(),
  deferredInARow: new Map(),
};

/** What became of one mail. */
export type Delivered = Readonly<{ outcome: DeliveryOutcome; state: NotificationState }>;

export function afterDelivery(run: DeliveryRun, domain: string, { outcome, state }: Delivered): DeliveryRun {
  const isDeferred = outcome.outcome === 'deferred' || outcome.outcome === 'unknown';
  const others = [...run.deferredInARow].filter(([other]) => other !== domain);
  const inARow = (run.deferredInARow.get(domain) ?? 0) + 1;
  return {
    sent: run.sent + (state === 'sent' ? 1 : 0),
    failed: run.failed + (state === 'failed' ? 1 : 0),
    deferring: isDeferred ? new Set([...run.deferring, domain]) : new Set(),
    deferredInARow: new Map(isDeferred ? [...others, [domain, inARow]] : others),
    refusalOfUs: run.refusalOfUs ?? (outcome.outcome === 'deferred' && outcome.isOurFault ? outcome.response : null),
  };
}

/** Several domains that defer mean that our own mail server takes no mail. */
export function isStopped({ deferring }: DeliveryRun): boolean {
  return deferring.size >= DOMAINS_TO_STOP;
}

/** A domain that defers stops its own mail alone. */
export function isStoppedFor({ deferredInARow }: DeliveryRun, domain: string): boolean {
  return (deferredInARow.get(domain) ?? 0) >= MAILS_TO_STOP_DOMAIN;
}
