import { type Command, Option } from 'commander';
import type { Application, MailSelection, MailSelectionOutcome } from '../../monitoring/application.ts';
import { operator } from '../../monitoring/viewer.ts';
import type { Cli } from '../context.ts';
import { CommandFailure, WrongUsage } from '../failure.ts';
import { withExamples, withJson } from '../help.ts';
import { assertKnown, tenantIdOf } from '../known-tenants.ts';
import { withApp } from '../open-app.ts';
import { type JsonOption, printAnswer } from '../print.ts';
import { plain } from '../text/plain-text.ts';

/** One of the three actions on owners' mail that is pending or held. */
type Verb = Readonly<{
  name: 'hold' | 'release' | 'discard';
  summary: string;
  description: string;
  /** The further meaning of `--all`. */
  all: string;
  /** The verb in "2 mails are held.". */
  done: string;
  /** The state that the mail must be in. */
  state: 'pending' | 'held';
  /** What happens next, for the person at the terminal. */
  after: (selection: MailSelection, isAnyDone: boolean) => string;
  act: (app: Application, selection: MailSelection) => Promise<MailSelectionOutcome>;
}>;

const verbs: readonly Verb[] = [
  {
    name: 'hold',
    summary: 'keep back mail that waits',
    description: "Keep back owners' mail that waits, until it is released or discarded. Nothing is lost meanwhile.",
    all: 'all of it, and what is still to come, until `mail release --all`',
    done: 'held',
    state: 'pending',
    after: ({ kind }) =>
      kind === 'all' ? ' What is still to come will be, until `linkwatch mail release --all`.' : '',
    act: (app, selection) => app.mail.hold(operator, selection),
  },
  {
    name: 'release',
    summary: 'let go what is held',
    description: 'Let go what is held, by command, for the fleet or by the brake. What is no longer true is not sent.',
    all: 'all of it, and end every hold',
    done: 'released',
    state: 'held',
    after: (selection, isAnyDone) =>
      isAnyDone ? ' What is still true goes out with the next delivery.' : nothingHeld(selection),
    act: (app, selection) => app.mail.release(operator, selection),
  },
  {
    name: 'discard',
    summary: 'never send what is held',
    description: 'Never send what is held: nobody hears of it, now or later. A worse problem is told all the same.',
    all: 'all of it, and end every hold',
    done: 'discarded',
    state: 'held',
    after: (selection, isAnyDone) => (isAnyDone ? '' : nothingHeld(selection)),
    act: (app, selection) => app.mail.discard(operator, selection),
  },
];

type SelectionOptions = JsonOption & Readonly<{ tenant?: string; all?: boolean }>;

export function addMailHolds(group: Command, cli: Cli): void {
  for (const verb of verbs) addVerb(verb, group, cli);
}

function addVerb(verb: Verb, group: Command, cli: Cli): void {
  const command = group
    .command(verb.name)
    .summary(verb.summary)
    .description(verb.description)
    .argument('[id...]', 'mails, by id')
    .addOption(new Option('--tenant <tenant>', "one tenant's, by id, external id or name").conflicts('all'))
    .option('--all', verb.all)
    .action(async (ids: readonly string[], options: SelectionOptions) => {
      const selection = selectionOf(ids, options);
      const outcome = await withApp(cli, { purpose: 'read' }, async (app) => {
        if (selection.kind !== 'tenant') return await verb.act(app, selection);
        const tenantId = await tenantIdOf(app, selection.tenantId);
        const done = await verb.act(app, { kind: 'tenant', tenantId });
        await assertKnown(tenantId, done.changed, app);
        return done;
      });
      assertAnyDone(outcome, selection, verb);
      const text = () => plain(outcomeText(outcome, selection, verb));
      await printAnswer(cli, options, { as: 'mailSelection', view: outcome, text });
    });
  withExamples(withJson(command), `mail ${verb.name} 2h7pq4v9s0e6b1yn`, `mail ${verb.name} --all`);
}

function selectionOf(ids: readonly string[], { tenant, all }: SelectionOptions): MailSelection {
  const ways = [ids.length > 0, tenant !== undefined, all === true].filter(Boolean).length;
  if (ways !== 1) {
    throw new WrongUsage(
      'It is not clear which mail is meant.',
      'Give ids, or --tenant ID, or --all: one of the three.',
    );
  }
  if (all === true) return { kind: 'all' };
  return tenant === undefined ? { kind: 'ids', ids } : { kind: 'tenant', tenantId: tenant };
}

/** Fails when an explicit id changed nothing. */
function assertAnyDone(
  { changed, skipped }: MailSelectionOutcome,
  { kind }: MailSelection,
  { done, state }: Verb,
): void {
  if (kind !== 'ids' || changed.length > 0) return;
  throw new CommandFailure(
    `Nothing is ${done}: ${skipped.join(', ')} is no owner's mail, or is not ${state}.`,
    `\`linkwatch mail list --state ${state}\` lists those that are.`,
  );
}

function nothingHeld({ kind }: MailSelection): string {
  return kind === 'tenant' ? ' Nothing of that tenant is held.' : ' Nothing is held.';
}

function outcomeText(
  { changed, skipped }: MailSelectionOutcome,
  selection: MailSelection,
  { done, after }: Verb,
): string {
  const mails = changed.length === 1 ? '1 mail is' : `${changed.length} mails are`;
  const left = skipped.length === 0 ? '' : ` ${skipped.length} could not be: ${skipped.join(', ')}.`;
  return `${mails} ${done}.${after(selection, changed.length > 0)}${left}`;
}
