import type { ReminderHours } from '../domain/model/settings.ts';
import { accepted, type Parse, rejected } from './variable.ts';

const MINUTES_PER_DAY = 1440;

/** `09:00-17:00` in minutes of the day. It may end at 24:00 and may wrap midnight (`22:00-06:00`). */
export const reminderHours: Parse<ReminderHours> = (text) => {
  const [from, to, ...more] = text.split('-').map((part) => minuteOfDay(part.trim()));
  if (from === undefined || to === undefined || more.length > 0 || from === null || to === null) {
    return rejected('it is not a pair of times', 'two times of 24 hours, such as 09:00-17:00 or 22:00-06:00');
  }
  if (from === MINUTES_PER_DAY) return rejected('a day cannot begin at 24:00', '00:00 as the first time');
  if (from === to) return rejected('it begins and ends at the same time', '00:00-24:00 for the whole day');
  return accepted({ fromMinute: from, toMinute: to });
};

/** `08:00` in minutes of the day; `off` gives null. */
export const timeOfDayOrOff: Parse<number | null> = (text) => {
  const minute = text === 'off' ? null : minuteOfDay(text);
  if (text !== 'off' && (minute === null || minute === MINUTES_PER_DAY)) {
    return rejected('it is not a time of day', 'a time of 24 hours, such as 08:00, or off');
  }
  return accepted(minute);
};

function minuteOfDay(text: string): number | null {
  const match = /^(\d{1,2}):(\d{2})$/.exec(text);
  if (match === null) return null;
  const [hours, minutes] = [Number(match[1]), Number(match[2])];
  const minute = hours * 60 + minutes;
  return minutes > 59 || minute > MINUTES_PER_DAY ? null : minute;
}
