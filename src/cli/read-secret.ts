import type { Cli } from './context.ts';
import { WrongUsage } from './failure.ts';

/**
 * A secret as an option gives it: `-` reads stdin, `@FILE` a file, both without the line's end. `what` names the secret
 * in the message that it cannot be read.
 */
export async function readSecret(cli: Cli, argument: string, what: string): Promise<string> {
  if (argument === '-') return (await cli.readStdin()).trim();
  if (!argument.startsWith('@')) return argument;
  const path = argument.slice(1);
  try {
    return cli.readFile(path).trim();
  } catch (cause) {
    throw new WrongUsage(`The ${what}'s file ${path} cannot be read.`, `Name a file with the ${what} alone.`, {
      cause,
    });
  }
}
