import { WrongUsage } from '../failure.ts';
import type { FileEntry } from './file-entry.ts';
import { readCsvTenants } from './tenant-csv-file.ts';
import { readJsonTenants } from './tenant-json-file.ts';

export type TenantFile = Readonly<{ unit: 'line' | 'entry'; entries: readonly FileEntry[] }>;

/** The format is recognised by the file's name, else by its first characters. */
export function readTenantFile(path: string, text: string): TenantFile {
  const content = text.replace(/^\uFEFF/, '');
  if (/[\uFFFD\0]/.test(content)) {
    throw new WrongUsage(`${path} is not UTF-8 text.`, 'Save it as "CSV UTF-8", or convert it to UTF-8.');
  }
  if (content.trim() === '') throw new WrongUsage(`${path} is empty.`, 'Its first line names the columns.');
  const isJson = /\.json$/i.test(path) || (!/\.csv$/i.test(path) && /^\s*[[{]/.test(content));
  return isJson
    ? { unit: 'entry', entries: readJsonTenants(path, content) }
    : { unit: 'line', entries: readCsvTenants(path, content) };
}
