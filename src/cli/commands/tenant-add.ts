import type { Command } from 'commander';
import type { Application } from '../../monitoring/application.ts';
import { personKey } from '../../monitoring/importing/person-key.ts';
import { eachPage } from '../../monitoring/pages.ts';
import { type NewTenant, readNewTenant } from '../../monitoring/tenants/tenant-input.ts';
import { operator } from '../../monitoring/viewer.ts';
import type { TenantSummary } from '../../monitoring/views.ts';
import type { Cli } from '../context.ts';
import { deferSignals } from '../defer-signals.ts';
import { refusedTenant, untriedToken } from '../failure.ts';
import { withExamples, withJson } from '../help.ts';
import { withApp } from '../open-app.ts';
import { type JsonOption, printAnswer } from '../print.ts';
import { checkedValue, fieldsOf, inputRules, type TenantOptions, withTenantOptions } from '../tenant-options.ts';
import { plain } from '../text/plain-text.ts';

export function addTenantAdd(group: Command, cli: Cli): void {
  const command = group
    .command('add')
    .summary('watch one more account')
    .description('Watch one more account. Needs --name, --owner and --refresh-token.')
    .action((options: TenantOptions & JsonOption) => addOne(cli, options));
  withExamples(
    withJson(withTenantOptions(command)),
    'tenant add --name "Jane\'s Bakery" --owner jane@example.com --timezone America/New_York --refresh-token @token.txt',
    'tenant add --name "Bob\'s Garage" --owner bob@example.com --cc office@example.com --refresh-token - < token.txt',
  );
}

async function addOne(cli: Cli, options: TenantOptions & JsonOption): Promise<void> {
  const tenant = checkedValue(readNewTenant(await fieldsOf(cli, options), { ...inputRules(cli), needsToken: true }));
  const added = await withApp(cli, { purpose: 'grants', database: 'created' }, async (app) => {
    warnOfTwin(cli, await storedTwin(app, tenant));
    deferSignals(cli);
    return await app.tenants.addTried(operator, tenant);
  });
  if (added.outcome !== 'added') throw refusedTenant(added);
  const { id, untried, timezone, sameAccountAs } = added;
  const text = () =>
    [
      `${plain(tenant.name)} is watched from now on. Its id is ${id}.`,
      untried === null ? 'Its token works.' : untriedToken(untried),
      timezone === null
        ? `Its time zone is not known, so its reminders keep to the working hours of UTC: \`linkwatch tenant update ${id} --timezone ZONE\`.`
        : `Its time zone is ${timezone}.`,
      `\`linkwatch poll --tenant ${id}\` asks for it now.`,
    ].join('\n');
  await printAnswer(cli, options, { as: 'givenToken', view: { id, untried, timezone, sameAccountAs }, text });
  if (sameAccountAs !== null) cli.stderr.write(sameAccountText(sameAccountAs));
}

/** A refresh token that works only once serves one of two, and their owner gets each mail twice. */
function sameAccountText(id: string): string {
  return (
    `Its Constant Contact account is watched already, as ${id}: remove one of the two, or its owner gets each mail twice\n` +
    `(\`linkwatch tenant remove ID\`).\n`
  );
}

/** The tenant that is stored already under the same name and owner. */
async function storedTwin(app: Application, { name, contacts: [owner] }: NewTenant): Promise<TenantSummary | null> {
  const key = personKey({ name, owner: owner?.email ?? '' });
  for await (const page of eachPage((request) => app.tenants.list(operator, { search: name, ...request }))) {
    const twin = page.find((one) => personKey({ name: one.name, owner: one.owner ?? '' }) === key);
    if (twin !== undefined) return twin;
  }
  return null;
}

/**
 * One owner may have two accounts of one name; more often it is the same account again, which would poll itself out.
 */
function warnOfTwin(cli: Cli, twin: TenantSummary | null): void {
  if (twin === null) return;
  cli.stderr.write(
    `${plain(twin.name)} with this owner is watched already, as ${twin.id}. If it is the same account, remove one of them:\n` +
      'a refresh token that works only once cannot serve both.\n',
  );
}
