import { CommanderError } from 'commander';
import type { Cli } from './context.ts';
import { EXIT_DONE } from './failure.ts';
import { createProgram } from './program.ts';
import { reportFailure } from './report-failure.ts';

/**
 * Runs one command and gives its exit code: 0 done, 1 it failed, 2 wrong usage or configuration.
 *
 * @param args what stands after `linkwatch`
 */
export async function runCli(cli: Cli, args: readonly string[]): Promise<number> {
  const program = createProgram(cli);
  try {
    await program.parseAsync(args, { from: 'user' });
    return EXIT_DONE;
  } catch (error) {
    const isHelpOrVersion = error instanceof CommanderError && error.exitCode === EXIT_DONE;
    return isHelpOrVersion ? EXIT_DONE : reportFailure(cli, { error, program, args });
  }
}
