import { type CsvError, parse } from 'csv-parse/sync';
import type { FileEntry, LineProblem } from '../../monitoring/importing/file-entry.ts';
import { columnNamed, type ImportColumn, importColumns } from '../../monitoring/importing/tenant-columns.ts';
import { unguarded } from '../csv.ts';
import { UnreadableFile } from './unreadable-file.ts';

type CsvRecord = Readonly<{ line: number; cells: readonly string[]; problem: string | null }>;

/** Null where the first line has no name: such a column must be empty in every line. */
type Columns = readonly (ImportColumn | null)[];

type CsvFile = Readonly<{
  /** What a person calls it. */
  name: string;
  /** Lines with a tenant; a file of more is refused. */
  mostLines: number;
}>;

/** An empty cell says nothing: it is as if its column were not there. */
export function readCsvTenants(text: string, { name, mostLines }: CsvFile): readonly FileEntry[] {
  const [header, ...records] = readRecords(text, { name, mostLines });
  if (header === undefined) throw new UnreadableFile(`${name} is empty.`, COLUMNS_HINT);
  const columns = readHeader(name, header);
  return records.map((record) => entryOf(record, columns));
}

const COLUMNS_HINT = `The columns are ${importColumns.join(', ')}; several addresses in cc are separated by semicolons.`;

function readHeader(name: string, { line, cells, problem }: CsvRecord): Columns {
  const columns = cells.map(columnNamed);
  const named = columns.filter((column) => column !== null);
  if (named.length === 0)
    throw new UnreadableFile(`The first line of ${name} does not name the columns.`, COLUMNS_HINT);
  const unknown = cells.filter((cell, index) => !isEmpty(cell) && columns[index] === null);
  const needed: readonly ImportColumn[] = named.includes('external_id') ? [] : ['name', 'owner'];
  const twice = new Set(named.filter((column, index) => named.indexOf(column) < index));
  const faults = [
    ...(problem === null ? [] : [problem]),
    ...unknown.map((cell) => `there is no column ${JSON.stringify(cell.slice(0, 30))}`),
    ...needed.filter((column) => !named.includes(column)).map((column) => `the column ${column} is missing`),
    ...[...twice].map((column) => `the column ${column} is there twice`),
  ];
  if (faults.length > 0) throw new UnreadableFile(`Line ${line} of ${name}: ${faults.join(', ')}.`, COLUMNS_HINT);
  return columns;
}

function entryOf({ line, cells, problem }: CsvRecord, columns: Columns): FileEntry {
  const filled = cells.flatMap((cell, index) => (isEmpty(cell) ? [] : [{ cell, index }]));
  const stray = filled.findLast(({ index }) => (columns[index] ?? null) === null);
  if (problem !== null || stray !== undefined) {
    return {
      line,
      fields: {},
      problems: [{ field: null, problem: problem ?? strayProblem(stray?.index ?? 0, columns) }],
    };
  }
  const texts = filled.flatMap(({ cell, index }) => {
    const column = columns[index] ?? null;
    return column === null ? [] : [[column, unguarded(cell)] as const];
  });
  const { id: _id, state: _state, cc, ...rest } = Object.fromEntries(texts) as Partial<Record<ImportColumn, string>>;
  return { line, fields: { ...rest, ...(cc !== undefined && { cc: cc.split(';') }) }, problems: roundedNumber(rest) };
}

function strayProblem(index: number, columns: Columns): string {
  return index < columns.length
    ? `there is a text in column ${index + 1}, which has no name in the first line`
    : `it has ${index + 1} columns and the first line ${columns.length}: a comma inside a text needs quotes around the text`;
}

/** Spreadsheets show a long number like this, and save what they show. */
function roundedNumber({ external_id = '' }: Partial<Record<ImportColumn, string>>): readonly LineProblem[] {
  if (!/^\d([.,]\d+)?E\+\d+$/i.test(external_id)) return [];
  const problem = 'a spreadsheet has rounded this number: make its column one of text, and enter the number again';
  return [{ field: 'external_id', problem }];
}

