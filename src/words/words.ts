import { canonicalLocale, DEFAULT_LOCALE, type Language, languageOf } from '../domain/model/language.ts';
import { PRODUCT_NAME } from './brand.ts';
import { connectDe } from './messages/connect/de.ts';
import { type ConnectMessages, connectEn } from './messages/connect/en.ts';
import { connectEs } from './messages/connect/es.ts';
import { connectFr } from './messages/connect/fr.ts';
import { connectPt } from './messages/connect/pt.ts';
import { de } from './messages/de.ts';
import { en, type Messages } from './messages/en.ts';
import { es } from './messages/es.ts';
import { fr } from './messages/fr.ts';
import { operator } from './messages/operator.ts';
import { pageDe } from './messages/page/de.ts';
import { type PageMessages, pageEn } from './messages/page/en.ts';
import { pageEs } from './messages/page/es.ts';
import { pageFr } from './messages/page/fr.ts';
import { pagePt } from './messages/page/pt.ts';
import { pt } from './messages/pt.ts';
import type { Message } from './messages/translated.ts';

type MailKey = keyof typeof en;
export type PageKey = keyof typeof pageEn;
type ConnectKey = keyof typeof connectEn;
export type MessageKey = MailKey | PageKey | ConnectKey;
export type OperatorKey = keyof typeof operator;

/** Gives the message of a key with its placeholders filled in. */
export type Say<Key extends string = MessageKey> = (
  key: Key,
  values?: Readonly<Record<string, string | number>>,
) => string;

export type Words = Readonly<{
  /** BCP 47 language of the messages, for `lang`. */
  language: Language;
  /** BCP 47 locale for dates and lists: the tenant's own where it is of the same language. */
  locale: string;
  say: Say;
}>;

type Catalogue = Readonly<{ messages: Messages & PageMessages & ConnectMessages; locale: string; name: string }>;

const english: Catalogue = { messages: { ...en, ...pageEn, ...connectEn }, locale: 'en-US', name: 'English' };
/** A further language is its subtag in `domain/model/language.ts`, three files in messages/ and a line here. */
const catalogues: Readonly<Record<Language, Catalogue>> = {
  en: english,
  es: { messages: { ...es, ...pageEs, ...connectEs }, locale: 'es', name: 'Español' },
  fr: { messages: { ...fr, ...pageFr, ...connectFr }, locale: 'fr-FR', name: 'Français' },
  de: { messages: { ...de, ...pageDe, ...connectDe }, locale: 'de-DE', name: 'Deutsch' },
  pt: { messages: { ...pt, ...pagePt, ...connectPt }, locale: 'pt-BR', name: 'Português' },
};

/** A language's own name for itself. */
export function languageName(language: Language): string {
  return catalogues[language].name;
}

/**
 * The words for a locale as the brand says them; English where the language is not translated yet or the locale is
 * invalid.
 */
export function wordsFor(locale: string, brand: string = PRODUCT_NAME): Words {
  const spoken = languageOf(locale);
  const language = spoken ?? DEFAULT_LOCALE;
  const catalogue = catalogues[language];
  const wanted = canonicalLocale(locale);
  const hasRegion = spoken !== null && wanted !== null && wanted !== spoken;
  const say = sayIn<MessageKey>(catalogue.messages, language);
  return {
    language,
    locale: hasRegion ? wanted : catalogue.locale,
    say: (key, values) => say(key, { brand, ...values }),
  };
}

/** Mail to the operator is always in English. */
export const sayToOperator: Say<OperatorKey> = sayIn(operator, 'en');

export function isOperatorKey(key: string): key is OperatorKey {
  return Object.hasOwn(operator, key);
}

function sayIn<Key extends string>(messages: Readonly<Record<Key, Message>>, language: string): Say<Key> {
  const plurals = new Intl.PluralRules(language);
  return (key, values = {}) => {
    const message: Message = messages[key];
    const text =
      typeof message === 'string' ? message : message[plurals.select(Number(values.count)) === 'one' ? 'one' : 'other'];
    return bindMarks(text).replaceAll(/\{(\w+)\}/g, (placeholder, name) => String(values[name] ?? placeholder));
  };
}

/** French sets a space before these marks and inside its quotes; a line must not break there. */
function bindMarks(text: string): string {
  return text.replaceAll(/ (?=[:;!?»])|(?<=«) /g, '\u00A0');
}
