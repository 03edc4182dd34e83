import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { keepHeapSmall } from './composition/small-heap.ts';

if (process.argv[2] === 'start') keepHeapSmall(import.meta.filename);

// Most of a short command's time goes into compiling. The cache lies with the packages, not in a folder that any user of
// the machine may write to; where it cannot be written, nothing is kept.
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/linkwatch'));

// Only what is imported after that is kept.
await import('./composition/command-line.ts');
