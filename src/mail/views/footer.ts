import { ADDRESS_LENGTH } from '../../domain/model/email-address.ts';
import type { MessageContent } from '../../domain/model/message-content.ts';
import { plainName } from '../../words/plain-name.ts';
import { type MessageKey, sayToOperator } from '../../words/words.ts';
import type { MailFooter } from '../mail-view.ts';
import { tenantNameOf, type ViewContext } from './view-context.ts';

/** The footer names so many other readers, and counts the rest. */
const ADDRESSES = 6;

/** Why the reader gets this mail, who else got it, and how to unsubscribe. */
export function ownerFooter(context: ViewContext, pageLabel: MessageKey = 'footer.page'): MailFooter {
  const { words, links, helpAddress } = context;
  if (links === null) return standInFooter(context);
  return {
    page: { label: words.say(pageLabel), url: links.page },
    forward: asksForSomething(context.content) ? { label: words.say('link.forward'), url: links.forward } : null,
    smallPrint: [reasonOf(context), words.say('footer.questions', { help: helpAddress })],
    links: [
      { label: words.say('footer.preferences'), url: links.preferences },
      { label: words.say('footer.not_mine'), url: links.notMine },
      { label: words.say('footer.unsubscribe'), url: links.unsubscribe },
    ],
  };
}

function asksForSomething({ kind, problems }: MessageContent): boolean {
  return kind !== 'recovered' && problems.some(({ action }) => action !== 'wait');
}

function reasonOf(context: ViewContext): string {
  const { content, words } = context;
  const { contact, alsoTo = [] } = content.recipient ?? {};
  const role = contact?.role === 'cc' ? 'cc' : 'owner';
  // Owners know their agency, and a product that nobody named otherwise must not claim to be one.
  const named = context.speaker.isNamed ? 'named' : 'why';
  const why = words.say(`footer.${named}.${role}`, { tenant: tenantNameOf(context) });
  if (alsoTo.length === 0) return why;
  return `${why} ${words.say('footer.also_to', { others: othersOf(alsoTo, context) })}`;
}

function othersOf(addresses: readonly string[], { words }: ViewContext): string {
  const shown = addresses.slice(0, ADDRESSES).flatMap((address) => plainName(address, ADDRESS_LENGTH) ?? []);
  const count = addresses.length - shown.length;
  const all = count === 0 ? shown : [...shown, words.say('footer.and_others', { count })];
  return new Intl.ListFormat(words.locale).format(all);
}

/** Personal links go to the tenant's own contacts alone, never to the operator. */
function standInFooter(context: ViewContext): MailFooter {
  const why = sayToOperator('stand_in.why', { tenant: tenantNameOf(context) });
  return { page: null, forward: null, smallPrint: [why, sayToOperator('operator.why')], links: [] };
}
