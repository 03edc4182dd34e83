/**
 * Runs after `npm ci`, and removes what packages bring along and Linkwatch never opens, about 130 MB: the C headers of
 * Node.js, and Prisma's query compilers for other databases, other builds and CommonJS. It is no error where something
 * of that is not there.
 */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const packages = join(dirname(fileURLToPath(import.meta.url)), '../../node_modules');

const nodes = join(packages, 'node/node_modules');
for (const name of entriesOf(nodes)) remove(join(nodes, name, 'include'));

const runtime = join(packages, '@prisma/client/runtime');
const compilersInUse = /^query_compiler_small_bg\.(sqlite|postgresql)\.(wasm-base64\.)?mjs$/;
for (const name of entriesOf(runtime)) {
  if (name.startsWith('query_compiler_') && !compilersInUse.test(name)) remove(join(runtime, name));
}

function entriesOf(folder) {
  return existsSync(folder) ? readdirSync(folder) : [];
}

function remove(path) {
  rmSync(path, { recursive: true, force: true });
}
