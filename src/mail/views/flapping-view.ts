import { STEADY_MS } from '../../domain/detection/flapping.ts';
import type { MessageProblem } from '../../domain/model/message-content.ts';
import { type MailItem, type MailView, onlyWords } from '../mail-view.ts';
import { ownerFooter } from './footer.ts';
import { repairOf } from './problem-items.ts';
import { firstOf, listed, namesOf, tenantNameOf, type ViewContext } from './view-context.ts';

/**
 * The connection keeps breaking and recovering: what to do if that goes on, and that no mail follows until it is
 * stable.
 */
export function flappingView(context: ViewContext): MailView {
  const { content, words, time } = context;
  const { problems } = content;
  const values = { ...namesOf(firstOf(problems), context), tenant: tenantNameOf(context), count: problems.length };
  const isSeveral = problems.length > 1;
  const intro = words.say('flapping.intro', values);
  return {
    ...onlyWords,
    subject: words.say(isSeveral ? 'subject.flapping.several' : 'subject.flapping', values),
    preview: intro,
    heading: words.say(isSeveral ? 'flapping.heading.several' : 'flapping.heading', values),
    intro: [intro],
    ...listed(context, (problem) => flappingItem(problem, context)),
    ...repairOf(context, 'flapping.steps.title'),
    closing: [words.say('flapping.closing', { duration: time.lasting(STEADY_MS) })],
    footer: ownerFooter(context),
  };
}

/** The mail names no cause: when it is read the connection may work, or be broken in another way. */
function flappingItem(problem: MessageProblem, context: ViewContext): MailItem {
  const { words, time } = context;
  const broke = { moment: time.moment(problem.since), ago: time.ago(problem.since) };
  return {
    ...namesOf(problem, context),
    tone: 'waiting',
    lines: [words.say('flapping.broke', broke), words.say('problem.effect.none')],
  };
}
