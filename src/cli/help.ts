import type { Command } from 'commander';

/** Adds examples to a command's help, each given without `linkwatch`. */
export function withExamples(command: Command, ...lines: readonly string[]): Command {
  const title = lines.length === 1 ? 'Example:' : 'Examples:';
  return command.addHelpText('after', ['', title, ...lines.map((line) => `  linkwatch ${line}`)].join('\n'));
}

export function withJson(command: Command): Command {
  return command.option('--json', 'print one JSON document and nothing else');
}
