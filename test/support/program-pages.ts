import { deriveLinkKey } from '../../src/mail/derive-keys.ts';
import { createLinks } from '../../src/mail/links.ts';
import type { World } from './program-world.ts';

/** The paths of all owners' pages, as the mails of this world would link to them. */
export async function pagesOf({ database, env }: World): Promise<readonly string[]> {
  const key = deriveLinkKey(Buffer.from(env.ENCRYPTION_KEY ?? '', 'base64'));
  const links = createLinks({ publicUrl: 'http://localhost', linkKeys: [key] });
  const contacts = await database.raw.db.contact.findMany();
  return contacts.map(({ id, tenantId }) => {
    return new URL(links.ownerLinks({ tenantId, contactId: id }, Date.now()).page).pathname;
  });
}
