import { HOUR_MS, type Instant } from '../domain/model/time.ts';
import { remember } from './remember.ts';

const options = {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
} as const;

/**
 * Writes moments for a reader, in that language and zone: "Tuesday, November 17, 2026 at 2:05 PM Eastern Time". The
 * zone has the name by which people know it; the hour that clocks repeat in autumn says which of the two it is.
 */
export function momentFormat(locale: string, timeZone: string): (at: Instant) => string {
  // Made when a moment first needs it: most mails need one of the three or none.
  const formatWith = (zoneName: ZoneName) => formatOf(locale, timeZone, zoneName);
  return (at) => {
    const named = formatWith('longGeneric');
    const text = written(named, at);
    // Zones without a name, UTC among them, would be "GMT+00:00".
    if (/\d/.test(zoneOf(named, at))) return written(formatWith('short'), at);
    const isRepeated = [HOUR_MS / 2, HOUR_MS].some(
      (apart) => written(named, at - apart) === text || written(named, at + apart) === text,
    );
    return isRepeated ? written(formatWith('long'), at) : text;
  };
}

type ZoneName = 'longGeneric' | 'long' | 'short';

/** Those of the readers that were written to last: most of them share a language and a zone. */
const MOST_FORMATS = 50;

const formatOf = remember(MOST_FORMATS, formatIn);

function formatIn(locale: string, timeZone: string, timeZoneName: ZoneName): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat(locale, { ...options, timeZoneName, timeZone });
  } catch {
    // Zones leave the tz database now and then; a time in UTC is better than none.
    return new Intl.DateTimeFormat(locale, { ...options, timeZoneName, timeZone: 'UTC' });
  }
}

/** English says "2:05 PM Eastern Time"; in the other languages a comma parts the hour from the zone's name. */
function written(format: Intl.DateTimeFormat, at: Instant): string {
  const isEnglish = format.resolvedOptions().locale.startsWith('en');
  const parts = format.formatToParts(at);
  return parts
    .map(({ type, value }, index) => {
      const isBeforeZone = type === 'literal' && parts[index + 1]?.type === 'timeZoneName';
      return isBeforeZone && !isEnglish && /\p{Ll}{2}/u.test(parts[index + 1]?.value ?? '') ? `,${value}` : value;
    })
    .join('');
}

function zoneOf(format: Intl.DateTimeFormat, at: Instant): string {
  return format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
}
