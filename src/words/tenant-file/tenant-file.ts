import type { TenantFile } from '../../monitoring/importing/file-entry.ts';
import { readCsvTenants } from './tenant-csv-file.ts';
import { readJsonTenants, tenantsIn } from './tenant-json-file.ts';
import { UnreadableFile } from './unreadable-file.ts';

const saveHint = (encoding: string) =>
  `In the spreadsheet, save it as "CSV UTF-8"; elsewhere, convert it: \`iconv -f ${encoding} -t UTF-8 FILE > NEW-FILE\`.`;

export type FileText = Readonly<{
  /** What a person calls it. */
  name: string;
  /** Null: to be recognised by the name, else by the first characters. */
  format: 'csv' | 'json' | null;
  text: string;
  /** A CSV file of more lines with a tenant is refused as soon as that is found; any number unless given. */
  mostLines?: number;
}>;

/** Throws `UnreadableFile` when nothing of it can be read; what is wrong with a line is said of that line. */
export function readTenantFile({ name, format, text, mostLines = Number.POSITIVE_INFINITY }: FileText): TenantFile {
  const content = text.replace(/^\uFEFF+/, '');
  // Every other byte of UTF-16 is zero where the text is English; its own byte order mark is none in UTF-8.
  if (/\0|^\uFFFD{2}/.test(content)) {
    throw new UnreadableFile(
      `${name} is not UTF-8 text but UTF-16, which spreadsheets call "Unicode Text".`,
      saveHint('UTF-16'),
    );
  }
  if (content.includes('\uFFFD')) {
    throw new UnreadableFile(
      `${name} is not UTF-8 text. Spreadsheets write WINDOWS-1252 otherwise.`,
      saveHint('WINDOWS-1252'),
    );
  }
  if (content.trim() === '') throw new UnreadableFile(`${name} is empty.`, 'Its first line names the columns.');
  return (format ?? formatOf(name, content)) === 'json'
    ? readJsonTenants(name, content)
    : { unit: 'line', entries: readCsvTenants(content, { name, mostLines }) };
}

export { tenantsIn };

function formatOf(name: string, content: string): 'csv' | 'json' {
  if (/\.json$/i.test(name)) return 'json';
  return !/\.csv$/i.test(name) && /^\s*[[{]/.test(content) ? 'json' : 'csv';
}
