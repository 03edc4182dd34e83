/**
 * Starts Linkwatch, with its compiled code kept between starts, and without a search for its modules: most of a short
 * command's time would go into these two. Plain JavaScript, because what Node.js reads before the cache is on is compiled
 * anew by every start. The cache lies with the packages, not in a folder that any user of the machine may write to; where
 * it cannot be written, nothing is kept.
 */
import { enableCompileCache, registerHooks } from 'node:module';
import { join } from 'node:path';

/** A client for servers comes with the one for files, the only one that is used here, and is twice as much to load. */
const ofFilesAlone = { '@libsql/client': '@libsql/client/sqlite3' };

enableCompileCache(join(import.meta.dirname, '../../node_modules/.cache/linkwatch'));
registerHooks({ resolve: resolveKnown });

if (process.argv[2] === 'start') (await import('../composition/small-heap.ts')).keepHeapSmall(import.meta.filename);

await import('../composition/command-line.ts');

/**
 * An import of ours names its file in full. Left alone, Node.js would look for each on the disk, and for a package.json in
 * every folder above it.
 */
function resolveKnown(specifier, context, resolve) {
  const isOwn = specifier.startsWith('.') && specifier.endsWith('.ts');
  if (!isOwn) return resolve(ofFilesAlone[specifier] ?? specifier, context);
  return { url: new URL(specifier, context.parentURL).href, format: 'module-typescript', shortCircuit: true };
}
