import { DAY_MS, type Instant, SECOND_MS } from '../../src/domain/model/time.ts';

/** One change of a zone's clocks; `before` and `after` are how far they are ahead of UTC. */
export type ClockChange = Readonly<{ zone: string; at: Instant; before: number; after: number }>;

/** Names that the list of Intl leaves out, though Constant Contact and people use them. */
const OLD_NAMES = [
  'US/Eastern',
  'US/Pacific',
  'US/Alaska',
  'US/Hawaii',
  'US/Arizona',
  'US/Indiana-Starke',
  'Canada/Newfoundland',
  'Canada/Atlantic',
  'EST',
  'EST5EDT',
  'CET',
  'WET',
  'GB',
  'Eire',
  'Cuba',
  'Egypt',
  'Iran',
  'Israel',
  'Turkey',
  'NZ',
  'NZ-CHAT',
  'Australia/LHI',
  'Chile/Continental',
  'Asia/Calcutta',
  'Europe/Kiev',
  'America/Godthab',
  'Etc/GMT+5',
];

export const everyZone: readonly string[] = [...new Set([...Intl.supportedValuesOf('timeZone'), ...OLD_NAMES])];

/** Every change of the clocks of every zone; a change that several zones make alike is there once. */
export function clockChanges(from: Instant, to: Instant): readonly ClockChange[] {
  const all = everyZone.flatMap((zone) => changesOf(zone, from, to));
  return [...new Map(all.map((change) => [`${change.at} ${change.before} ${change.after}`, change])).values()];
}

function changesOf(zone: string, from: Instant, to: Instant): readonly ClockChange[] {
  const offsetAt = offsetReader(zone);
  const weeks = Array.from({ length: Math.ceil((to - from) / (7 * DAY_MS)) }, (_, week) => from + week * 7 * DAY_MS);
  return weeks.flatMap((week) => {
    const [before, after] = [offsetAt(week), offsetAt(week + 7 * DAY_MS)];
    if (before === after) return [];
    let [earlier, later] = [week, week + 7 * DAY_MS];
    while (later - earlier > SECOND_MS) {
      const middle = earlier + Math.floor((later - earlier) / SECOND_MS / 2) * SECOND_MS;
      if (offsetAt(middle) === before) earlier = middle;
      else later = middle;
    }
    return [{ zone, at: later, before, after }];
  });
}

/** Read from the digits of a clock, other than in the code that is tested. */
function offsetReader(timeZone: string): (at: Instant) => number {
  const date = { year: 'numeric', month: 'numeric', day: 'numeric' } as const;
  const time = { hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23' } as const;
  const format = new Intl.DateTimeFormat('en-US', { timeZone, ...date, ...time });
  return (at) => {
    const [month = 0, day = 0, year = 0, ...clock] = (format.format(at).match(/\d+/g) ?? []).map(Number);
    const [hour = 0, minute = 0, second = 0] = clock;
    return Date.UTC(year, month - 1, day, hour, minute, second) - at;
  };
}
