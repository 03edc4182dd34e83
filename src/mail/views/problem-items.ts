import type { Condition } from '../../domain/model/condition.ts';
import type { MessageProblem } from '../../domain/model/message-content.ts';
import type { MessageKey } from '../../words/words.ts';
import type { MailItem, MailLink, MailView } from '../mail-view.ts';
import { mergeSteps, type StepAction, stepsFor } from '../reconnect-steps.ts';
import { firstOf, isRepairable, leadingProblems, namesOf, type ViewContext } from './view-context.ts';

const causes: Readonly<Record<Condition, MessageKey>> = {
  token_missing: 'problem.token_missing',
  token_invalid: 'problem.token_invalid',
  scopes_missing: 'problem.scopes_missing',
  no_profile: 'problem.no_profile',
  rate_limited: 'problem.rate_limited',
  check_failed: 'problem.other',
  removed: 'problem.other',
};

/** For each account: its problem, since when, and what does not work meanwhile. */
export function problemItem(problem: MessageProblem, context: ViewContext): MailItem {
  const { content, words, time } = context;
  const names = namesOf(problem, context);
  const moment = time.moment(problem.since);
  return {
    ...names,
    tone: isRepairable(problem) ? 'needs_you' : 'waiting',
    lines: [
      words.say(causeOf(problem), names),
      content.reason === 'found_at_baseline'
        ? words.say('problem.baseline', { moment })
        : words.say('problem.since', { moment, ago: time.ago(problem.since) }),
      words.say(effectOf(problem)),
    ],
  };
}

/** The condition that the requested action repairs: the first one other than `check_failed`. */
function causeOf({ action, conditions }: MessageProblem): MessageKey {
  if (action === 'wait') return 'problem.rate_limited';
  const cause = conditions.find((condition) => condition !== 'rate_limited' && condition !== 'check_failed');
  return cause === undefined ? 'problem.other' : causes[cause];
}

function effectOf({ action }: MessageProblem): MessageKey {
  if (action === 'reconnect' || action === 'choose_profile' || action === 'wait') return `problem.effect.${action}`;
  return 'problem.effect.none';
}

/** The mail's one button with the steps that follow it; a mail that asks for no action has neither. */
export function repairOf(
  problems: readonly MessageProblem[],
  context: ViewContext,
  title: MessageKey = 'steps.title',
): Readonly<{ button: MailLink | null; steps: MailView['steps'] }> {
  const { words, reconnectUrl } = context;
  const lists = problems.flatMap((problem) =>
    isRepairable(problem) ? [stepsOf(problem, problem.action, context)] : [],
  );
  if (lists.length === 0) return { button: null, steps: null };
  return {
    button: { label: words.say(buttonOf(problems)), url: reconnectUrl },
    steps: { title: words.say(title), items: mergeSteps(lists) },
  };
}

export function stepsOf(problem: MessageProblem, action: StepAction, context: ViewContext): readonly string[] {
  const { network: networkName, account } = namesOf(problem, context);
  const network = problem.connection?.network ?? '';
  return stepsFor(context.reconnectSteps, action, { network, networkName, account });
}

function buttonOf(problems: readonly MessageProblem[]): MessageKey {
  const leading = leadingProblems(problems);
  const { action } = firstOf(leading);
  if (leading.some((problem) => problem.action !== action)) return 'button.several';
  return action === 'choose_profile' ? 'button.choose_profile' : 'button.reconnect';
}
