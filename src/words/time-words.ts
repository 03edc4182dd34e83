import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../domain/model/time.ts';
import { momentFormat } from './moment-format.ts';
import { plainSpaces } from './plain-spaces.ts';
import { remember } from './remember.ts';

export type TimeWords = Readonly<{
  /** "Tuesday, November 17, 2026 at 2:05 PM Eastern Time", in the reader's zone. */
  moment(at: Instant): string;
  /** "2 days ago". */
  ago(at: Instant): string;
  /** "2 days". */
  lasting(ms: number): string;
}>;

/** Times in a reader's language and zone, as of `now`, without the no-break spaces that Intl inserts. */
export function timeWords({
  locale,
  timeZone,
  now,
}: Readonly<{ locale: string; timeZone: string; now: Instant }>): TimeWords {
  const moment = momentFormat(locale, timeZone);
  return {
    moment: (at) => plainSpaces(moment(at)),
    ago: (at) => {
      const { count, unit } = roughly(now - at);
      return plainSpaces(relativeFormat(locale).format(-count, unit));
    },
    lasting: (ms) => {
      const { count, unit } = roughly(ms);
      return plainSpaces(new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count));
    },
  };
}

const relativeFormat = remember(20, (locale: string) => new Intl.RelativeTimeFormat(locale, { numeric: 'always' }));

type Rough = Readonly<{ count: number; unit: 'minute' | 'hour' | 'day' }>;

function roughly(ms: number): Rough {
  if (ms >= 2 * DAY_MS) return { count: Math.floor(ms / DAY_MS), unit: 'day' };
  if (ms >= 2 * HOUR_MS) return { count: Math.floor(ms / HOUR_MS), unit: 'hour' };
  return { count: Math.max(1, Math.floor(ms / MINUTE_MS)), unit: 'minute' };
}
