import type { Command } from 'commander';
import { readAllPages } from '../../monitoring/pages.ts';
import { operator } from '../../monitoring/viewer.ts';
import type { Cli } from '../context.ts';
import { withExamples, withJson } from '../help.ts';
import { withApp } from '../open-app.ts';
import { type JsonOption, printAnswer } from '../print.ts';

export function addOpen(parent: Command, cli: Cli): void {
  const command = parent
    .command('open')
    .summary('sign in to the dashboard')
    .description(
      'Print a link that signs a browser in to the dashboard: once, within a minute, and for 12 hours. The daemon must run.',
    )
    .option('--local', "at this machine's own address instead of PUBLIC_URL")
    .action((options: OpenOptions) => open(cli, options));
  withExamples(withJson(command), 'open', 'open --local');
}

type OpenOptions = JsonOption & Readonly<{ local?: boolean }>;

async function open(cli: Cli, options: OpenOptions): Promise<void> {
  const { url, isServed } = await withApp(cli, { purpose: 'read' }, async (app, { http }) => {
    const base = options.local ? `http://${http.host}:${http.port}` : http.publicUrl;
    const workers = await readAllPages((page) => app.operations.workers(operator, page));
    return {
      url: `${base}/sign-in/${await app.apiKeys.signInLink(operator)}`,
      isServed: workers.some(({ isAlive, roles }) => isAlive && roles.includes('http')),
    };
  });
  if (!isServed)
    cli.stderr.write('No daemon serves pages now: run `linkwatch start`, and open the link within a minute.\n');
  await printAnswer(cli, options, { as: 'plain', view: { url }, text: () => url });
}
