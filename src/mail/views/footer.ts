import { plainName } from '../../words/plain-name.ts';
import type { MessageKey } from '../../words/words.ts';
import type { MailFooter } from '../mail-view.ts';
import { tenantNameOf, type ViewContext } from './view-context.ts';

const ADDRESS_LENGTH = 254;

/** Why the reader gets this, who else got it, and the way out. */
export function ownerFooter(context: ViewContext, pageLabel: MessageKey = 'footer.page'): MailFooter {
  const { letter, words, links, helpAddress } = context;
  const { recipient } = letter;
  if (recipient === null || links === null) return { page: null, smallPrint: [], unsubscribe: null };
  const why = words.say(recipient.contact.role === 'owner' ? 'footer.why.owner' : 'footer.why.cc', {
    tenant: tenantNameOf(context),
  });
  const others = recipient.alsoTo.flatMap((address) => plainName(address, ADDRESS_LENGTH) ?? []);
  const alsoTo = words.say('footer.also_to', { others: new Intl.ListFormat(words.locale).format(others) });
  return {
    page: { label: words.say(pageLabel), url: links.page },
    smallPrint: [others.length === 0 ? why : `${why} ${alsoTo}`, words.say('footer.questions', { help: helpAddress })],
    unsubscribe: { label: words.say('footer.unsubscribe'), url: links.unsubscribe },
  };
}
