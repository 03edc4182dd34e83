import { Argument, type Command, Option } from 'commander';
import { type PreviewKind, previewKinds } from '../../monitoring/mailing/preview-kinds.ts';
import { operator } from '../../monitoring/viewer.ts';
import { localeArgument } from '../arguments.ts';
import type { Cli } from '../context.ts';
import { withExamples, withJson } from '../help.ts';
import { withApp } from '../open-app.ts';
import { type JsonOption, printAnswer } from '../print.ts';

type PreviewOptions = JsonOption & Readonly<{ locale: string; html?: boolean; text?: boolean }>;

export function addMailPreview(group: Command, cli: Cli): void {
  const command = group
    .command('preview')
    .summary('how a mail looks')
    .description('How a kind of mail looks with your settings, about made-up problems. Nothing is sent.')
    .addArgument(new Argument('<kind>', 'which mail').choices(previewKinds))
    .addOption(
      new Option('--locale <language>', "the reader's, such as de or pt-BR").argParser(localeArgument).default('en-US'),
    )
    .addOption(new Option('--html', 'the HTML alone').conflicts(['text', 'json']))
    .addOption(new Option('--text', 'the plain text alone').conflicts(['html', 'json']))
    .action((kind: PreviewKind, options: PreviewOptions) => preview(cli, kind, options));
  withExamples(withJson(command), 'mail preview alert', 'mail preview reminder --locale de --html > reminder.html');
}

async function preview(cli: Cli, kind: PreviewKind, options: PreviewOptions): Promise<void> {
  const mail = await withApp(cli, { purpose: 'read', database: 'untouched' }, (app) =>
    app.mail.preview(operator, kind, options.locale),
  );
  const { subject, headers, text, html } = mail;
  const shown = () => {
    if (options.html) return html;
    return options.text ? text : `Subject: ${subject}\n\n${text}`;
  };
  await printAnswer(cli, options, { as: 'plain', view: { kind, subject, headers, text, html }, text: shown });
}
