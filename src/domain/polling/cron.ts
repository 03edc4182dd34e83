/** The values of each field of a cron expression, as numbers in ascending order. */
export type Cron = Readonly<{
  seconds: readonly number[];
  minutes: readonly number[];
  hours: readonly number[];
  /** Days, or L for the last day of the month. Null when the field allows every day. */
  monthDays: ReadonlySet<number | string> | null;
  months: ReadonlySet<number | string>;
  /** 0 (Sunday) to 6; 5L is the last Friday of the month, 5#2 the second. Null when the field allows every day. */
  weekdays: ReadonlySet<number | string> | null;
}>;

export type Parsed<T> = Readonly<{ ok: true; value: T }> | Readonly<{ ok: false; problem: string }>;

/** Every minute of the hour and more, written out, is shorter. */
const LONGEST = 1000;

/** Reads the five fields from minute to weekday, or six with the second before them. */
export function readCron(expression: string): Parsed<Cron> {
  if (expression.length > LONGEST) return refused(`it is longer than ${LONGEST} characters`);
  const texts = expression.trim().split(/\s+/);
  if (texts.length !== 5 && texts.length !== 6)
    return refused(`it has ${texts.length === 1 ? 'one field' : `${texts.length} fields`} instead of 5 or 6`);
  const six = texts.length === 5 ? ['0', ...texts] : texts;
  const fields = FIELDS.map((field, index) => readField(field, six[index] ?? ''));
  const bad = fields.find((field) => !field.ok);
  if (bad !== undefined) return bad;
  const [seconds = [], minutes = [], hours = [], monthDays = [], months = [], weekdays = []] = fields.flatMap(
    (field) => (field.ok ? [field.value] : []),
  );
  return {
    ok: true,
    value: {
      seconds: ascending(seconds),
      minutes: ascending(minutes),
      hours: ascending(hours),
      monthDays: isAny(six[3]) ? null : new Set(monthDays),
      months: new Set(months),
      weekdays: isAny(six[5]) ? null : new Set(weekdays.map(withSundayAs0)),
    },
  };
}

type Value = number | string;

type Field = Readonly<{ name: string; min: number; max: number; names?: readonly string[]; special?: RegExp }>;

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

const FIELDS: readonly Field[] = [
  { name: 'second', min: 0, max: 59 },
  { name: 'minute', min: 0, max: 59 },
  { name: 'hour', min: 0, max: 23 },
  { name: 'day of the month', min: 1, max: 31, special: /^L$/ },
  { name: 'month', min: 1, max: 12, names: MONTHS },
  { name: 'day of the week', min: 0, max: 7, names: WEEKDAYS, special: /^[0-7](L|#[1-5])$/ },
];

/** Characters of what is not understood. */
const SHOWN = 40;

function readField(field: Field, text: string): Parsed<readonly Value[]> {
  const values: Value[] = [];
  for (const item of text.split(',')) {
    const read = readItem(field, item);
    if (!read.ok) return refused(`its ${field.name} “${item.slice(0, SHOWN)}” ${read.problem}`);
    values.push(...read.value);
  }
  return { ok: true, value: values };
}

/**
 * All values (*), one (5) or a range (1-5), each perhaps with a step (/15). With a step, 5 means from 5 to the last.
 */
const ITEM = /^(?:[*?]|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/;

function readItem({ min, max, names = [], special }: Field, item: string): Parsed<readonly Value[]> {
  const text = item.toUpperCase().replace(/[A-Z]{3}/g, (name) => {
    const index = names.indexOf(name);
    return index === -1 ? name : String(index + min);
  });
  if (special?.test(text)) return { ok: true, value: [text] };
  const match = ITEM.exec(text);
  if (match === null) return refused('is not understood');
  const [, first, last, step] = match;
  const from = Number(first ?? min);
  const to = Number(last ?? (first === undefined || step !== undefined ? max : first));
  if (from < min || to > max) return refused(`is not within ${min}-${max}`);
  if (from > to) return refused('ends before it begins');
  if (Number(step) === 0) return refused('has a step of 0');
  return { ok: true, value: numbersBetween(from, to, Number(step ?? 1)) };
}

export function numbersBetween(from: number, to: number, step = 1): readonly number[] {
  return Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step);
}

function isAny(text: string | undefined): boolean {
  return text === '*' || text === '?';
}

function withSundayAs0(value: Value): Value {
  return typeof value === 'number' ? value % 7 : value.replace('7', '0');
}

function ascending(values: readonly Value[]): readonly number[] {
  return [...new Set(values.map(Number))].sort((a, b) => a - b);
}

function refused(problem: string): Readonly<{ ok: false; problem: string }> {
  return { ok: false, problem };
}
