import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const CHILDREN = join(import.meta.dirname, 'children');
const LARGEST_OUTPUT = 64 * 1024 * 1024;
const TICK_MS = 10;

/** A program of `children/`, to its end; what it prints is JSON. */
export async function measureChild<Answer>(
  file: string,
  args: readonly string[],
  { env = {}, stdin = '' }: Readonly<{ env?: Readonly<Record<string, string>>; stdin?: string }> = {},
): Promise<Answer> {
  const child = run(process.execPath, [join(CHILDREN, file), ...args], {
    env: { ...process.env, ...env },
    maxBuffer: LARGEST_OUTPUT,
  });
  child.child.stdin?.end(stdin);
  return JSON.parse((await child).stdout) as Answer;
}

/** Processor time of a running process, in ms; Linux alone tells. */
export function processorMs(pid: number): number {
  const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1] ?? '';
  const [user = '0', system = '0'] = afterName.split(' ').slice(11, 13);
  return (Number(user) + Number(system)) * TICK_MS;
}

/** The most memory that it has had resident at once. */
export function peakMiB(pid: number): number {
  const [, kib = '0'] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kib) / 1024;
}
