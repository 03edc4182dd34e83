import { type Subject, subjectOf } from '../../words/connection-words.ts';
import type { MessageKey } from '../../words/words.ts';
import { type MailView, onlyWords } from '../mail-view.ts';
import { ownerFooter } from './footer.ts';
import { problemItem, repairOf } from './problem-items.ts';
import { quietLinks } from './quiet-links.ts';
import { firstOf, leadingProblems, listed, namesOf, tenantNameOf, type ViewContext } from './view-context.ts';

/** The alert: which connections are broken, and what the owner should do. */
export function alertView(context: ViewContext): MailView {
  const { content, words } = context;
  const leading = leadingProblems(content.problems);
  const first = firstOf(leading);
  const names = { ...namesOf(first, context), tenant: tenantNameOf(context) };
  const action = subjectOf(first);
  const isSeveral = leading.length > 1;
  const values = { ...names, count: leading.length };
  const intro = words.say(introOf(action, isSeveral), values);
  return {
    ...onlyWords,
    subject: words.say(subjectKeyOf(action, isSeveral), values),
    preview: intro,
    heading: words.say(headingOf(action, isSeveral), values),
    intro: [...backgroundOf(content.reason).map((key) => words.say(key, names)), intro],
    ...listed(context, (problem) => problemItem(problem, context)),
    ...repairOf(context),
    quietLinks: quietLinks(context),
    closing: [words.say(action === 'wait' ? 'alert.closing.wait' : 'alert.closing')],
    footer: ownerFooter(context),
  };
}

function backgroundOf(reason: string): readonly MessageKey[] {
  if (reason === 'found_at_baseline') return ['alert.intro.baseline'];
  return reason === 'settled_broken' ? ['alert.intro.settled_broken'] : [];
}

function subjectKeyOf(action: Subject, isSeveral: boolean): MessageKey {
  if (!isSeveral) return `subject.${action}`;
  return action === 'wait' ? 'subject.wait.several' : 'subject.several';
}

function headingOf(action: Subject, isSeveral: boolean): MessageKey {
  if (!isSeveral) return `alert.heading.${action}`;
  return action === 'wait' ? 'alert.heading.wait.several' : 'alert.heading.several';
}

function introOf(action: Subject, isSeveral: boolean): MessageKey {
  return isSeveral && action !== 'wait' ? 'alert.intro.several' : `alert.intro.${action}`;
}
