import type { Letter, LetterProblem } from '../../domain/letter.ts';
import { networkName } from '../../domain/network-name.ts';
import { plainName } from '../../words/plain-name.ts';
import type { TimeWords } from '../../words/time-words.ts';
import type { Words } from '../../words/words.ts';
import type { OwnerLinks } from '../links.ts';
import type { ReconnectSteps, StepAction } from '../reconnect-steps.ts';

/** Names are the readers' own; longer ones are cut so that a subject stays one. */
const NAME_LENGTH = 70;

export type ViewContext = Readonly<{
  letter: Letter;
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

export function namesOf({ connection }: LetterProblem, { words }: ViewContext): AccountNames {
  const network = plainName(networkName(connection?.network ?? ''), NAME_LENGTH) ?? words.say('network.unnamed');
  const accountId = plainName(connection?.accountId ?? null, NAME_LENGTH) ?? '?';
  const account = plainName(connection?.displayName ?? null, NAME_LENGTH);
  return { network, account: account ?? words.say('account.unnamed', { accountId }) };
}

export function tenantNameOf({ letter, words }: ViewContext): string {
  return plainName(letter.recipient?.tenant.name ?? null, NAME_LENGTH) ?? words.say('tenant.unnamed');
}

/** What a broken connection asks for. */
export type RepairAction = Exclude<StepAction, 'connect'>;

/** Somebody can put it right by following steps. */
export function isRepairable(problem: LetterProblem): problem is LetterProblem & Readonly<{ action: RepairAction }> {
  return problem.action === 'reconnect' || problem.action === 'choose_profile';
}

/** The problems that need somebody; all of them when none does. */
export function leadingProblems(problems: readonly LetterProblem[]): readonly LetterProblem[] {
  const needing = problems.filter(isRepairable);
  return needing.length > 0 ? needing : problems;
}

/** The first of them; a letter about nothing is a bug of whoever wrote it. */
export function firstOf(problems: readonly LetterProblem[]): LetterProblem {
  const [first] = problems;
  if (first === undefined) throw new Error('A letter to an owner is about at least one problem');
  return first;
}
