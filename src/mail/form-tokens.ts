import { createHmac, timingSafeEqual } from 'node:crypto';
import type { LinkHolder } from '../domain/model/link.ts';
import { DAY_MS, type Instant, SECOND_MS } from '../domain/model/time.ts';
import type { LinksOptions } from './links.ts';

const LIFETIME_MS = DAY_MS;

/** What a form is about: one action of one contact. */
type Form = LinkHolder & Readonly<{ action: string }>;

export type FormTokens = Readonly<{
  sign(form: Form, at: Instant): string;
  /** Whether we signed it for this very form, less than a day ago. */
  verify(token: string, form: Form, now: Instant): boolean;
}>;

/** Tokens that a page puts into its forms, so that nobody else can make a reader's browser send one. */
export function createFormTokens({ linkKeys }: Pick<LinksOptions, 'linkKeys'>): FormTokens {
  return {
    sign: (form, at) => signed(form, Math.floor((at + LIFETIME_MS) / SECOND_MS), linkKeys[0]),
    verify(token, form, now) {
      const expiresAt = Number(token.split('.')[0]);
      if (!Number.isSafeInteger(expiresAt) || expiresAt * SECOND_MS <= now) return false;
      return linkKeys.some((key) => isSame(token, signed(form, expiresAt, key)));
    },
  };
}

/** JSON in an array: no link's token is ever signed over the same bytes. */
function signed({ tenantId, contactId, action }: Form, expiresAt: number, key: Uint8Array): string {
  const content = JSON.stringify(['linkwatch:form', tenantId, contactId, action, expiresAt]);
  return `${expiresAt}.${createHmac('sha256', key).update(content).digest('base64url')}`;
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
