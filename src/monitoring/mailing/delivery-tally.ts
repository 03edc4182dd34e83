import type { Delivered } from './deliver-one.ts';

/** So many in a row that no server took: the rest would fare no better now, and waits for the next run. */
const DEFERRED_TO_STOP = 3;

export type DeliverySummary = Readonly<{ sent: number; failed: number }>;

export type DeliveryTally = Readonly<{
  count(domain: string, delivered: Delivered): void;
  /** Whether nothing more should be tried in this run: to this domain, or at all. */
  isStopped(domain?: string): boolean;
  summary(): DeliverySummary;
}>;

/** A domain that defers stops its own mail; several of them in a row mean that our mail server takes none. */
export function createTally(): DeliveryTally {
  const summary = { sent: 0, failed: 0 };
  const deferring = new Set<string>();
  const inARow = new Map<string, number>();
  return {
    count(domain, { outcome, state }) {
      if (state === 'sent') summary.sent += 1;
      if (state === 'failed') summary.failed += 1;
      if (outcome === 'deferred' || outcome === 'unknown') {
        deferring.add(domain);
        inARow.set(domain, (inARow.get(domain) ?? 0) + 1);
      } else {
        deferring.clear();
        inARow.delete(domain);
      }
    },
    isStopped: (domain) =>
      deferring.size >= DEFERRED_TO_STOP || (domain !== undefined && (inARow.get(domain) ?? 0) >= DEFERRED_TO_STOP),
    summary: () => ({ ...summary }),
  };
}
