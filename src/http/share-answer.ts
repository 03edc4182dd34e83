type Sharing = Readonly<{
  /** A question that is open for longer may never be answered, so it is asked anew. */
  forMs: number;
  /** Milliseconds of any steady clock. */
  now(): number;
}>;

/**
 * Whoever asks while an answer is being found gets that answer: `const readiness = shareAnswer(check, …)` checks once for
 * all who ask at the same time. An answer that has been given is not kept.
 */
export function shareAnswer<Answer>(ask: () => Promise<Answer>, { forMs, now }: Sharing): () => Promise<Answer> {
  let open: Readonly<{ since: number; answer: Promise<Answer> }> | null = null;
  return async () => {
    if (open !== null && now() - open.since <= forMs) return await open.answer;
    const mine = { since: now(), answer: ask() };
    open = mine;
    try {
      return await mine.answer;
    } finally {
      if (open === mine) open = null;
    }
  };
}
