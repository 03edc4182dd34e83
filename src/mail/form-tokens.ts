import type { LinkHolder } from '../domain/model/link.ts';
import { DAY_MS, type Instant, SECOND_MS } from '../domain/model/time.ts';
import type { LinksOptions } from './links.ts';
import { isSameText, signatureOf } from './signed-token.ts';

const LIFETIME_MS = DAY_MS;

/** The subject of a form: one action of one contact. */
type Form = LinkHolder & Readonly<{ action: string }>;

export type FormTokens = Readonly<{
  sign(form: Form, at: Instant): string;
  /** Whether Linkwatch signed the token for exactly this form, less than a day ago. */
  verify(token: string, form: Form, now: Instant): boolean;
}>;

/** Tokens in a page's forms, so that no other site can make a reader's browser submit one (CSRF). */
export function createFormTokens({ linkKeys }: Pick<LinksOptions, 'linkKeys'>): FormTokens {
  return {
    sign: (form, at) => signed(form, Math.floor((at + LIFETIME_MS) / SECOND_MS), linkKeys[0]),
    verify(token, form, now) {
      const expiresAt = Number(token.split('.')[0]);
      if (!Number.isSafeInteger(expiresAt) || expiresAt * SECOND_MS <= now) return false;
      return linkKeys.some((key) => isSameText(token, signed(form, expiresAt, key)));
    },
  };
}

/** A JSON array, so that a form's signature never covers the same bytes as a link's. */
function signed({ tenantId, contactId, action }: Form, expiresAt: number, key: Uint8Array): string {
  const content = JSON.stringify(['linkwatch:form', tenantId, contactId, action, expiresAt]);
  return `${expiresAt}.${signatureOf(content, key)}`;
}
