import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CollectionTag, parse } from 'yaml';

const docker = join(import.meta.dirname, '../../docker');

export type ComposeService = Readonly<{
  image: string;
  build?: Readonly<{ context: string; dockerfile: string }>;
  command?: readonly string[];
  environment?: Readonly<Record<string, string>>;
  healthcheck?: Readonly<{ test: readonly string[] }>;
  depends_on?: unknown;
  stop_grace_period?: string;
  tmpfs?: readonly string[];
}> &
  Readonly<Partial<Record<'networks' | 'ports' | 'secrets' | 'volumes', readonly string[]>>>;

export type ComposeModel = Readonly<{
  services: Readonly<Record<string, ComposeService>>;
  volumes: Readonly<Record<string, unknown>>;
  networks: Readonly<Record<string, unknown>>;
  secrets: Readonly<Record<string, Readonly<{ file: string }>>>;
}>;

type Tree = Readonly<Record<string, unknown>>;

const RESET = Symbol('!reset');
const reset: CollectionTag = { tag: '!reset', collection: 'seq', resolve: () => RESET };
/** An override of these takes the place of what was there; every other list is added to. */
const REPLACED = new Set(['command', 'entrypoint', 'test']);

/** What Compose makes of these files of docker/, by its rules for `extends`, several files and `!reset`. */
export function composed(files: readonly string[]): ComposeModel {
  const empty = { services: {}, volumes: {}, networks: {}, secrets: {} };
  return files.map(extended).reduce<Tree>(merged, empty) as unknown as ComposeModel;
}

/** Compose resolves `extends` in each file by itself, before it merges files. */
function extended(file: string): Tree {
  const tree: Tree = parse(readFileSync(join(docker, file), 'utf8'), { customTags: [reset] });
  const services = Object.entries(tree.services as Record<string, Tree>).map(([name, { extends: from, ...own }]) => {
    if (from === undefined) return [name, own];
    const base = from as Readonly<{ file: string; service: string }>;
    return [name, merged((extended(base.file).services as Record<string, Tree>)[base.service] ?? {}, own)];
  });
  return { ...tree, services: Object.fromEntries(services) };
}

function merged(before: Tree, after: Tree): Tree {
  const all = Object.entries(after).map(([key, value]) => [key, combined(key, before[key], value)]);
  const kept = Object.fromEntries(all.filter(([, value]) => value !== RESET));
  const left = Object.entries(before).filter(([key]) => !Object.hasOwn(after, key));
  return { ...Object.fromEntries(left), ...kept };
}

function combined(key: string, before: unknown, after: unknown): unknown {
  if (isTree(before) && isTree(after)) return merged(before, after);
  if (Array.isArray(before) && Array.isArray(after) && !REPLACED.has(key)) return [...new Set([...before, ...after])];
  return after;
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
