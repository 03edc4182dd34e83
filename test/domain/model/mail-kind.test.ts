import { expect, it } from '@jest/globals';
import { isAlertKind, mailKinds, tellsOfTrouble } from '../../../src/domain/model/mail-kind.ts';

it('of all kinds of mail, these are alerts', () => {
  expect(mailKinds.filter(isAlertKind)).toEqual(['alert', 'reauthorize', 'access_denied']);
});

it('of all kinds of mail, these tell that something is wrong', () => {
  expect(mailKinds.filter(tellsOfTrouble)).toEqual([
    'alert',
    'reminder',
    'flapping',
    'removed',
    'reauthorize',
    'access_denied',
  ]);
});
