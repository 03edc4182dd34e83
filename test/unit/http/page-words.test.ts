import { describe, expect, it } from '@jest/globals';
import { languages } from '../../../src/domain/model/language.ts';
import { checkOutcomes } from '../../../src/domain/owner/check-outcome.ts';
import { contactRequestOutcomes } from '../../../src/domain/owner/contact-request.ts';
import type { OwnerPage } from '../../../src/domain/owner/owner-page.ts';
import { failureNotice, nothingChanged } from '../../../src/http/answer-failures.ts';
import { confirmWords } from '../../../src/http/owner/confirm-words.ts';
import { doneWords } from '../../../src/http/owner/done-words.ts';
import { ownerActions } from '../../../src/http/owner/owner-actions.ts';
import { onlyToLook, refusalOf, unsubscribedAtOnce } from '../../../src/http/owner/owner-notices.ts';
import { ownerPageWords } from '../../../src/http/owner/owner-words.ts';
import { type ContactVoice, voiceTo } from '../../../src/http/voice.ts';
import { pageEn } from '../../../src/words/messages/page/en.ts';
import type { MessageKey } from '../../../src/words/words.ts';
import { aBrand } from '../../support/builders.ts';
import { everyOwnerPage } from '../../support/owner-pages.ts';

const house = { brand: aBrand(), helpAddress: 'help@x.example' };

type Spoken = Readonly<{ keys: ReadonlySet<MessageKey>; texts: readonly string[] }>;

/** Every page that a reader of `locale` can get to see. */
function everythingSaid(locale: string): Spoken {
  const keys = new Set<MessageKey>();
  const texts: string[] = [];
  for (const page of everyOwnerPage(locale)) speak(page, listening(voiceTo(page, house), keys, texts));
  return { keys, texts };
}

function listening(voice: ContactVoice, keys: Set<MessageKey>, texts: string[]): ContactVoice {
  const say: ContactVoice['say'] = (key, values) => {
    keys.add(key);
    const text = voice.say(key, values);
    texts.push(text);
    return text;
  };
  return { ...voice, say };
}

function speak(page: OwnerPage, voice: ContactVoice): void {
  const many = Array.from({ length: 120 }, () => page.connections).flat();
  for (const isGuest of [false, true])
    ownerPageWords(page, voice, { repairSteps: () => ['Reconnect it.'], isGuest, number: 1 });
  ownerPageWords({ ...page, connections: many }, voice, { repairSteps: () => [], isGuest: false, number: 2 });
  for (const action of ownerActions) confirmWords(action, page, voice);
  for (const done of [...contactRequestOutcomes, ...checkOutcomes])
    doneWords(done, page, { ...voice, recheckAfterMs: 900_000 });
  for (const kind of ['expired', 'nowhere'] as const) refusalOf(kind, voice);
  onlyToLook(voice, '.');
  for (const status of [400, 500, 503]) failureNotice(status, voice, { isForm: true, again: '' });
  nothingChanged(voice, '.');
  unsubscribedAtOnce(voice, '.');
}

describe('the words of the pages', () => {
  it('are all used', () => {
    const { keys } = everythingSaid('en');
    expect(Object.keys(pageEn).filter((key) => !keys.has(key as MessageKey))).toEqual([]);
  });

  it.each(languages)('in %s leave no gap to be filled in', (language) => {
    const { texts } = everythingSaid(language);
    expect(texts.filter((text) => /\{\w+\}|\bundefined\b|\bnull\b/.test(text))).toEqual([]);
  });
});
