import { toJson } from '../monitoring/to-json.ts';
import type { Cli } from './context.ts';

export type JsonOption = Readonly<{ json?: boolean }>;

export function printLine(cli: Cli, text: string): void {
  cli.stdout.write(`${text}\n`);
}

/** Prints a command's answer: a JSON document of the public contract, or text for a person. */
export function printAnswer(cli: Cli, { json = false }: JsonOption, view: unknown, human: () => string): void {
  printLine(cli, json ? toJson(view) : human());
}
