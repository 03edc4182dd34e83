import type { Answer } from './answers.ts';
import type { Cli } from './context.ts';

export type JsonOption = Readonly<{ json?: boolean }>;

export function printLine(cli: Cli, text: string): void {
  cli.stdout.write(`${text}\n`);
}

/** The one answer of a command: a JSON document of the public contract, or text for a person. */
export async function printAnswer(
  cli: Cli,
  { json = false }: JsonOption,
  { text, ...answer }: Answer & Readonly<{ text: () => string }>,
): Promise<void> {
  // Only a document needs the schemas, which take time to load.
  printLine(cli, json ? (await import('./answers.ts')).toJson(answer) : text());
}
