import { describe, expect, it } from '@jest/globals';
import { lastToldAt, type MailOfIncident } from '../../../src/domain/notification/last-told-at.ts';
import { NOW } from '../../support/builders.ts';

function mail(given: Partial<MailOfIncident> = {}): MailOfIncident {
  return { id: 'mail-1', kind: 'alert', state: 'sent', contactId: 'contact-1', sentAt: NOW, ...given };
}

describe('When the people of a tenant were last told', () => {
  it.each<[string, readonly MailOfIncident[], number | null]>([
    ['is never without a mail', [], null],
    ['is when a mail server took the alert', [mail()], NOW],
    ['is when one took the latest mail, in whatever order', [mail({ sentAt: NOW + 5 }), mail()], NOW + 5],
    ['is when one took a reminder', [mail(), mail({ kind: 'reminder', sentAt: NOW + 9 })], NOW + 9],
    ['is when one took the mail about a removal', [mail({ kind: 'removed' })], NOW],
    ['is never by thanks alone', [mail({ kind: 'recovered' })], null],
    ['is never while mail waits', [mail({ state: 'pending', sentAt: null })], null],
    ['is never when mail came back', [mail({ state: 'failed' })], null],
    ['is never when mail was discarded', [mail({ state: 'cancelled', sentAt: null })], null],
    ['is never when the operator alone was told', [mail({ contactId: null })], null],
  ])('%s', (_, mails, at) => {
    expect(lastToldAt(mails)).toBe(at);
  });
});
