import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS, SECOND_MS } from '../domain/model/time.ts';

const units = [
  { ms: DAY_MS, name: 'd' },
  { ms: HOUR_MS, name: 'h' },
  { ms: MINUTE_MS, name: 'min' },
  { ms: SECOND_MS, name: 's' },
] as const;

/** The two largest units: `2 d 3 h`, `45 s`. */
export function formatDuration(ms: number): string {
  const first = units.findIndex((unit) => ms >= unit.ms);
  if (first === -1) return '0 s';
  let rest = ms;
  const parts = units.slice(first, first + 2).map((unit) => {
    const count = Math.floor(rest / unit.ms);
    rest -= count * unit.ms;
    return count === 0 ? '' : `${count} ${unit.name}`;
  });
  return parts.filter((part) => part !== '').join(' ');
}

/** `2026-11-22 21:38`, in UTC. */
export function formatMinute(at: Instant): string {
  return new Date(at).toISOString().slice(0, 16).replace('T', ' ');
}

/** `3 h ago`, `in 5 min`: the largest unit alone. */
export function formatDistance(at: Instant, now: Instant): string {
  const distanceMs = Math.abs(now - at);
  const unit = units.find(({ ms }) => distanceMs >= ms);
  if (unit === undefined) return 'now';
  const count = `${Math.floor(distanceMs / unit.ms)} ${unit.name}`;
  return at <= now ? `${count} ago` : `in ${count}`;
}

/** `2026-11-22 21:38 (3 h ago)`; a dash when there is no time. */
export function formatMoment(at: Instant | null, now: Instant): string {
  return at === null ? '-' : `${formatMinute(at)} (${formatDistance(at, now)})`;
}