function isEmpty(cell: string): boolean {
  return cell.trim() === '';
}

/**
 * The parser goes through all of a record for each of its faults: with more of them a file is no CSV, or is never read.
 */
const MOST_FAULTS = 2_000;

/**
 * Line breaks are made alike first: the parser would count those of Windows inside quotes twice. The lines are counted
 * while it reads: one that has fewer cells than the first takes the parser some hundredths of a millisecond.
 */
function readRecords(text: string, { name, mostLines }: CsvFile): readonly CsvRecord[] {
  const lines = text.replaceAll(/\r\n?/g, '\n');
  // The line by which spreadsheets say how they separate columns.
  const [said, separator] = /^\s*"?sep=(.)"?[^\S\n]*(?=\n|$)/i.exec(lines) ?? [''];
  const content = lines.slice(said.length);
  const linesBefore = said.split('\n').length - 1;
  const broken = new Map<number, CsvRecord>();
  let faults = 0;
  // The first one has the columns.
  let left = mostLines + 1;
  const counted = (record: CsvRecord): CsvRecord => {
    left -= 1;
    if (left < 0) throw new UnreadableFile(`${name} has more than ${mostLines} lines.`, 'Import it in parts.');
    return record;
  };
  const parserOptions = {
    delimiter: separator ?? delimiterOf(content),
    // Otherwise the parser would look at the whole text for the kind of its line breaks.
    record_delimiter: '\n',
    info: true,
    raw: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    skip_records_with_error: true,
    on_skip: (error: CsvError | undefined, raw: string | undefined) => {
      faults += 1;
      if (faults > MOST_FAULTS) throw tooManyFaults(name);
      const line = linesBefore + lineOf(error?.lines, raw);
      if (!broken.has(line)) broken.set(line, counted({ line, cells: [], problem: quoteProblem(error) }));
      return undefined;
    },
    // At once, so that no more is kept of 100,000 lines than their cells.
    on_record: ({ record, info, raw }: ParsedRecord): CsvRecord =>
      counted({ line: linesBefore + lineOf(info.lines, raw), cells: record, problem: null }),
    trim: true,
  };
  const whole = parse(content, parserOptions as object) as unknown as readonly CsvRecord[];
  return broken.size === 0 ? whole : [...whole, ...broken.values()].sort((a, b) => a.line - b.line);
}

function tooManyFaults(name: string): UnreadableFile {
  const hint = 'Put each text with such marks in quotes, and write its marks twice. Nothing was imported.';
  return new UnreadableFile(`${name} has more than ${MOST_FAULTS} quotation marks that stand inside a text.`, hint);
}

/** What the parser gives with `info` and `raw`; its types do not know. */
type ParsedRecord = Readonly<{ record: readonly string[]; info: Readonly<{ lines: number }>; raw: string }>;

/** The parser counts where a record ends; a person looks where it begins. */
function lineOf(lastLine: unknown, raw: string | undefined): number {
  const breaks = raw?.replace(/^\n+|(?<!\n)\n+$/g, '').split('\n').length ?? 1;
  return Number(lastLine) - breaks + 1;
}

function quoteProblem(error: CsvError | undefined): string {
  return error?.code === 'CSV_QUOTE_NOT_CLOSED'
    ? 'a quotation mark opens here and is never closed'
    : 'a quotation mark stands inside a text: put the text in quotes, and write the mark twice';
}

/** Spreadsheets of some countries separate by semicolons or tabs: whatever parts the first line most. */
function delimiterOf(content: string): string {
  const [header = ''] = content.trimStart().split('\n', 1);
  const columnsBy = (delimiter: string): number => header.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, delimiter) => (columnsBy(delimiter) > columnsBy(best) ? delimiter : best));
}
