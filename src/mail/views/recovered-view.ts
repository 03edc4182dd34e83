import type { MessageProblem } from '../../domain/model/message-content.ts';
import { type MailItem, type MailView, onlyWords } from '../mail-view.ts';
import { ownerFooter } from './footer.ts';
import { firstOf, listed, namesOf, tenantNameOf, type ViewContext } from './view-context.ts';

/** A short mail: which connections work again, and for how long they did not. */
export function recoveredView(context: ViewContext): MailView {
  const { content, words } = context;
  const { problems } = content;
  const values = {
    ...namesOf(firstOf(problems), context),
    tenant: tenantNameOf(context),
    count: problems.length,
  };
  const isSeveral = problems.length > 1;
  const intro = words.say('recovered.intro', values);
  return {
    ...onlyWords,
    subject: words.say(isSeveral ? 'subject.recovered.several' : 'subject.recovered', values),
    preview: intro,
    heading: words.say(isSeveral ? 'recovered.heading.several' : 'recovered.heading', values),
    intro: [intro],
    ...listed(context, (problem) => recoveredItem(problem, context)),
    closing: [words.say('recovered.closing')],
    footer: ownerFooter(context),
  };
}

function recoveredItem(problem: MessageProblem, context: ViewContext): MailItem {
  const { content, words, time } = context;
  const until = problem.until ?? content.at;
  const duration = time.lasting(until - problem.since);
  return {
    ...namesOf(problem, context),
    tone: 'well',
    lines: [words.say('recovered.duration', { moment: time.moment(until), duration })],
  };
}
