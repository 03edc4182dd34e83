import type { MailLink } from '../mail-view.ts';
import { isRepairable, leadingProblems, type ViewContext } from './view-context.ts';

/** What a reader may want besides the repair itself, where there is one: a look at it, or peace. */
export function quietLinks(context: ViewContext): readonly MailLink[] {
  const { content, words, links } = context;
  const actions = new Set(leadingProblems(content.problems).map(({ action }) => action));
  if (links === null || !content.problems.some(isRepairable)) return [];
  const isReconnected = actions.size === 1 && actions.has('reconnect');
  const check = words.say(isReconnected ? 'link.check.reconnect' : 'link.check.done');
  return [{ label: check, url: links.check }, ...snoozeLink(context)];
}

/** After the last reminder there is nothing to put off. */
export function snoozeLink({ content, words, links }: ViewContext): readonly MailLink[] {
  return links === null || content.isLastReminder ? [] : [{ label: words.say('link.snooze'), url: links.snooze }];
}
