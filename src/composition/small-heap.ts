import { setFlagsFromString } from 'node:v8';

/**
 * V8's own choice, 16 MiB and more, is memory that a daemon hardly gains by. V8 takes the size when it starts alone.
 */
const SMALL_YOUNG_GENERATION = '--max-semi-space-size=2';
/**
 * How much garbage may gather before it is looked for, beside what is in use; V8's own choice is up to four times that.
 */
const SOON_COLLECTED = '--heap-growing-percent=20';
/**
 * Polls without end make garbage without end, and pages wait while V8 looks for it. A large fleet is worth the memory
 * that gathers when V8 looks a fourth as often.
 */
const LARGE_FLEET = 20_000;
const SELDOM_COLLECTED = '--heap-growing-percent=80';

/**
 * glibc gives freed memory back to the system at once. V8 takes what it compiles with in pieces of 32 KiB; on the
 * common heap, whatever is allocated between them would keep that memory with the process. Other C libraries ignore
 * these.
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

/** As `keepHeapSmall`, for a process that has begun: its young generation grows no more. */
export function keepHeapSmallFromNow(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString(SOON_COLLECTED);
}

/** To be called once it is known how many tenants the daemon watches. */
export function fitHeapTo(tenants: number): void {
  if (tenants >= LARGE_FLEET) setFlagsFromString(SELDOM_COLLECTED);
}
