import type { Command } from 'commander';
import { DAY_MS, type Instant } from '../../domain/model/time.ts';
import type { Application } from '../../monitoring/application.ts';
import { readAllPages } from '../../monitoring/pages.ts';
import { operator } from '../../monitoring/viewer.ts';
import type { Explanation } from '../../monitoring/views.ts';
import { timeArgument } from '../arguments.ts';
import type { Cli } from '../context.ts';
import { CommandFailure, unknownTenant } from '../failure.ts';
import { withExamples, withJson } from '../help.ts';
import { findTenantId } from '../known-tenants.ts';
import { withApp } from '../open-app.ts';
import { type JsonOption, printAnswer } from '../print.ts';
import { explanationText } from '../text/explanation-text.ts';

const DEFAULT_SPAN_MS = 30 * DAY_MS;

export function addExplain(parent: Command, cli: Cli): void {
  const command = parent
    .command('explain')
    .summary('why somebody did, or did not, get mail')
    .description(
      'Why somebody did, or did not, get mail, decision by decision, and what happens next. Times are in UTC.',
    )
    .argument('<who>', "a tenant's id, external id or name, or a contact's address")
    .option(
      '--from <time>',
      'a date, a time, or a duration such as 7d; 30d without it. What is not over is told in any case',
      timeArgument(cli.now()),
    )
    .action(async (who: string, options: JsonOption & Readonly<{ from?: Instant }>) => {
      const { from = cli.now() - DEFAULT_SPAN_MS } = options;
      const { address, explanations } = await withApp(cli, { purpose: 'read' }, (app) =>
        explain(app, who.trim(), from),
      );
      const text = () => explanations.map((each) => explanationText(cli, each, address)).join('\n\n');
      await printAnswer(cli, options, { as: 'explanations', view: { explanations }, text });
    });
  withExamples(withJson(command), 'explain 4ba1vqnyqq0hp7ur', 'explain jane@bakery.example --from 90d');
}

type Explained = Readonly<{ address: string | null; explanations: readonly Explanation[] }>;

/** An address may be of several tenants' contacts; a tenant that nobody has named goes by one, too. */
async function explain(app: Application, who: string, from: Instant): Promise<Explained> {
  const ofContact = who.includes('@')
    ? await readAllPages((page) => app.mail.explainContact(operator, { address: who, from, ...page }))
    : [];
  if (ofContact.length > 0) return { address: who, explanations: ofContact };
  const tenantId = await findTenantId(app, who);
  if (tenantId === null) throw who.includes('@') ? unknownReader(who) : unknownTenant(who);
  const explanation = await app.mail.explain(operator, { tenantId, from });
  return { address: null, explanations: explanation === null ? [] : [explanation] };
}

function unknownReader(address: string): CommandFailure {
  return new CommandFailure(
    `There is no contact with the address ${address}, and no tenant of that name.`,
    '`linkwatch tenant show TENANT` shows its contacts.',
  );
}
