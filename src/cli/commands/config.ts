import { type Command, Option } from 'commander';
import { describeSettings, renderEnvExample } from '../configuration.ts';
import type { Cli } from '../context.ts';
import { BadConfiguration } from '../failure.ts';
import { withExamples, withJson } from '../help.ts';
import { type JsonOption, printAnswer, printLine } from '../print.ts';
import { configText } from '../text/config-text.ts';

type ConfigOptions = JsonOption & Readonly<{ example?: boolean }>;

export function addConfig(parent: Command, cli: Cli): void {
  const command = parent
    .command('config')
    .summary('the values in effect')
    .description('Every variable with the value in effect and where it comes from; secrets as [redacted].')
    .addOption(new Option('--example', 'print the text of .env.example instead').conflicts('json'))
    .action(async (options: ConfigOptions) => {
      if (options.example) printLine(cli, renderEnvExample());
      else await showConfig(cli, options);
    });
  withExamples(withJson(command), 'config', 'config --example > .env');
}

async function showConfig(cli: Cli, options: JsonOption): Promise<void> {
  const settings = describeSettings(cli);
  const { problems } = settings;
  await printAnswer(cli, options, { as: 'plain', view: settings, text: () => configText(cli, settings) });
  if (problems.length > 0) throw new BadConfiguration(problems);
}
