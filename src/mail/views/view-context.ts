import type { MessageContent, MessageProblem } from '../../domain/model/message-content.ts';
import { networkName } from '../../words/network-name.ts';
import { unlinkedName } from '../../words/plain-name.ts';
import type { TimeWords } from '../../words/time-words.ts';
import type { Words } from '../../words/words.ts';
import type { OwnerLinks } from '../links.ts';
import type { ReconnectSteps, StepAction } from '../reconnect-steps.ts';

/** Owners choose account names freely; longer names are cut so that a subject stays readable. */
const NAME_LENGTH = 70;

export type ViewContext = Readonly<{
  content: MessageContent;
  words: Words;
  time: TimeWords;
  /** Null in mail to the operator. */
  links: OwnerLinks | null;
  reconnectUrl: string;
  reconnectSteps: ReconnectSteps;
  /** The address that readers write to. */
  helpAddress: string;
}>;

/** An account's name as it stands in a sentence. */
export type AccountNames = Readonly<{ network: string; account: string }>;

export function namesOf({ connection }: MessageProblem, { words }: ViewContext): AccountNames {
  const network = unlinkedName(networkName(connection?.network ?? ''), NAME_LENGTH) ?? words.say('network.unnamed');
  const accountId = unlinkedName(connection?.accountId ?? null, NAME_LENGTH) ?? '?';
  const account = unlinkedName(connection?.displayName ?? null, NAME_LENGTH);
  return { network, account: account ?? words.say('account.unnamed', { accountId }) };
}

export function tenantNameOf({ content, words }: ViewContext): string {
  return unlinkedName(content.recipient?.tenant.name ?? null, NAME_LENGTH) ?? words.say('tenant.unnamed');
}

/** The actions that a broken connection can need. */
export type RepairAction = Exclude<StepAction, 'connect'>;

/** Whether a person can repair the problem by following steps. */
export function isRepairable(problem: MessageProblem): problem is MessageProblem & Readonly<{ action: RepairAction }> {
  return problem.action === 'reconnect' || problem.action === 'choose_profile';
}

/** The problems that need a person to act; all problems when none does. */
export function leadingProblems(problems: readonly MessageProblem[]): readonly MessageProblem[] {
  const needing = problems.filter(isRepairable);
  return needing.length > 0 ? needing : problems;
}

/** The first problem; message content without any problem is a programming error. */
export function firstOf(problems: readonly MessageProblem[]): MessageProblem {
  const [first] = problems;
  if (first === undefined) throw new Error('A letter to an owner is about at least one problem');
  return first;
}
