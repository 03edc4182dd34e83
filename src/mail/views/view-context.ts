import type { MessageContent, MessageProblem } from '../../domain/model/message-content.ts';
import type { Speaker } from '../../words/brand.ts';
import { type AccountNames, accountNames, isRepairable, tenantName } from '../../words/connection-words.ts';
import type { TimeWords } from '../../words/time-words.ts';
import type { Words } from '../../words/words.ts';
import type { OwnerLinks } from '../links.ts';
import type { MailItem, MailView } from '../mail-view.ts';
import type { ReconnectSteps, Repair, StepAction } from '../reconnect-steps.ts';

export type ViewContext = Readonly<{
  /** Its problems are sorted, the worst first. */
  content: MessageContent;
  /** How many accounts the mail lists at most: mail programs cut long mail off. */
  limit: number;
  speaker: Speaker;
  words: Words;
  time: TimeWords;
  /** Null in mail to the operator. */
  links: OwnerLinks | null;
  /** Where the account can be connected; null in mail that needs no such link, and to the operator. */
  connectUrl: string | null;
  reconnectUrl: string;
  reconnectSteps: ReconnectSteps;
  /** The address that readers write to. */
  helpAddress: string;
}>;

export function namesOf({ connection }: MessageProblem, { words }: ViewContext): AccountNames {
  return accountNames(connection, words.say);
}

export function tenantNameOf({ content, words }: ViewContext): string {
  return tenantName(content.recipient?.tenant.name ?? null, words.say);
}

/**
 * Reconnecting is the worst that can be asked of an owner; of two accounts the one that is broken for longer is worse.
 */
const severities: readonly MessageProblem['action'][] = [
  'reauthorize',
  'privileges',
  'reconnect',
  'choose_profile',
  'wait',
  'none',
];

export function worstFirst(problems: readonly MessageProblem[]): readonly MessageProblem[] {
  const severity = ({ action }: MessageProblem) => severities.indexOf(action);
  return problems.toSorted((a, b) => severity(a) - severity(b) || a.since - b.since);
}

/** The accounts that the mail lists, and the line for all the others. */
export function listed(
  { content, limit, words, links }: ViewContext,
  itemOf: (problem: MessageProblem) => MailItem,
): Pick<MailView, 'items' | 'more'> {
  const items = content.problems.slice(0, limit).map(itemOf);
  const count = content.problems.length - items.length;
  if (count === 0) return { items, more: null };
  return { items, more: { label: words.say('list.more', { count }), url: links?.page ?? null } };
}

/** The steps for the accounts that the mail lists, under their names. */
export function repairsOf(
  context: ViewContext,
  actionOf: (problem: MessageProblem) => StepAction | null,
): readonly Repair[] {
  const { content, limit } = context;
  return content.problems.slice(0, limit).flatMap((problem) => {
    const action = actionOf(problem);
    const { network: networkName, account } = namesOf(problem, context);
    return action === null ? [] : [{ action, network: problem.connection?.network ?? '', networkName, account }];
  });
}

/** The problems that need a person to act; all problems when none does. */
export function leadingProblems(problems: readonly MessageProblem[]): readonly MessageProblem[] {
  const needing = problems.filter(isRepairable);
  return needing.length > 0 ? needing : problems;
}

/** The first problem; message content without any problem is a programming error. */
export function firstOf(problems: readonly MessageProblem[]): MessageProblem {
  const [first] = problems;
  if (first === undefined) throw new Error('Mail to an owner must be about at least one problem');
  return first;
}
