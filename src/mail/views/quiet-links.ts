import { isRepairable } from '../../words/connection-words.ts';
import type { MailLink } from '../mail-view.ts';
import { leadingProblems, type ViewContext } from './view-context.ts';

/** The links beside the button: check now, and snooze the reminders. */
export function quietLinks(context: ViewContext): readonly MailLink[] {
  const { content, words, links } = context;
  const actions = new Set(leadingProblems(content.problems).map(({ action }) => action));
  if (links === null || !content.problems.some(isRepairable)) return [];
  const isReconnected = actions.size === 1 && actions.has('reconnect');
  const check = words.say(isReconnected ? 'link.check.reconnect' : 'link.check.done');
  return [{ label: check, url: links.check }, ...snoozeLink(context)];
}

/** No reminder follows the last one, so there is nothing to snooze. */
export function snoozeLink({ content, words, links }: ViewContext): readonly MailLink[] {
  return links === null || content.isLastReminder ? [] : [{ label: words.say('link.snooze'), url: links.snooze }];
}
