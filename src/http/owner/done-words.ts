import { type Instant, MINUTE_MS } from '../../domain/model/time.ts';
import { type CheckOutcome, checkOutcomes } from '../../domain/owner/check-outcome.ts';
import { type ContactRequestOutcome, contactRequestOutcomes } from '../../domain/owner/contact-request.ts';
import type { OwnerPage } from '../../domain/owner/owner-page.ts';
import { dayEndsAt } from '../../domain/polling/requests-today.ts';
import type { ContactVoice } from '../voice.ts';

/** What was done, as the address of the page after it names it: never a text of its own. */
export type Done = ContactRequestOutcome | CheckOutcome;

const allDone: readonly Done[] = [...contactRequestOutcomes, ...checkOutcomes];
/** "Linkwatch has just looked" is not said of an hour ago, though the page is opened again. */
const JUST_NOW_MS = 5 * MINUTE_MS;
const seen: readonly Done[] = ['works', 'works_so_far', 'needs_you', 'suspected', 'limited', 'unsure'];

/** The sentence for what was done; null when there is none, or when it no longer says the truth. */
export function doneWords(code: unknown, page: OwnerPage, context: ContactVoice & Recheck): string | null {
  const done = allDone.find((one) => one === code);
  if (done === undefined || !isStillTrue(done, page)) return null;
  const { say, time, now, recheckAfterMs } = context;
  return say(`page.done.${done}`, { duration: time.lasting(recheckAfterMs), moment: time.moment(dayEndsAt(now)) });
}

type Recheck = Readonly<{ recheckAfterMs: number }>;

function isStillTrue(done: Done, { contact, tenant, now }: OwnerPage): boolean {
  if (seen.includes(done)) return isJustNow(tenant.lastGoodPollAt, now);
  if (done === 'unsubscribed' || done === 'not_mine') return contact.state === done;
  return done === 'returned' ? contact.state === 'active' : true;
}

function isJustNow(at: Instant | null, now: Instant): boolean {
  return at !== null && now - at < JUST_NOW_MS;
}
