import type { MessageKey } from '../../words/words.ts';
import type { MailView } from '../mail-view.ts';
import type { StepAction } from '../reconnect-steps.ts';
import { ownerFooter } from './footer.ts';
import { problemItem, repairOf } from './problem-items.ts';
import { firstOf, isRepairable, leadingProblems, namesOf, tenantNameOf, type ViewContext } from './view-context.ts';

/** What is broken, and what to do about it. */
export function alertView(context: ViewContext): MailView {
  const { letter, words } = context;
  const leading = leadingProblems(letter.problems);
  const first = firstOf(leading);
  const names = { ...namesOf(first, context), tenant: tenantNameOf(context) };
  const action = isRepairable(first) ? first.action : 'wait';
  const isSeveral = leading.length > 1;
  const values = { ...names, count: leading.length };
  const intro = words.say(introOf(action, isSeveral), values);
  return {
    subject: words.say(subjectOf(action, isSeveral), values),
    preview: intro,
    heading: words.say(headingOf(action, isSeveral), values),
    intro: letter.reason === 'found_at_baseline' ? [words.say('alert.intro.baseline', names), intro] : [intro],
    items: letter.problems.map((problem) => problemItem(problem, context)),
    ...repairOf(letter.problems, context),
    closing: [words.say(action === 'wait' ? 'alert.closing.wait' : 'alert.closing')],
    footer: ownerFooter(context),
  };
}

type Asked = StepAction | 'wait';

function subjectOf(action: Asked, isSeveral: boolean): MessageKey {
  if (!isSeveral) return `subject.${action}`;
  return action === 'wait' ? 'subject.wait.several' : 'subject.several';
}

function headingOf(action: Asked, isSeveral: boolean): MessageKey {
  if (!isSeveral) return `alert.heading.${action}`;
  return action === 'wait' ? 'alert.heading.wait.several' : 'alert.heading.several';
}

function introOf(action: Asked, isSeveral: boolean): MessageKey {
  return isSeveral && action !== 'wait' ? 'alert.intro.several' : `alert.intro.${action}`;
}
