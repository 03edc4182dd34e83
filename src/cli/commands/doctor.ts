import type { Command } from 'commander';
import { operator } from '../../monitoring/viewer.ts';
import type { DoctorCheck } from '../../monitoring/views.ts';
import type { Cli } from '../context.ts';
import { CommandFailure } from '../failure.ts';
import { withExamples, withJson } from '../help.ts';
import { withApp } from '../open-app.ts';
import { type JsonOption, printAnswer } from '../print.ts';
import { paint } from '../text/paint.ts';
import { plain } from '../text/plain-text.ts';

export function addDoctor(parent: Command, cli: Cli): void {
  const command = parent
    .command('doctor')
    .summary('check what Linkwatch needs')
    .description(
      'Check the configuration, database, mail server, Constant Contact and clock. Each line is ok, or says what to do.',
    )
    .action((options: JsonOption) => examine(cli, options));
  withExamples(withJson(command), 'doctor');
}

async function examine(cli: Cli, options: JsonOption): Promise<void> {
  const checks = await withApp(cli, { purpose: 'read', database: 'untouched' }, (app) =>
    app.operations.doctor(operator),
  );
  const text = () => checks.map((check) => checkText(cli, check)).join('\n');
  await printAnswer(cli, options, { as: 'checks', view: { checks }, text });
  const bad = checks.filter(({ ok }) => !ok).length;
  if (bad > 0) throw new CommandFailure(`${bad} of ${checks.length} checks failed.`, 'Each says above what to do.');
}

function checkText(cli: Cli, check: DoctorCheck): string {
  const { name, detail, remedy } = check;
  const mark = markOf(cli, check);
  const line = `${mark}  ${plain(name)}: ${plain(detail)}`;
  return remedy === null ? line : `${line}\n      ${plain(remedy)}`;
}

function markOf(cli: Cli, { ok, isUnchecked = false }: DoctorCheck): string {
  if (isUnchecked) return '?   ';
  return ok ? paint(cli.stdout, 'ok  ', 'green') : paint(cli.stdout, 'FAIL', 'red');
}
