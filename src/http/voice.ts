import { ADDRESS_LENGTH } from '../domain/model/email-address.ts';
import { DEFAULT_LOCALE } from '../domain/model/language.ts';
import type { Instant } from '../domain/model/time.ts';
import type { OwnerPage } from '../domain/owner/owner-page.ts';
import { type Brand, type Speaker, speakerOf } from '../words/brand.ts';
import { tenantName } from '../words/connection-words.ts';
import { plainName } from '../words/plain-name.ts';
import { type TimeWords, timeWords } from '../words/time-words.ts';
import { type Say, wordsFor } from '../words/words.ts';
import { preferredLanguage } from './preferred-language.ts';

/** How a page speaks to one reader. */
export type Voice = Readonly<{
  /** BCP 47, for `lang`. */
  language: string;
  say: Say;
  /** Who speaks. */
  speaker: Speaker;
  /** Where readers write to. */
  help: string;
}>;

/** Who speaks, and where readers write to, unless the account has its own. */
export type BrandAndHelp = Readonly<{ brand: Brand; helpAddress: string }>;

/** What is said to a contact whose account is known. */
export type ContactVoice = Voice &
  Readonly<{
    /** BCP 47, for dates and lists. */
    locale: string;
    time: TimeWords;
    now: Instant;
    names: Readonly<{ tenant: string; email: string; help: string }>;
  }>;

/** The reader's own language, or the account's; times in the account's zone. */
export function voiceTo({ tenant, contact, now }: OwnerPage, { brand, helpAddress }: BrandAndHelp): ContactVoice {
  const speaker = speakerOf(tenant.senderName, brand);
  const { language, locale, say } = wordsFor(contact.locale ?? tenant.locale, speaker.name);
  const help = tenant.replyTo ?? helpAddress;
  const time = timeWords({ locale, timeZone: tenant.timezone, now });
  const names = {
    tenant: tenantName(tenant.name, say),
    email: plainName(contact.email, ADDRESS_LENGTH) ?? '',
    help,
  };
  return { language, locale, say, speaker, help, time, now, names };
}

/** A reader of whom nothing is known but what the browser asks for, and perhaps the account of an expired link. */
export function voiceToStranger(
  acceptLanguage: string | undefined,
  { brand, helpAddress }: BrandAndHelp,
  tenant: Pick<OwnerPage['tenant'], 'senderName' | 'replyTo'> | null = null,
): Voice {
  const speaker = speakerOf(tenant?.senderName ?? null, brand);
  const { language, say } = wordsFor(preferredLanguage(acceptLanguage) ?? DEFAULT_LOCALE, speaker.name);
  return { language, say, speaker, help: tenant?.replyTo ?? helpAddress };
}
