import { z } from 'zod';

/** What a form has done, as the page says it afterwards. */
const doneWords = {
  saved: 'The settings were saved.',
  paused: 'Paused: it is polled no more, and its contacts get no mail, until it is resumed.',
  resumed: 'Resumed: it is polled with the next round.',
  polled: 'It was checked just now.',
  poll_failed: 'The check failed. The state above says why.',
  not_polled: 'It was not checked: it is paused or not connected, or today’s requests are used up.',
  invited: 'An invitation was written. It stands below, under mail.',
  invited_before: 'An invitation is on its way already.',
  no_contact: 'Nobody was invited: the address is none of the tenant’s contacts. Put it among them first.',
  no_mail_wanted: 'Nobody was invited: this contact gets no mail.',
  bad_address: 'Nobody was invited: that is not an e-mail address.',
} as const;

export type Done = keyof typeof doneWords;

/** Null when the address names nothing that was done. */
export function doneText(asked: unknown): string | null {
  const { done } = z
    .object({ done: z.string().catch('') })
    .catch({ done: '' })
    .parse(asked);
  return Object.hasOwn(doneWords, done) ? doneWords[done as Done] : null;
}
