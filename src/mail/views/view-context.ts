import type { MessageContent, MessageProblem } from '../../domain/model/message-content.ts';
import { networkName } from '../../words/network-name.ts';
import { plainName } from '../../words/plain-name.ts';
import type { TimeWords } from '../../words/time-words.ts';
import type { Words } from '../../words/words.ts';
import type { OwnerLinks } from '../links.ts';
import type { ReconnectSteps, StepAction } from '../reconnect-steps.ts';

/** Names are the readers' own; longer ones are cut so that a subject stays one. */
const NAME_LENGTH = 70;

export type ViewContext = Readonly<{
  content: MessageContent;
  words: Words;
  time: TimeWords;
  /** Null in mail to the operator. */
  links: OwnerLinks | null;
  reconnectUrl: string;
  reconnectSteps: ReconnectSteps;
  /** Where readers write to. */
  helpAddress: string;
}>;

/** How an account is called in a sentence. */
export type AccountNames = Readonly<{ network: string; account: string }>;

export function namesOf({ connection }: MessageProblem, { words }: ViewContext): AccountNames {
  const network = plainName(networkName(connection?.network ?? ''), NAME_LENGTH) ?? words.say('network.unnamed');
  const accountId = plainName(connection?.accountId ?? null, NAME_LENGTH) ?? '?';
  const account = plainName(connection?.displayName ?? null, NAME_LENGTH);
  return { network, account: account ?? words.say('account.unnamed', { accountId }) };
}

export function tenantNameOf({ content, words }: ViewContext): string {
  return plainName(content.recipient?.tenant.name ?? null, NAME_LENGTH) ?? words.say('tenant.unnamed');
}

/** What a broken connection asks for. */
export type RepairAction = Exclude<StepAction, 'connect'>;

/** Somebody can put it right by following steps. */
export function isRepairable(problem: MessageProblem): problem is MessageProblem & Readonly<{ action: RepairAction }> {
  return problem.action === 'reconnect' || problem.action === 'choose_profile';
}

/** The problems that need somebody; all of them when none does. */
export function leadingProblems(problems: readonly MessageProblem[]): readonly MessageProblem[] {
  const needing = problems.filter(isRepairable);
  return needing.length > 0 ? needing : problems;
}

/** The first of them; a letter about nothing is a bug of whoever wrote it. */
export function firstOf(problems: readonly MessageProblem[]): MessageProblem {
  const [first] = problems;
  if (first === undefined) throw new Error('A letter to an owner is about at least one problem');
  return first;
}
