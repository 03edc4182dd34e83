import { describe, expect, it } from '@jest/globals';
import { incidentFromRow, incidentToRow } from '../../../src/store/rows/incident-row.ts';
import { notificationFromRow, notificationToRow, topicsToRows } from '../../../src/store/rows/notification-row.ts';
import { aNotification, anIncident, anOperatorNotification } from '../../support/builders.ts';

describe('A database that another version of Linkwatch has written can be read:', () => {
  const closed = anIncident({ state: 'closed', closeReason: 'recovered' });
  const row = incidentToRow(closed);
  const mail = aNotification();
  const mailRow = { ...notificationToRow(mail), topics: topicsToRows(mail) };

  it('the decision about an incident', () => {
    expect(incidentFromRow({ ...row, decision: 'a_word_of_tomorrow' }).alerting.decision).toBe('unknown');
  });

  it('why an incident closed', () => {
    expect(incidentFromRow({ ...row, closeReason: 'a_word_of_tomorrow' }).closeReason).toBe('unknown');
    expect(incidentFromRow({ ...row, closeReason: null }).closeReason).toBeNull();
  });

  it.each(['pending', 'held', 'sent', 'failed', 'cancelled'])('why a mail is %s', (state) => {
    expect(notificationFromRow({ ...mailRow, state, reason: 'a_word_of_tomorrow' })).toMatchObject({
      state,
      reason: 'unknown',
    });
  });

  it('why a mail to the operator is sent, or has failed', () => {
    const stored = { ...notificationToRow(anOperatorNotification()), reason: 'a_word_of_tomorrow', topics: [] };
    expect(notificationFromRow(stored).reason).toBe('outage_began');
    expect(notificationFromRow({ ...stored, state: 'failed' }).reason).toBe('unknown');
  });

  it('what a mail reports, which is stored again word by word', () => {
    const topics = mailRow.topics.map((topic) => ({ ...topic, step: 'a_step_of_tomorrow:1' }));
    const read = notificationFromRow({ ...mailRow, topics });
    expect(read).toMatchObject({ topics: [{ step: { kind: 'other', text: 'a_step_of_tomorrow:1' } }] });
    expect(topicsToRows(read)).toMatchObject([{ step: 'a_step_of_tomorrow:1' }]);
  });
});
