/**
 * Starts Linkwatch, with its compiled code kept between starts: most of a short command's time would go into compiling.
 * Plain JavaScript, because what Node.js reads before the cache is on is compiled anew by every start. The cache lies
 * with the packages, not in a folder that any user of the machine may write to; where it cannot be written, nothing is
 * kept.
 */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

enableCompileCache(join(import.meta.dirname, '../../node_modules/.cache/linkwatch'));

if (process.argv[2] === 'start') (await import('../composition/small-heap.ts')).keepHeapSmall(import.meta.filename);

await import('../composition/command-line.ts');
