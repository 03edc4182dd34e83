import type { MessageProblem } from '../../domain/model/message-content.ts';
import { type MailItem, type MailView, onlyWords } from '../mail-view.ts';
import { stepsFor } from '../reconnect-steps.ts';
import { ownerFooter } from './footer.ts';
import { factsOf } from './problem-items.ts';
import { firstOf, listed, namesOf, repairsOf, tenantNameOf, type ViewContext } from './view-context.ts';

/**
 * The account is no longer connected, perhaps on purpose: the mail must not sound like an alarm, and no reminder
 * follows.
 */
export function removedView(context: ViewContext): MailView {
  const { content, words, reconnectUrl } = context;
  const { problems } = content;
  const values = { ...namesOf(firstOf(problems), context), tenant: tenantNameOf(context), count: problems.length };
  const isSeveral = problems.length > 1;
  const intro = words.say('removed.intro', values);
  return {
    ...onlyWords,
    subject: words.say(isSeveral ? 'subject.removed.several' : 'subject.removed', values),
    preview: intro,
    heading: words.say(isSeveral ? 'removed.heading.several' : 'removed.heading', values),
    intro: [intro, words.say('removed.meaning')],
    ...listed(context, (problem) => removedItem(problem, context)),
    button: { label: words.say('button.several'), url: reconnectUrl },
    steps: {
      title: words.say('removed.steps.title'),
      items: stepsFor(
        repairsOf(context, () => 'connect'),
        context.reconnectSteps,
        words.say,
      ),
    },
    facts: factsOf(['facts.who', 'facts.scheduled', 'facts.password'], context),
    closing: [words.say('removed.closing')],
    footer: ownerFooter(context),
  };
}

function removedItem(problem: MessageProblem, context: ViewContext): MailItem {
  const { words, time } = context;
  const at = problem.until ?? problem.since;
  return {
    ...namesOf(problem, context),
    tone: 'waiting',
    lines: [words.say('removed.noticed', { moment: time.moment(at), ago: time.ago(at) })],
  };
}
