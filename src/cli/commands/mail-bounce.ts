import type { Command } from 'commander';
import { operator } from '../../monitoring/viewer.ts';
import type { BounceOutcome } from '../../monitoring/views.ts';
import type { Cli } from '../context.ts';
import { withExamples, withJson } from '../help.ts';
import { withApp } from '../open-app.ts';
import { type JsonOption, printAnswer } from '../print.ts';
import { bounceText, notRecorded } from '../text/bounce-text.ts';

/** A report holds at most a copy of our own mail, which is a hundred times smaller. */
const MOST_BYTES = 10 * 1024 * 1024;

export function addMailBounce(group: Command, cli: Cli): void {
  const command = group
    .command('bounce')
    .summary('read a mail that came back')
    .description(
      'Read one returned mail (RFC 3464) from stdin, headers first, and record what became of ours: a mailbox for MAIL_RETURN_PATH pipes each of its mails here. Exit code 1: it was no bounce of ours, and nothing was changed.',
    )
    .action(async (options: JsonOption) => {
      const outcome = await record(cli);
      await printAnswer(cli, options, { as: 'bounce', view: outcome, text: () => bounceText(outcome) });
      if (outcome.outcome === 'unknown' || outcome.outcome === 'not_a_bounce') throw notRecorded(outcome);
    });
  withExamples(withJson(command), 'mail bounce < returned.eml', 'mail bounce --json < returned.eml');
}

async function record(cli: Cli): Promise<BounceOutcome> {
  const source = await cli.readStdinBytes(MOST_BYTES);
  return await withApp(cli, { purpose: 'bounces' }, async (app) => {
    if (source === null) return { outcome: 'not_a_bounce', id: null, why: 'too_large' };
    return await app.mail.recordBounce(operator, source);
  });
}
