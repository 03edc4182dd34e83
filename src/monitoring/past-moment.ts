import { DAY_MS, type Instant } from '../domain/model/time.ts';

/** A moment of which nothing can be known: it is yet to come, or its history is no longer kept. */
export class MomentOutOfReach extends Error {
  override readonly name = 'MomentOutOfReach';
  readonly lies: 'ahead' | 'too_far_back';
  /** The last or the first moment of which something can be known. */
  readonly limit: Instant;

  constructor(lies: MomentOutOfReach['lies'], limit: Instant, detail: string) {
    super(detail);
    this.lies = lies;
    this.limit = limit;
  }
}

/** `keptForMs`: HISTORY_RETENTION. */
export function assertWithinReach(
  at: Instant,
  { now, keptForMs }: Readonly<{ now: Instant; keptForMs: number }>,
): void {
  const asText = (moment: Instant) => new Date(moment).toISOString();
  if (at > now) throw new MomentOutOfReach('ahead', now, `it lies in the future: it is ${asText(now)} now`);
  const first = now - keptForMs;
  if (at >= first) return;
  const days = Number((keptForMs / DAY_MS).toFixed(1));
  throw new MomentOutOfReach(
    'too_far_back',
    first,
    `history is kept for ${days} days (HISTORY_RETENTION), so nothing is known of times before ${asText(first)}`,
  );
}
