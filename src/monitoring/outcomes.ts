import type { GiveBack } from './give-back.ts';

/** What others have answered, mail servers and receivers of webhooks, until the store has taken it. */
export type Outcomes = Readonly<{
  /** Tries to store it at once; if that fails, again and again, and the same is not sent anew meanwhile. */
  store(id: string, mark: () => Promise<unknown>): Promise<void>;
  /** The outcome of this one is known and waits to be stored. */
  isWaiting(id: string): boolean;
  waiting(): number;
}>;

/** `what` is told where it cannot be stored, such as "the outcome of a mail". */
export function createOutcomes(what: string, { giveBack }: Readonly<{ giveBack: GiveBack }>): Outcomes {
  const waiting = new Set<string>();
  return {
    async store(id, mark) {
      waiting.add(id);
      await giveBack.giveBack(what, async () => {
        await mark();
        waiting.delete(id);
      });
    },
    isWaiting: (id) => waiting.has(id),
    waiting: () => waiting.size,
  };
}
