import type { Instant } from '../../domain/model/time.ts';
import type { OwnerPage } from '../../domain/owner/owner-page.ts';
import { plainName, unlinkedName } from '../../words/plain-name.ts';
import { type TimeWords, timeWords } from '../../words/time-words.ts';
import { type Say, wordsFor } from '../../words/words.ts';

/** Names are somebody else's; longer ones are cut. */
const NAME_LENGTH = 70;
const ADDRESS_LENGTH = 254;

/** How a page speaks to one reader. */
export type Voice = Readonly<{
  /** BCP 47, for `lang`. */
  language: string;
  say: Say;
  /** Where readers write to. */
  help: string;
}>;

/** What is said to a contact whose account is known. */
export type ContactVoice = Voice &
  Readonly<{ time: TimeWords; now: Instant; names: Readonly<{ tenant: string; email: string; help: string }> }>;

/** The reader's own language, or the account's; times in the account's zone. */
export function voiceTo({ tenant, contact, now }: OwnerPage, helpAddress: string): ContactVoice {
  const { language, locale, say } = wordsFor(contact.locale ?? tenant.locale);
  const help = tenant.replyTo ?? helpAddress;
  const time = timeWords({ locale, timeZone: tenant.timezone, now });
  const names = {
    tenant: unlinkedName(tenant.name, NAME_LENGTH) ?? say('tenant.unnamed'),
    email: plainName(contact.email, ADDRESS_LENGTH) ?? '',
    help,
  };
  return { language, say, help, time, now, names };
}

/** A reader of whom nothing is known but the browser's first language. */
export function voiceToStranger(acceptLanguage: string | undefined, help: string): Voice {
  const [first = ''] = (acceptLanguage ?? '').split(/[,;]/);
  const { language, say } = wordsFor(first.trim());
  return { language, say, help };
}

/** A name that somebody else chose, fit for a sentence. */
export function shown(name: string | null): string | null {
  return unlinkedName(name, NAME_LENGTH);
}
