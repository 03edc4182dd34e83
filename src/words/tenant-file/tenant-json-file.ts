import type { FileEntry, LineProblem, TenantFile } from '../../monitoring/importing/file-entry.ts';
import { columnNamed } from '../../monitoring/importing/tenant-columns.ts';
import type { TenantFields } from '../../monitoring/tenants/tenant-input.ts';
import { UnreadableFile } from './unreadable-file.ts';

export function readJsonTenants(name: string, text: string): TenantFile {
  return tenantsIn(name, parse(name, text));
}

/** The tenants of a document that was parsed already. */
export function tenantsIn(name: string, document: unknown): TenantFile {
  return { unit: 'entry', entries: listIn(name, document).map((entry, index) => entryOf(index + 1, entry)) };
}

/** The parser's message quotes the text around the fault, which may be a token: only the place is kept. */
function parse(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const [place] = /line \d+ column \d+/.exec(String(error)) ?? ['some place'];
    throw new UnreadableFile(
      `${name} is not JSON: it breaks off at ${place}.`,
      'Correct it there. Nothing was imported.',
    );
  }
}

function listIn(name: string, document: unknown): readonly unknown[] {
  const list = isObject(document) ? document.tenants : document;
  if (Array.isArray(list)) return list;
  throw new UnreadableFile(
    `${name} holds no list of tenants.`,
    'Write [{"name": …}, …] or {"tenants": [{"name": …}, …]}.',
  );
}

function entryOf(line: number, entry: unknown): FileEntry {
  if (!isObject(entry)) return { line, fields: {}, problems: [{ field: null, problem: 'it is not an object' }] };
  const given = Object.entries(entry).filter(([, value]) => value !== null);
  const values = given.map(([name, value]) => [columnNamed(name) ?? name, value] as const);
  const names = values.map(([name]) => name);
  const problems = values.flatMap(([name, value], index) =>
    names.indexOf(name) < index ? [{ field: name, problem: 'it is there twice' }] : problemOf(name, value),
  );
  if (problems.length > 0) return { line, fields: {}, problems };
  return { line, fields: fieldsOf(Object.fromEntries(values)), problems: [] };
}

function problemOf(field: string, value: unknown): readonly LineProblem[] {
  if (columnNamed(field) === null) return [{ field, problem: 'there is no such field' }];
  if (typeof value === 'string' || (field === 'expires_in' && typeof value === 'number')) return [];
  if (field === 'cc') {
    const isList = Array.isArray(value) && value.every((item) => typeof item === 'string');
    return isList ? [] : [{ field, problem: 'it is neither a text nor a list of texts' }];
  }
  return [{ field, problem: 'it is not a text' }];
}

function fieldsOf({ id: _id, state: _state, cc, ...rest }: Readonly<Record<string, unknown>>): TenantFields {
  const texts = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)]));
  if (cc === undefined) return texts;
  return { ...texts, cc: Array.isArray(cc) ? cc.map(String) : String(cc).split(';') };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
