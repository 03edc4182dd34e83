import { type CsvError, parse } from 'csv-parse/sync';
import type { TenantFields } from '../../monitoring/tenants/tenant-input.ts';
import { WrongUsage } from '../failure.ts';
import { unguarded } from '../text/csv.ts';
import { type ImportColumn, importColumns, isImportColumn } from '../text/tenant-columns.ts';
import type { FileEntry } from './file-entry.ts';

type CsvRecord = Readonly<{ line: number; cells: readonly string[]; problem: string | null }>;

const REQUIRED: readonly ImportColumn[] = ['name', 'owner', 'refresh_token'];

export function readCsvTenants(path: string, text: string): readonly FileEntry[] {
  const [header, ...records] = readRecords(text);
  if (header === undefined) throw new WrongUsage(`${path} is empty.`, COLUMNS_HINT);
  const columns = readHeader(path, header);
  return records.map((record) => entryOf(record, columns));
}

const COLUMNS_HINT = `The columns are ${importColumns.join(', ')}; several addresses in cc are separated by semicolons.`;

function readHeader(path: string, { cells, problem }: CsvRecord): readonly ImportColumn[] {
  const names = cells.map((cell) => cell.toLowerCase().replaceAll(/[\s-]+/g, '_'));
  const columns = names.filter(isImportColumn);
  const unknown = cells.filter((_, index) => !isImportColumn(names[index] ?? ''));
  const missing = REQUIRED.filter((name) => !columns.includes(name));
  if (columns.length === 0) throw new WrongUsage(`The first line of ${path} does not name the columns.`, COLUMNS_HINT);
  const twice = columns.find((name, index) => columns.indexOf(name) < index);
  const faults = [
    ...(problem === null ? [] : [problem]),
    ...unknown.map((cell) => `there is no column ${JSON.stringify(cell.slice(0, 30))}`),
    ...missing.map((name) => `the column ${name} is missing`),
    ...(twice === undefined ? [] : [`the column ${twice} is there twice`]),
  ];
  if (faults.length > 0) throw new WrongUsage(`The first line of ${path}: ${faults.join(', ')}.`, COLUMNS_HINT);
  return columns;
}

function entryOf({ line, cells, problem }: CsvRecord, columns: readonly ImportColumn[]): FileEntry {
  if (problem !== null) return { line, fields: {}, problems: [{ field: null, problem }] };
  if (cells.length !== columns.length) {
    const mismatch = `it has ${cells.length} columns and the first line ${columns.length}: a comma inside a text needs quotes around the text`;
    return { line, fields: {}, problems: [{ field: null, problem: mismatch }] };
  }
  const texts = columns.map((column, index) => [column, unguarded(cells[index] ?? '')] as const);
  const { id: _id, state: _state, cc, ...rest } = Object.fromEntries(texts) as Partial<Record<ImportColumn, string>>;
  return { line, fields: { ...rest, ...copiesOf(cc) }, problems: [] };
}

function copiesOf(cc: string | undefined): TenantFields {
  return cc === undefined ? {} : { cc: cc.split(';') };
}

/** Line breaks are made alike first: the parser would count those of Windows inside quotes twice. */
function readRecords(text: string): readonly CsvRecord[] {
  const content = text.replaceAll(/\r\n?/g, '\n');
  const broken: CsvRecord[] = [];
  const records = parse(content, {
    delimiter: delimiterOf(content),
    info: true,
    raw: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
    skip_records_with_error: true,
    on_skip: (error, raw) => {
      broken.push({ line: lineOf(error?.lines, raw), cells: [], problem: quoteProblem(error) });
      return undefined;
    },
    trim: true,
  }) as unknown as readonly ParsedRecord[];
  const whole = records.map(({ record, info, raw }) => ({
    line: lineOf(info.lines, raw),
    cells: record,
    problem: null,
  }));
  return [...whole, ...broken].sort((a, b) => a.line - b.line);
}

/** What the parser gives with `info` and `raw`; its types do not know. */
type ParsedRecord = Readonly<{ record: readonly string[]; info: Readonly<{ lines: number }>; raw: string }>;

/** The parser counts where a record ends; a person looks where it begins. */
function lineOf(lastLine: unknown, raw: string | undefined): number {
  const breaks = raw?.replace(/^\n+|\n+$/g, '').split('\n').length ?? 1;
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
  const adapters = (delimiter: string): number => header.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, delimiter) => (adapters(delimiter) > adapters(best) ? delimiter : best));
}
