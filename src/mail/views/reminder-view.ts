import { subjectOf } from '../../words/connection-words.ts';
import type { MailView } from '../mail-view.ts';
import { alertView } from './alert-view.ts';
import { firstOf, leadingProblems, namesOf, tenantNameOf, type ViewContext } from './view-context.ts';

/** The alert again, with "still" and the duration; the last reminder says that it is the last. */
export function reminderView(context: ViewContext): MailView {
  const { content, words, time } = context;
  const alert = alertView(context);
  const leading = leadingProblems(content.problems);
  const first = firstOf(leading);
  const subject = subjectOf(first);
  const heading = subject === 'wait' ? 'reconnect' : subject;
  const longest = Math.min(...leading.map(({ since }) => since));
  const still = words.say('reminder.intro', {
    tenant: tenantNameOf(context),
    duration: time.lasting(content.at - longest),
  });
  return {
    ...alert,
    subject: words.say('subject.reminder', { subject: alert.subject }),
    preview: still,
    heading: words.say(leading.length > 1 ? 'reminder.heading.several' : `reminder.heading.${heading}`, {
      ...namesOf(first, context),
      count: leading.length,
    }),
    intro: [still],
    closing: content.isLastReminder ? [words.say('reminder.last')] : alert.closing,
  };
}
