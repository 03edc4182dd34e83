import type { RetriedWrites } from './retried-writes.ts';

/** What others have answered, mail servers and receivers of webhooks, until the store has taken it. */
export type Outcomes = Readonly<{
  /**
   * Tries to store it at once; if that fails, again and again. `id` names the mail, or the endpoint of a webhook, to which
   * nothing is sent meanwhile; several outcomes of one may wait.
   */
  store(id: string, mark: () => Promise<unknown>): Promise<void>;
  /** An outcome of this one is known and waits to be stored. */
  isWaiting(id: string): boolean;
  waiting(): number;
}>;

type Ports = Readonly<{ retriedWrites: Pick<RetriedWrites, 'store'> }>;

/** `what` is logged where it cannot be stored, such as "the outcome of a mail". */
export function createOutcomes(what: string, { retriedWrites }: Ports): Outcomes {
  const waiting = new Set<Readonly<{ id: string }>>();
  return {
    async store(id, mark) {
      const outcome = { id };
      waiting.add(outcome);
      await retriedWrites.store(what, async () => {
        await mark();
        waiting.delete(outcome);
      });
    },
    isWaiting: (id) => [...waiting].some((outcome) => outcome.id === id),
    waiting: () => waiting.size,
  };
}
