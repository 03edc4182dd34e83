import { describe, expect, it } from '@jest/globals';
import { MINUTE_MS } from '../../../src/domain/model/time.ts';
import { checkOutcomes } from '../../../src/domain/owner/check-outcome.ts';
import { contactRequestOutcomes } from '../../../src/domain/owner/contact-request.ts';
import { doneWords } from '../../../src/http/owner/done-words.ts';
import { voiceTo } from '../../../src/http/voice.ts';
import { aBrand, NOW } from '../../support/builders.ts';
import { anOwnerPage } from '../../support/owner-pages.ts';

type Given = Parameters<typeof anOwnerPage>[0];

function doneOf(code: unknown, given: Given = {}) {
  const page = anOwnerPage(given);
  return doneWords(code, page, {
    ...voiceTo(page, { brand: aBrand(), helpAddress: 'help@x.example' }),
    recheckAfterMs: 15 * MINUTE_MS,
  });
}

describe('what was done', () => {
  it.each([...contactRequestOutcomes, ...checkOutcomes])('has its words: %s', (code) => {
    const state = code === 'unsubscribed' || code === 'not_mine' ? code : 'active';
    expect(doneOf(code, { contact: { state } })).toMatch(/\.$/);
  });

  it.each([undefined, '', 'toString', ['works'], 'Your account was closed'])('is none of %j', (code) => {
    expect(doneOf(code)).toBeNull();
  });

  it('says when it is looked at once more, and when requests are there again', () => {
    expect(doneOf('works_so_far')).toContain('once more in 15 minutes');
    expect(doneOf('used_up')).toContain('Thursday, January 15, 2026 at 7:00 PM Eastern Time');
  });

  it.each<[string, string, Given]>([
    ['what was seen long ago', 'works', { tenant: { lastGoodPollAt: NOW - 5 * MINUTE_MS } }],
    ['what nobody has seen', 'needs_you', { tenant: { lastGoodPollAt: null } }],
    ['that somebody left who is back', 'unsubscribed', {}],
    ['that somebody is back who left', 'returned', { contact: { state: 'not_mine' } }],
  ])('does not say %s', (_, code, given) => {
    expect(doneOf(code, given)).toBeNull();
  });
});
