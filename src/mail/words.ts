import { en } from './messages/en.ts';

export type MessageKey = keyof typeof en;
export type Message = string | Readonly<{ one: string; other: string }>;
export type Messages = Readonly<Record<MessageKey, Message>>;

/** The message of that name, filled in. */
export type Say = (key: MessageKey, values?: Readonly<Record<string, string | number>>) => string;

export type Words = Readonly<{
  /** BCP 47 language of the messages, for `lang`. */
  language: string;
  /** BCP 47 locale for dates and lists: the tenant's own where it is of the same language. */
  locale: string;
  say: Say;
}>;

export function isMessageKey(key: string): key is MessageKey {
  return Object.hasOwn(en, key);
}

type Catalogue = Readonly<{ messages: Messages; locale: string }>;

const english: Catalogue = { messages: en, locale: 'en-US' };
/** By language subtag. A further language is a further file in messages/ and a line here. */
const catalogues: Readonly<Record<string, Catalogue>> = { en: english };

/** The words for a locale, English where its language is not there yet or the locale is not one. */
export function wordsFor(locale: string): Words {
  const wanted = canonicalLocale(locale) ?? english.locale;
  const spoken = new Intl.Locale(wanted).language;
  const language = Object.hasOwn(catalogues, spoken) ? spoken : 'en';
  const catalogue = catalogues[language] ?? english;
  const hasRegion = language === spoken && wanted !== spoken;
  return { language, locale: hasRegion ? wanted : catalogue.locale, say: sayIn(catalogue.messages, language) };
}

function sayIn(messages: Messages, language: string): Say {
  const plurals = new Intl.PluralRules(language);
  return (key, values = {}) => {
    const message: Message = messages[key];
    const text =
      typeof message === 'string' ? message : message[plurals.select(Number(values.count)) === 'one' ? 'one' : 'other'];
    return text.replaceAll(/\{(\w+)\}/g, (placeholder, name) => String(values[name] ?? placeholder));
  };
}

function canonicalLocale(locale: string): string | null {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? null;
  } catch {
    return null;
  }
}
