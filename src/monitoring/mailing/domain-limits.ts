import pLimit, { type LimitFunction } from 'p-limit';

/**
 * Large providers defer a sender who opens more connections at once; two keep a slow domain from filling every slot.
 */
const IN_FLIGHT_PER_DOMAIN = 2;

export type DomainLimits = Readonly<{
  /** Does the work as soon as its domain has room for it. */
  run(domain: string, work: () => Promise<void>): Promise<void>;
  /** How many are not kept waiting by their own domain, those that are being done included. */
  inTurn(): number;
}>;

/** One limit for each recipient domain, in this process. */
export function limitPerDomain(): DomainLimits {
  const domains = new Map<string, { limit: LimitFunction; unfinished: number }>();
  return {
    async run(domain, work) {
      const entry = domains.get(domain) ?? { limit: pLimit(IN_FLIGHT_PER_DOMAIN), unfinished: 0 };
      domains.set(domain, entry);
      entry.unfinished += 1;
      try {
        await entry.limit(work);
      } finally {
        entry.unfinished -= 1;
        if (entry.unfinished === 0) domains.delete(domain);
      }
    },
    inTurn: () =>
      [...domains.values()].reduce((sum, { unfinished }) => sum + Math.min(unfinished, IN_FLIGHT_PER_DOMAIN), 0),
  };
}
