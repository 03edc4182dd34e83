/**
 * Starts Linkwatch, with its compiled code kept between starts, and without a search for its modules: most of a short
 * command's time would go into these two. Plain JavaScript, because what Node.js reads before the cache is on is
 * compiled anew by every start. The cache lies with the packages, not in a folder that any user of the machine may
 * write to; where it cannot be written, nothing is kept.
 */
import { enableCompileCache, registerHooks } from 'node:module';
import { join } from 'node:path';

/**
 * Prisma's adapter imports libSQL's whole client. Linkwatch opens files alone, and the client's part for servers is
 * twice as much to load.
 */
const lighterImports = new Map([['@libsql/client', '@libsql/client/sqlite3']]);

enableCompileCache(join(import.meta.dirname, '../../node_modules/.cache/linkwatch'));
registerHooks({ resolve: resolveQuickly });

if (process.argv[2] === 'start') (await import('../composition/small-heap.ts')).keepHeapSmall(import.meta.filename);

await import('../composition/command-line.ts');

/**
 * Our own imports name their file in full, so that nothing has to be searched: Node.js would ask the disk for each
 * file, and for a package.json in every folder above it. Some packages are replaced by a lighter part of themselves.
 */
function resolveQuickly(specifier, context, resolve) {
  const isOwn = specifier.startsWith('.') && specifier.endsWith('.ts');
  if (!isOwn) return resolve(lighterImports.get(specifier) ?? specifier, context);
  return { url: new URL(specifier, context.parentURL).href, format: 'module-typescript', shortCircuit: true };
}
