import type { GiveBack } from '../give-back.ts';

/** What mail servers have answered, until the store has taken it. */
export type Outcomes = Readonly<{
  /** Tries to store it at once; if that fails, again and again, and the mail is not sent anew meanwhile. */
  store(notificationId: string, mark: () => Promise<void>): Promise<void>;
  /** The outcome of this mail is known and waits to be stored. */
  isWaiting(notificationId: string): boolean;
  waiting(): number;
}>;

export function createOutcomes({ giveBack }: Readonly<{ giveBack: GiveBack }>): Outcomes {
  const waiting = new Set<string>();
  return {
    async store(notificationId, mark) {
      waiting.add(notificationId);
      await giveBack.giveBack('the outcome of a mail', async () => {
        await mark();
        waiting.delete(notificationId);
      });
    },
    isWaiting: (notificationId) => waiting.has(notificationId),
    waiting: () => waiting.size,
  };
}
