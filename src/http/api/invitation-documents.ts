import { z } from 'zod';
import { text } from '../../monitoring/views/parts.ts';

/** The bodies and the answer of the routes by which owners are invited, by their names in the OpenAPI document. */

const email = z
  .string()
  .max(320)
  .meta({ description: 'Of one of its contacts; the link is theirs alone.', examples: ['jane@bakery.example'] });

export const tenantInvitationBody = z
  .strictObject({ email: email.optional().meta({ description: "The tenant's owner unless it is given." }) })
  .meta({ id: 'TenantInvitation', examples: [{ email: 'jane@bakery.example' }, {}] });

export const newInvitationBody = z
  .strictObject({
    email,
    name: z.string().max(2000).optional(),
    locale: z.string().max(2000).optional(),
    application: z
      .string()
      .max(200)
      .optional()
      .meta({ description: 'By whose key the account is asked for; the one of the configuration unless it is given.' }),
  })
  .meta({ id: 'NewInvitation', examples: [{ email: 'jane@bakery.example', name: "Jane's Bakery", locale: 'en-US' }] });

export const invitation = z
  .object({
    tenant: z.object({ id: text, name: text }),
    email: text,
    mailId: text.meta({ description: 'Of the mail that waits to be sent.' }),
    isNew: z.boolean().meta({ description: '`false`: such a mail waited already, and there is no second one.' }),
  })
  .meta({
    id: 'Invitation',
    examples: [
      {
        tenant: { id: '4ba1vqnyqq0hp7ur', name: "Jane's Bakery" },
        email: 'jane@bakery.example',
        mailId: 'm-77ab',
        isNew: true,
      },
    ],
  });
