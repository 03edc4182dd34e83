import { Writable } from 'node:stream';
import type { Output } from '../../src/cli/context.ts';

export type CapturedOutput = Readonly<{ output: Output; text(): string }>;

/** An output of a command that keeps what is written to it. */
export function capturedOutput({
  isTerminal = false,
  hasColour = false,
  columns = null,
}: Partial<Pick<Output, 'isTerminal' | 'hasColour' | 'columns'>> = {}): CapturedOutput {
  const chunks: string[] = [];
  const write = (chunk: unknown): number => chunks.push(String(chunk));
  const stream = new Writable({
    decodeStrings: false,
    write: (chunk, _encoding, done) => {
      write(chunk);
      done();
    },
  });
  const tty = Object.assign(stream, { isTTY: isTerminal, columns });
  return { output: { write, isTerminal, hasColour, columns, stream: tty }, text: () => chunks.join('') };
}
