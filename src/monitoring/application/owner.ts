import type { CheckOutcome } from '../../domain/owner/check-outcome.ts';
import type { ContactRequest, ContactRequestOutcome } from '../../domain/owner/contact-request.ts';
import type { OwnerPage } from '../../domain/owner/owner-page.ts';
import type { Viewer } from '../viewer.ts';

/** For a contact on its page; null for any other viewer, and when the tenant or the contact is gone. */
export type Owner = Readonly<{
  page(viewer: Viewer): Promise<OwnerPage | null>;
  /** A request that is made again changes nothing. */
  request(viewer: Viewer, request: ContactRequest): Promise<ContactRequestOutcome | null>;
  /** "I have reconnected": polls at once. An abort ends the wait; the answer is stored all the same. */
  checkNow(viewer: Viewer, signal?: AbortSignal): Promise<CheckOutcome | null>;
}>;
