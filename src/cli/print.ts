import type { Answer } from './answers.ts';
import type { Cli } from './context.ts';

export type JsonOption = Readonly<{ json?: boolean }>;

/** An answer of the application; or one of the command line alone, which has no time in it. */
type Printed = Answer | Readonly<{ as: 'plain'; view: object }>;

export function printLine(cli: Cli, text: string): void {
  cli.stdout.write(`${text}\n`);
}

/** The one answer of a command: a JSON document of the public contract, or text for a person. */
export async function printAnswer(
  cli: Cli,
  { json = false }: JsonOption,
  answer: Printed & Readonly<{ text: () => string }>,
): Promise<void> {
  printLine(cli, json ? await toDocument(answer) : answer.text());
}

/** Only an answer of the application needs the schemas, which take time to load. */
async function toDocument(answer: Printed): Promise<string> {
  return answer.as === 'plain' ? JSON.stringify(answer.view) : (await import('./answers.ts')).toJson(answer);
}
