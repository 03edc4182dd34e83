/** Writes a moment for a reader: "Tuesday, November 17, 2026 at 2:05 PM EST", in that language and zone. */
export function momentFormat(locale: string, timeZone: string): Intl.DateTimeFormat {
  const options = {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
  } as const;
  try {
    return new Intl.DateTimeFormat(locale, { ...options, timeZone });
  } catch {
    // Zones leave the tz database now and then; a time in UTC is better than none.
    return new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
  }
}
