import { beforeAll, describe, expect, it } from '@jest/globals';
import { languages } from '../../../src/domain/model/language.ts';
import type { MessageContent } from '../../../src/domain/model/message-content.ts';
import { createMailer, type MailServer } from '../../../src/mail/create-mailer.ts';
import { connectDe } from '../../../src/words/messages/connect/de.ts';
import { connectEn } from '../../../src/words/messages/connect/en.ts';
import { connectEs } from '../../../src/words/messages/connect/es.ts';
import { connectFr } from '../../../src/words/messages/connect/fr.ts';
import { connectPt } from '../../../src/words/messages/connect/pt.ts';
import { de } from '../../../src/words/messages/de.ts';
import { en } from '../../../src/words/messages/en.ts';
import { es } from '../../../src/words/messages/es.ts';
import { fr } from '../../../src/words/messages/fr.ts';
import { operator } from '../../../src/words/messages/operator.ts';
import { pageDe } from '../../../src/words/messages/page/de.ts';
import { pageEn } from '../../../src/words/messages/page/en.ts';
import { pageEs } from '../../../src/words/messages/page/es.ts';
import { pageFr } from '../../../src/words/messages/page/fr.ts';
import { pagePt } from '../../../src/words/messages/page/pt.ts';
import { pt } from '../../../src/words/messages/pt.ts';
import type { Message } from '../../../src/words/messages/translated.ts';
import { mailerOptions } from '../../support/mail-contents.ts';
import { everyOwnerLetter } from '../../support/mail-every-message.ts';
import { everyOperatorLetter } from '../../support/mail-every-report.ts';

type Catalogue = Readonly<Record<string, Message>>;

/** Whether the words of pages are all used is for page-words.test.ts and connect-words.test.ts in test/unit/http/ to say. */
const inMail: Readonly<Record<string, Catalogue>> = { en, de, es, fr, pt };
const english: Catalogue = { ...en, ...pageEn, ...connectEn };
const french: Catalogue = { ...fr, ...pageFr, ...connectFr };
const translations: Readonly<Record<string, Catalogue>> = {
  de: { ...de, ...pageDe, ...connectDe },
  es: { ...es, ...pageEs, ...connectEs },
  fr: french,
  pt: { ...pt, ...pagePt, ...connectPt },
};

/** What is rightly the same in English. */
const sameAsEnglish: Readonly<Record<string, readonly string[]>> = {
  de: ['colon'],
  es: ['colon'],
  fr: [],
  pt: ['colon'],
};

/** These stand within other messages; all others are a text of the page by themselves. */
const within =
  /^(colon|account\.unnamed|network\.unnamed|tenant\.unnamed|footer\.also_to|footer\.and_others|problem\.pages\.more|command\..*|condition\..*|quota_exceeded\.no_limit|digest\.(see|told\..*|mail_failed\.(address_refused|bounced|refused|gave_up|other)))$/;

let mailer: MailServer;
beforeAll(async () => {
  mailer = await createMailer(mailerOptions());
});

function formsOf(message: Message | undefined): Readonly<Record<string, string>> {
  return typeof message === 'object' ? message : { text: message ?? '' };
}

function placeholdersOf(text: string): readonly string[] {
  return Array.from(text.matchAll(/\{(\w+)\}/g), ([placeholder]) => placeholder).toSorted();
}

const escapes: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** Every text of the mails that a reader sees, apart from the others. */
function textsOf(contents: readonly MessageContent[]): ReadonlySet<string> {
  const texts = contents.flatMap((content) => {
    const { subject, html } = mailer.compose(content);
    return [subject, ...Array.from(html.matchAll(/>([^<]+)</g), ([, text = '']) => text)];
  });
  return new Set(
    texts.map((text) =>
      text
        .replaceAll(/&(#?\w+);/g, (entity, name) => escapes[name] ?? entity)
        .replaceAll('\u00A0', ' ')
        .trim(),
    ),
  );
}

function unusedOf(messages: Catalogue, shown: ReadonlySet<string>): readonly string[] {
  const lines = [...shown];
  return Object.keys(messages).filter((key) => {
    // A list of several is never of one, so that form is grammar's, not a reader's.
    const { text, other = text ?? '' } = formsOf(messages[key]);
    const said = other
      .split(/\{\w+\}/)
      .map((part) => part.replaceAll(/[.*+?()[\]{}|^$\\]/g, '\\$&'))
      .join('.+');
    const pattern = new RegExp(within.test(key) ? said : `^${said}$`);
    return !lines.some((line) => pattern.test(line));
  });
}

describe('the messages', () => {
  it('of every language that Linkwatch writes are looked at here', () => {
    expect(Object.keys(inMail).toSorted()).toEqual(languages.toSorted());
  });

  it.each(Object.keys(inMail))('of mail in %s are all used', (language) => {
    expect(unusedOf(inMail[language] ?? {}, textsOf(everyOwnerLetter(language)))).toEqual([]);
  });

  it('to the operator are all used', () => {
    const kinds = Object.keys(operator).flatMap((key) =>
      key.startsWith('failure.') ? [key.slice('failure.'.length)] : [],
    );
    expect(unusedOf(operator, textsOf(everyOperatorLetter(kinds)))).toEqual([]);
  });

  it('would be found out if one were not', () => {
    const shown = textsOf(everyOwnerLetter('en'));
    expect(unusedOf({ ...en, 'alert.intro.other': 'Nobody ever reads {this}.' }, shown)).toEqual(['alert.intro.other']);
  });
});

describe.each(Object.entries(translations))('the messages in %s', (language, messages) => {
  it('are those of English, with the same plural forms', () => {
    const shape = (catalogue: Catalogue) =>
      Object.entries(catalogue).map(([key, message]) => [key, Object.keys(formsOf(message))]);
    expect(shape(messages)).toEqual(shape(english));
  });

  it.each(Object.keys(english))('fill %s in with what English fills in', (key) => {
    const there = formsOf(english[key]);
    const here = Object.entries(formsOf(messages[key])).map(([form, text]) => [form, placeholdersOf(text)]);
    expect(here).toEqual(Object.entries(there).map(([form, text]) => [form, placeholdersOf(text)]));
  });

  it('are translated', () => {
    const same = Object.keys(english).filter((key) => {
      const texts = Object.values(formsOf(english[key]));
      return Object.values(formsOf(messages[key])).some((text) => texts.includes(text));
    });
    expect(same).toEqual(sameAsEnglish[language]);
  });

  it('have the apostrophes and spaces of print', () => {
    const texts = Object.values({ ...messages, colon: '' }).flatMap((message) => Object.values(formsOf(message)));
    for (const text of texts) expect(text).not.toMatch(/['"]|[^\S ]| {2}|^ | $|\.\./);
  });
});

describe('a French message', () => {
  it('has a space before each mark of two parts, and inside quotes', () => {
    const texts = Object.values(french).flatMap((message) => Object.values(formsOf(message)));
    for (const text of texts) expect(text).not.toMatch(/[^ ][:;!?»]|«[^ ]/);
  });

  it('elides nothing before a name that may begin with a vowel', () => {
    const texts = Object.values(french).flatMap((message) => Object.values(formsOf(message)));
    for (const text of texts)
      expect(text).not.toMatch(/\b(de|que|le|la|je|se|ne|si) \{(network|account|tenant|others)\}/i);
  });
});
