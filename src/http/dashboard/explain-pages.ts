import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { DAY_MS } from '../../domain/model/time.ts';
import { explanationParts } from '../../words/explanation-words.ts';
import { incidentAddress, tenantAddress } from './addresses.ts';
import { moment, momentText } from './frame.ts';
import { askedText } from './list-page.ts';
import { nameText } from './names.ts';
import { addPage, frameOf, idOf, type Site, sendPage, sendUnknown } from './site.ts';

const spans = ['7', '30', '90', '365'] as const;

/** Days of the past that are told, and the contact that is asked about. */
const query = z.object({
  days: z.enum(spans).catch('30'),
  contact: askedText(320),
});

/** Why the people of a tenant did, or did not, get mail. */
export function addExplainPage(routes: FastifyInstance, site: Site): void {
  const { mail } = site.options.application;
  addPage(routes, '/tenants/:id/explain', site, async (look, request, reply) => {
    const id = idOf(request.params);
    const asked = query.parse(request.query);
    const explanation = await mail.explain(look.viewer, { tenantId: id, from: look.now - Number(asked.days) * DAY_MS });
    if (explanation === null) return sendUnknown(reply, site, look, 'tenant');
    const address = asked.contact || null;
    const here = tenantAddress(look, id);
    const inZone = (at: number) => momentText(at, look.zone);
    return sendPage(reply, site, 'explain', {
      frame: frameOf('Why mail was, or was not, sent', site, look, '/tenants'),
      tenant: { href: here, name: nameText(explanation.tenant.name) },
      asked,
      spans,
      here: `${here}/explain`,
      people: explanation.contacts.map(({ email }) => ({ email, isShown: email === address })),
      parts: explanationParts(explanation, { address, moment: inZone }).map(({ title, incidentId, lines }) => ({
        title,
        href: incidentId === null ? null : incidentAddress(look, incidentId),
        lines: lines.map((line) => ({ ...line, when: line.at === null ? '' : moment(line.at, look) })),
      })),
    });
  });
}
