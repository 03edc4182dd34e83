import { describe, expect, it } from '@jest/globals';
import {
  addToTotals,
  type ComparableMail,
  compareMail,
  type MailSubject,
  sentMail,
} from '../../../src/domain/replay/compare-mail.ts';
import { aNotification, aTenant, NOW } from '../../support/builders.ts';
import { ms } from '../../support/domain-time.ts';

const facebook: MailSubject = { network: 'facebook', accountId: '1', displayName: null, action: 'reconnect' };
const instagram: MailSubject = { ...facebook, network: 'instagram' };
const access: MailSubject = { network: null, accountId: null, displayName: null, action: 'reauthorize' };

function mail(after: string, given: Partial<ComparableMail> = {}): ComparableMail {
  return { at: NOW + ms(after), kind: 'alert', to: 'jane@bakery.example', reason: 'any', about: [facebook], ...given };
}

describe('A mail that would be sent and one that was', () => {
  it.each<[string, ComparableMail, ComparableMail, readonly string[]]>([
    ['at once', mail('0s'), mail('0s'), ['none']],
    ['five minutes apart', mail('5m'), mail('0s'), ['none']],
    ['further apart', mail('301s'), mail('0s'), ['later']],
    ['the other way round', mail('0s'), mail('12h'), ['earlier']],
    ['more than 12 hours apart', mail('0s'), mail('43201s'), ['only_would', 'only_was']],
    ['with another connection besides', mail('0s', { about: [instagram, facebook] }), mail('0s'), ['none']],
    ['with another remedy', mail('0s', { about: [{ ...facebook, action: 'wait' }] }), mail('0s'), ['none']],
    ['about another connection', mail('0s', { about: [instagram] }), mail('0s'), ['only_would', 'only_was']],
    ['about our access', mail('0s', { about: [access] }), mail('0s', { about: [access] }), ['none']],
    ['of another kind', mail('0s', { kind: 'reminder' }), mail('0s'), ['only_would', 'only_was']],
    ['to somebody else', mail('0s', { to: 'joe@bakery.example' }), mail('0s'), ['only_would', 'only_was']],
  ])('%s', (_name, would, was, differences) => {
    const pairs = compareMail([would], [was]);
    expect(pairs.map(({ difference }) => difference)).toEqual(differences);
  });

  it('are paired with the nearest, each once, in order of time', () => {
    const pairs = compareMail([mail('1h'), mail('9h')], [mail('2h'), mail('10h'), mail('0s', { kind: 'reminder' })]);
    expect(pairs.map(({ difference, would, was }) => [difference, would?.at ?? null, was?.at ?? null])).toEqual([
      ['only_was', null, NOW],
      ['earlier', NOW + ms('1h'), NOW + ms('2h')],
      ['earlier', NOW + ms('9h'), NOW + ms('10h')],
    ]);
  });

  it('add up by kind', () => {
    const would = [mail('0s'), mail('0s', { kind: 'recovered' })];
    const was = [mail('0s'), mail('1d')];
    const once = addToTotals(new Map(), compareMail(would, was));
    expect(Object.fromEntries(addToTotals(once, compareMail([], [mail('0s')])))).toEqual({
      alert: { would: 1, was: 3, onlyWould: 0, onlyWas: 2 },
      recovered: { would: 1, was: 0, onlyWould: 1, onlyWas: 0 },
    });
  });
});

describe('What was sent', () => {
  it('leaves out the invitations, about which no rule decides', () => {
    const sent = [aNotification({ id: 'a', kind: 'alert' }), aNotification({ id: 'b', kind: 'invitation' })];
    const past = { tenant: aTenant(), contacts: [], connections: [], snapshots: [], polls: [], incidents: [], sent };
    expect(sentMail(past, 0).map(({ kind }) => kind)).toEqual(['alert']);
  });
});
