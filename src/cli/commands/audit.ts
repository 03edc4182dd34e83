import { type Command, Option } from 'commander';
import { type AuditAction, auditActions, auditActors } from '../../domain/model/audit.ts';
import type { Instant } from '../../domain/model/time.ts';
import type { Application } from '../../monitoring/application.ts';
import { operator } from '../../monitoring/viewer.ts';
import type { ApiKeyView, AuditView } from '../../monitoring/views.ts';
import { countArgument, timeArgument } from '../arguments.ts';
import type { Cli } from '../context.ts';
import { WrongUsage } from '../failure.ts';
import { withExamples, withJson } from '../help.ts';
import { keyNamed, readApiKeys } from '../known-keys.ts';
import { assertKnown, tenantIdOf } from '../known-tenants.ts';
import { withApp } from '../open-app.ts';
import { type JsonOption, printAnswer } from '../print.ts';
import { type AuditNames, auditText } from '../text/audit-text.ts';

type AuditOptions = JsonOption &
  Readonly<{ tenant?: string; actor?: string; action?: AuditAction; from?: Instant; to?: Instant; limit: number }>;

export function addAudit(parent: Command, cli: Cli): void {
  const time = timeArgument(cli.now());
  const command = parent
    .command('audit')
    .summary('who did what')
    .description(
      'Who did what to which tenant, when, and from where: by command, by API key, or as a contact. The newest first. Entries are kept for HISTORY_RETENTION, also when the tenant is gone.',
    )
    .option('--tenant <tenant>', 'about this tenant alone, by id, external id or name')
    .option(
      '--actor <actor>',
      `by this one alone: an API key's id or prefix, a user, a contact's id, or one of ${auditActors.map(withHyphen).join(', ')}`,
    )
    .addOption(new Option('--action <action>', 'of this kind alone').choices(auditActions))
    .option('--from <time>', 'a date, a time, or a duration such as 7d', time)
    .option('--to <time>', 'the same; now without it', time)
    .option('--limit <number>', 'at most so many', countArgument, 50)
    .action((options: AuditOptions) => audit(cli, options));
  withExamples(
    withJson(command),
    'audit',
    'audit --tenant 4ba1vqnyqq0hp7ur --from 30d',
    'audit --actor lw_5f0c1a2b --json',
    'audit --action api_key.refused --from 1d',
  );
}

async function audit(cli: Cli, options: AuditOptions): Promise<void> {
  const { from, to, json = false, limit } = options;
  if (from !== undefined && from >= (to ?? cli.now())) {
    throw new WrongUsage('--from is not before --to.', 'Exchange them, or leave one out.');
  }
  const { entries, names, isCut } = await withApp(cli, { purpose: 'read' }, async (app) => {
    const keys = await readApiKeys(app);
    const page = await entriesFor(app, options, keys);
    // Names are for people.
    const tenants = json ? new Map<string, string>() : await tenantNames(app, page.items);
    const byId = new Map(keys.map((key) => [key.id, key]));
    return { entries: page.items, names: { keys: byId, tenants }, isCut: page.nextCursor !== null };
  });
  const cut = isCut ? `\n\nThe newest ${limit}; --limit shows more.` : '';
  const text = () => `${auditText(cli, entries, names)}${cut}`;
  await printAnswer(cli, options, { as: 'audit', view: { entries }, text });
}

async function entriesFor(app: Application, options: AuditOptions, keys: readonly ApiKeyView[]) {
  const { tenant, actor, action, from, to, limit } = options;
  const tenantId = tenant === undefined ? undefined : await tenantIdOf(app, tenant);
  const who = actor === undefined ? undefined : actorNamed(actor, keys);
  const page = await app.audit.list(operator, { tenantId, actor: who, action, from, to, limit, cursor: null });
  await assertKnown(tenantId ?? null, page.items, app);
  return page;
}

function actorNamed(named: string, keys: readonly ApiKeyView[]): string {
  const kind = auditActors.find((actor) => withHyphen(actor) === named || actor === named);
  return kind ?? keyNamed(keys, named)?.id ?? named;
}

function withHyphen(actor: string): string {
  return actor.replace('_', '-');
}

/** The names of the tenants that the entries are about, as far as they are still there. */
async function tenantNames(app: Application, entries: readonly AuditView[]): Promise<AuditNames['tenants']> {
  const ids = new Set(entries.flatMap(({ tenantId }) => tenantId ?? []));
  return await app.tenants.names(operator, [...ids]);
}
