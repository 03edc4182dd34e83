import { type Command, Option } from 'commander';
import type { ConnectionIdentity } from '../../domain/model/connection.ts';
import { DAY_MS, type Instant } from '../../domain/model/time.ts';
import type { Application, HistoryRequest } from '../../monitoring/application.ts';
import { eachPage } from '../../monitoring/pages.ts';
import { operator } from '../../monitoring/viewer.ts';
import { BYTE_ORDER_MARK, csvLines, toCsv } from '../../words/csv.ts';
import { historyColumns, historyRows } from '../../words/history-csv.ts';
import { connectionArgument, timeArgument } from '../arguments.ts';
import type { Cli } from '../context.ts';
import { unknownTenant, WrongUsage } from '../failure.ts';
import { withExamples, withJson } from '../help.ts';
import { tenantIdOf } from '../known-tenants.ts';
import { withApp } from '../open-app.ts';
import { type JsonOption, printAnswer, printLine } from '../print.ts';
import { historyText } from '../text/history-text.ts';

const DEFAULT_SPAN_MS = 30 * DAY_MS;

type HistoryOptions = JsonOption &
  Readonly<{ connection?: ConnectionIdentity; from?: Instant; to?: Instant; csv?: boolean; bom?: boolean }>;

export function addHistory(parent: Command, cli: Cli): void {
  const time = timeArgument(cli.now());
  const command = parent
    .command('history')
    .summary("a tenant's past, uptime included")
    .description(
      "A tenant's past: the periods of each connection, its uptime, and how much of the time was observed. Times are in UTC.",
    )
    .argument('[tenant]', "the tenant's id, external id or name; without it, with --csv, every tenant")
    .option('--connection <network:account>', 'one connection alone', connectionArgument)
    .option('--from <time>', 'a date, a time, or a duration such as 7d; 30 days before --to without it', time)
    .option('--to <time>', 'the same; now without it', time)
    .addOption(new Option('--csv', 'one line a period').conflicts('json'))
    .option('--bom', 'begin the CSV with a byte order mark, by which Excel knows UTF-8')
    .action((tenant: string | undefined, options: HistoryOptions) => history(cli, tenant, options));
  withExamples(
    withJson(command),
    'history 4ba1vqnyqq0hp7ur',
    'history 4ba1vqnyqq0hp7ur --from 2026-11-01 --to 2026-12-01 --csv',
    'history --csv --bom --from 2026-11-01 > november.csv',
    'history 4ba1vqnyqq0hp7ur --connection facebook:17841400000000000 --from 7d',
  );
}

async function history(cli: Cli, tenant: string | undefined, options: HistoryOptions): Promise<void> {
  const { connection = null, to = cli.now(), bom = false } = options;
  const { from = to - DEFAULT_SPAN_MS } = options;
  if (from >= to) throw new WrongUsage('--from is not before --to.', 'Exchange them, or leave one out.');
  if (bom && options.csv !== true) throw new WrongUsage('--bom is for --csv alone.', 'Add --csv, or leave --bom out.');
  if (tenant === undefined && options.csv !== true) {
    throw new WrongUsage(
      'It is not said which tenant is meant.',
      'Name one, such as `linkwatch history NAME`, or add --csv for all.',
    );
  }
  const span = { connection, from, to };
  await withApp(cli, { purpose: 'read' }, async (app) => {
    if (bom) cli.stdout.write(BYTE_ORDER_MARK);
    if (tenant === undefined) return await historyOfAll(cli, app, span);
    const tenantId = await tenantIdOf(app, tenant);
    const view = await app.health.history(operator, { tenantId, ...span });
    if (view === null) throw unknownTenant(tenant);
    const text = () => (options.csv ? toCsv(historyColumns, historyRows(view)) : historyText(cli, view));
    await printAnswer(cli, options, { as: 'history', view, text });
  });
}

type Span = Pick<HistoryRequest, 'connection' | 'from' | 'to'>;

/** One file, written tenant by tenant: a fleet's past need not fit into memory. */
async function historyOfAll(cli: Cli, app: Application, span: Span): Promise<void> {
  printLine(cli, csvLines([historyColumns]));
  for await (const page of eachPage((request) => app.tenants.list(operator, request))) {
    for (const { id: tenantId } of page) {
      const view = await app.health.history(operator, { tenantId, ...span });
      const rows = view === null ? [] : historyRows(view);
      if (rows.length > 0) printLine(cli, csvLines(rows));
    }
  }
}
