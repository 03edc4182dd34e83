import { plainName } from '../../words/plain-name.ts';
import { type MessageKey, sayToOperator } from '../../words/words.ts';
import type { MailFooter } from '../mail-view.ts';
import { tenantNameOf, type ViewContext } from './view-context.ts';

const ADDRESS_LENGTH = 254;

/** Why the reader gets this mail, who else got it, and how to unsubscribe. */
export function ownerFooter(context: ViewContext, pageLabel: MessageKey = 'footer.page'): MailFooter {
  const { words, links, helpAddress } = context;
  if (links === null) return standInFooter(context);
  return {
    page: { label: words.say(pageLabel), url: links.page },
    smallPrint: [reasonOf(context), words.say('footer.questions', { help: helpAddress })],
    links: [
      { label: words.say('footer.preferences'), url: links.preferences },
      { label: words.say('footer.not_mine'), url: links.notMine },
      { label: words.say('footer.unsubscribe'), url: links.unsubscribe },
    ],
  };
}

function reasonOf(context: ViewContext): string {
  const { content, words } = context;
  const { contact, alsoTo = [] } = content.recipient ?? {};
  const why = words.say(contact?.role === 'cc' ? 'footer.why.cc' : 'footer.why.owner', {
    tenant: tenantNameOf(context),
  });
  const others = alsoTo.flatMap((address) => plainName(address, ADDRESS_LENGTH) ?? []);
  if (others.length === 0) return why;
  return `${why} ${words.say('footer.also_to', { others: new Intl.ListFormat(words.locale).format(others) })}`;
}

/** Personal links go to the tenant's own contacts alone, never to the operator. */
function standInFooter(context: ViewContext): MailFooter {
  const why = sayToOperator('stand_in.why', { tenant: tenantNameOf(context) });
  return { page: null, smallPrint: [why, sayToOperator('operator.why')], links: [] };
}
