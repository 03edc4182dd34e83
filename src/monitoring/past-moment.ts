import { DAY_MS, type Instant } from '../domain/model/time.ts';

/** A moment of which nothing can be known: it is yet to come, or its history is no longer kept. */
export class MomentOutOfReach extends Error {
  override readonly name = 'MomentOutOfReach';
}

/** `keptForMs`: HISTORY_RETENTION. */
export function assertWithinReach(
  at: Instant,
  { now, keptForMs }: Readonly<{ now: Instant; keptForMs: number }>,
): void {
  const asText = (moment: Instant) => new Date(moment).toISOString();
  if (at > now) throw new MomentOutOfReach(`it lies in the future: it is ${asText(now)} now`);
  if (at >= now - keptForMs) return;
  const days = Number((keptForMs / DAY_MS).toFixed(1));
  throw new MomentOutOfReach(
    `history is kept for ${days} days (HISTORY_RETENTION), so nothing is known of times before ${asText(now - keptForMs)}`,
  );
}
