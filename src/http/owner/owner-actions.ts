import { languages } from '../../domain/model/language.ts';
import { type ContactRequest, snoozeLengths } from '../../domain/owner/contact-request.ts';
import type { Fields } from '../read-form.ts';

/** What a contact can do, as the addresses name it: `/o/{token}/{action}`. */
export const ownerActions = ['check', 'snooze', 'preferences', 'not-mine', 'unsubscribe', 'return'] as const;
export type OwnerAction = (typeof ownerActions)[number];

export function isOwnerAction(text: string): text is OwnerAction {
  return ownerActions.some((action) => action === text);
}

/** What the form of an action asks for; null when it says nothing that can be wished. */
export function contactRequestOf(action: Exclude<OwnerAction, 'check'>, fields: Fields): ContactRequest | null {
  switch (action) {
    case 'snooze': {
      const length = snoozeLengths.find((one) => one === fields.get('length'));
      return length === undefined ? null : { kind: 'snooze', length };
    }
    case 'preferences':
      return preferenceOf(fields);
    case 'not-mine':
      return { kind: 'leave', as: 'not_mine' };
    case 'unsubscribe':
      return { kind: 'leave', as: 'unsubscribed' };
    case 'return':
      return { kind: 'return' };
  }
}

/** No language means the account's. */
function preferenceOf(fields: Fields): ContactRequest | null {
  const language = fields.get('language');
  const reminders = fields.get('reminders');
  const isKnown = language === '' || languages.some((one) => one === language);
  if (!isKnown || (reminders !== 'on' && reminders !== 'off')) return null;
  return { kind: 'prefer', locale: language === '' ? null : String(language), wantsReminders: reminders === 'on' };
}
