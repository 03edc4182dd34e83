import { WrongUsage } from '../failure.ts';
import type { FileEntry } from './file-entry.ts';
import { readCsvTenants } from './tenant-csv-file.ts';
import { readJsonTenants } from './tenant-json-file.ts';

export type TenantFile = Readonly<{ unit: 'line' | 'entry'; entries: readonly FileEntry[] }>;

const SAVE_HINT =
  'In the spreadsheet, save it as "CSV UTF-8"; elsewhere, convert it: `iconv -f UTF-16 -t UTF-8`, or from whatever it is in.';

/** The format is recognised by the file's name, else by its first characters. */
export function readTenantFile(path: string, text: string): TenantFile {
  const content = text.replace(/^\uFEFF+/, '');
  // Every other byte of UTF-16 is zero where the text is English; its own byte order mark is none in UTF-8.
  if (/\0|^\uFFFD{2}/.test(content)) {
    throw new WrongUsage(`${path} is not UTF-8 text but UTF-16, which spreadsheets call "Unicode Text".`, SAVE_HINT);
  }
  if (content.includes('\uFFFD')) throw new WrongUsage(`${path} is not UTF-8 text.`, SAVE_HINT);
  if (content.trim() === '') throw new WrongUsage(`${path} is empty.`, 'Its first line names the columns.');
  const isJson = /\.json$/i.test(path) || (!/\.csv$/i.test(path) && /^\s*[[{]/.test(content));
  return isJson
    ? { unit: 'entry', entries: readJsonTenants(path, content) }
    : { unit: 'line', entries: readCsvTenants(path, content) };
}
