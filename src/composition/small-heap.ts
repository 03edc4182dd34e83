import { setFlagsFromString } from 'node:v8';

/** V8's own choice, 16 MiB and more, is memory that a daemon hardly gains by. V8 takes the size when it starts alone. */
const SMALL_YOUNG_GENERATION = '--max-semi-space-size=2';
/** How much garbage may gather before it is looked for, beside what is in use; V8's own choice is up to four times that. */
const SOON_COLLECTED = '--heap-growing-percent=20';

/**
 * What glibc takes for itself is given back when it is free again: V8 takes its memory for compiling in pieces of 32 KiB,
 * between which others live on. Other libraries of C do not read these.
 */
const GIVEN_BACK = { MALLOC_MMAP_THRESHOLD_: '32768', MALLOC_TRIM_THRESHOLD_: '65536' };

/** For a process that lives long: it takes half the memory. The same process begins anew, with the same number. */
export function keepHeapSmall(main: string): void {
  if (process.platform !== 'win32' && !process.execArgv.includes(SMALL_YOUNG_GENERATION)) {
    const flags = [SMALL_YOUNG_GENERATION, ...process.execArgv.filter((flag) => flag !== '--'), '--'];
    const args = [process.execPath, ...flags, main, ...process.argv.slice(2)];
    process.execve?.(process.execPath, args, { ...GIVEN_BACK, ...process.env });
  }
  setFlagsFromString(SOON_COLLECTED);
}
