import type { Condition } from '../../domain/model/condition.ts';
import type { MessageProblem } from '../../domain/model/message-content.ts';
import { commonCauses, isRepairable, repairFacts, subjectOf } from '../../words/connection-words.ts';
import { pagesLines } from '../../words/page-names.ts';
import type { MessageKey } from '../../words/words.ts';
import type { MailItem, MailView } from '../mail-view.ts';
import { stepsFor } from '../reconnect-steps.ts';
import { firstOf, leadingProblems, namesOf, repairsOf, type ViewContext } from './view-context.ts';

const causes: Readonly<Record<Condition, MessageKey>> = {
  ...commonCauses,
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
      ...pagesLines(problem.pages, words),
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

function effectOf(problem: MessageProblem): MessageKey {
  const subject = subjectOf(problem);
  return subject === 'wait' && problem.action !== 'wait' ? 'problem.effect.none' : `problem.effect.${subject}`;
}

/** The mail's one button, with the steps and the facts for it; a mail that asks for no action has none of them. */
export function repairOf(
  context: ViewContext,
  title: MessageKey = 'steps.title',
): Pick<MailView, 'button' | 'steps' | 'facts'> {
  const { content, words, reconnectUrl, reconnectSteps } = context;
  const repairs = repairsOf(context, (problem) => (isRepairable(problem) ? problem.action : null));
  if (repairs.length === 0) return { button: null, steps: null, facts: null };
  return {
    button: { label: words.say(buttonOf(content.problems)), url: reconnectUrl },
    steps: { title: words.say(title), items: stepsFor(repairs, reconnectSteps, words.say) },
    facts: factsOf(repairFacts, context),
  };
}

/** What the reader needs to know. */
export function factsOf(keys: readonly MessageKey[], { words }: ViewContext): MailView['facts'] {
  return { title: words.say('facts.title'), items: keys.map((key) => words.say(key)) };
}

function buttonOf(problems: readonly MessageProblem[]): MessageKey {
  const leading = leadingProblems(problems);
  const subject = subjectOf(firstOf(leading));
  if (leading.some((problem) => subjectOf(problem) !== subject)) return 'button.several';
  return subject === 'page_unreachable'
    ? 'button.several'
    : subject === 'choose_profile'
      ? 'button.choose_profile'
      : 'button.reconnect';
}
