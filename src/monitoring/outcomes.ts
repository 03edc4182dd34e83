import type { RetriedWrites } from './retried-writes.ts';

/** What others have answered, mail servers and receivers of webhooks, until the store has taken it. */
export type Outcomes = Readonly<{
  /**
   * Tries to store it at once; if that fails, again and again. `id` names the mail, or the endpoint of a webhook, to
   * which nothing is sent meanwhile; several outcomes of one may wait.
   */
  store(id: string, mark: () => Promise<unknown>): Promise<void>;
  /** An outcome of this one is known and waits to be stored. */
  isWaiting(id: string): boolean;
  /** The number of mails, or endpoints, of which an outcome waits. */
  waiting(): number;
}>;

type Ports = Readonly<{ retriedWrites: Pick<RetriedWrites, 'store'> }>;

/** `what` is logged where it cannot be stored, such as "the outcome of a mail". */
export function createOutcomes(what: string, { retriedWrites }: Ports): Outcomes {
  /** How many of each wait; none is 0. */
  const waiting = new Map<string, number>();
  const count = (id: string, change: 1 | -1) => {
    const left = (waiting.get(id) ?? 0) + change;
    if (left === 0) waiting.delete(id);
    else waiting.set(id, left);
  };
  return {
    async store(id, mark) {
      count(id, 1);
      await retriedWrites.store(what, async () => {
        await mark();
        count(id, -1);
      });
    },
    isWaiting: (id) => waiting.has(id),
    waiting: () => waiting.size,
  };
}
