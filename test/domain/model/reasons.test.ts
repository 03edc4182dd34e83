import { describe, expect, it } from '@jest/globals';
import {
  closeReasons,
  incidentDecisions,
  isAlertReason,
  reasonFromText,
  reasonsByState,
} from '../../../src/domain/model/reasons.ts';

describe('A stored reason that this version does not know', () => {
  it.each(['', 'a_word_of_tomorrow', 'FIRST_ALERT', 'first_alert '])('is read as unknown: "%s"', (text) => {
    expect(reasonFromText(reasonsByState.pending, text)).toBe('unknown');
  });

  it.each(Object.entries(reasonsByState))('may stand in every list: %s', (_, reasons) => {
    expect(reasons).toContain('unknown');
  });
});

describe('A stored reason is read as it was written:', () => {
  it.each(Object.entries(reasonsByState))('of a mail that is %s', (_, reasons) => {
    for (const reason of reasons) expect(reasonFromText<string>(reasons, reason)).toBe(reason);
  });

  it('of an incident’s end, and each is a decision too', () => {
    for (const reason of closeReasons) expect(reasonFromText(closeReasons, reason)).toBe(reason);
    expect(incidentDecisions).toEqual(expect.arrayContaining([...closeReasons]));
  });

  it('of the decision about an incident', () => {
    for (const decision of incidentDecisions) expect(reasonFromText(incidentDecisions, decision)).toBe(decision);
    expect(incidentDecisions).toContain('mail_address_refused');
  });
});

it('of all decisions about an incident, these have written an alert', () => {
  expect(incidentDecisions.filter(isAlertReason)).toEqual([
    'first_alert',
    'found_at_baseline',
    'worse_action',
    'profile_missing',
    'settled_broken',
    'privileges_missing',
  ]);
});
