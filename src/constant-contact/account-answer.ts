import { z } from 'zod';
import type { Account } from '../domain/model/account.ts';
import { storedText } from './stored-text.ts';

const MAX_TEXT = 320;
const text = z.string().nullish().catch(null);

/** `GET /account/summary`: every field is optional (published contract), so one that is not a text is none. */
const accountSchema = z.object({
  encoded_account_id: text,
  organization_name: text,
  first_name: text,
  last_name: text,
  contact_email: text,
  time_zone_id: text,
});

/** Throws a ZodError for a body that is not an object. An organisation without a name goes by its owner's. */
export function parseAccount(body: unknown): Account {
  const wire = accountSchema.parse(body);
  const person = [wire.first_name, wire.last_name].map((part) => part?.trim() ?? '').join(' ');
  return {
    accountId: storedText(wire.encoded_account_id?.trim(), MAX_TEXT),
    name: storedText(wire.organization_name?.trim(), MAX_TEXT) ?? storedText(person.trim(), MAX_TEXT),
    contactEmail: storedText(wire.contact_email?.trim(), MAX_TEXT),
    timezone: storedText(wire.time_zone_id?.trim(), MAX_TEXT),
  };
}

const addressesSchema = z.array(z.object({ email_address: text }).nullable().catch(null));

/** `GET /account/emails?role_code=CONTACT`: one address at most has that role. Throws a ZodError. */
export function parseContactEmail(body: unknown): string | null {
  const [contact] = addressesSchema.parse(body);
  return storedText(contact?.email_address?.trim(), MAX_TEXT);
}
