import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { auditActions } from '../../domain/model/audit.ts';
import { auditView } from '../../monitoring/views/audit.ts';
import type { AuditView } from '../../monitoring/views.ts';
import { sendCsv } from '../csv-answer.ts';
import { type Look, moment } from './frame.ts';
import { day, midnightAfter, midnightOf } from './history-range.ts';
import { addressOf, LINES, listed, pagerOf, readListPage } from './list-page.ts';
import { type NamedTenants, tenantLink } from './mail-words.ts';
import { nameText } from './names.ts';
import { addPage, frameOf, type Site, sendPage } from './site.ts';
import { type TenantMeant, tenantMeant } from './tenant-meant.ts';

const query = z.object({
  action: listed.oneOf(auditActions),
  actor: listed.text,
  tenant: listed.text,
  from: day,
  to: day,
  cursor: listed.cursor,
});

type Query = z.output<typeof query>;

/** Subjects that a line names. */
const NAMED = 2;

/** Who did what to whom, on the page and as a file. */
export function addAuditPages(routes: FastifyInstance, site: Site): void {
  const { audit, tenants } = site.options.application;

  addPage(routes, '/audit', site, async (look, request, reply) => {
    const asked = query.parse(request.query);
    const meant = await tenantMeant(asked.tenant, look.viewer, tenants);
    const filter = filterOf(asked, meant, look);
    const page = await readListPage(asked.cursor, (cursor) =>
      audit.list(look.viewer, { ...filter, cursor, limit: LINES }),
    );
    const ids = page.items.flatMap(({ tenantId, subjects }) => [tenantId ?? [], subjects.slice(0, NAMED)].flat());
    const names = await tenants.names(look.viewer, [...new Set(ids)]);
    return sendPage(reply, site, 'audit', {
      frame: frameOf('Audit', site, look, '/audit'),
      asked,
      meant,
      choices: { action: auditActions },
      rows: page.items.map((entry) => rowOf(entry, names, look)),
      file: `${look.base}${addressOf('/audit.csv', { ...asked, cursor: undefined })}`,
      pager: pagerOf(look, '/audit', asked, page.nextCursor),
    });
  });

  addPage(routes, '/audit.csv', site, async (look, request, reply) => {
    const asked = query.parse(request.query);
    const filter = filterOf(asked, await tenantMeant(asked.tenant, look.viewer, tenants), look);
    reply.header('content-disposition', 'attachment; filename="linkwatch-audit.csv"');
    return await sendCsv(reply, auditView, (page) => audit.list(look.viewer, { ...filter, ...page }));
  });
}

/** A tenant that is gone is meant by its id: the audit outlives it. Days are the reader's own, both included. */
function filterOf({ action, actor, tenant, from, to }: Query, meant: TenantMeant, { zone }: Look) {
  return {
    action,
    actor: actor || undefined,
    tenantId: meant.kind === 'unknown' ? tenant : (meant.id ?? undefined),
    from: from === undefined ? from : midnightOf(from, zone),
    to: to === undefined ? to : midnightAfter(to, zone),
  };
}

function rowOf(entry: AuditView, names: NamedTenants, look: Look) {
  const { actor, action, count, from } = entry;
  return {
    when: moment(entry.at, look),
    who: { kind: actor.kind.replaceAll('_', ' '), id: actor.id },
    did: action.replaceAll('_', ' ').replace('.', ': '),
    times: count > 1 ? count : null,
    tenant: entry.tenantId === null ? null : tenantLink(entry.tenantId, names, look),
    to: subjectsOf(entry, names),
    from: from ?? 'this machine',
  };
}

function subjectsOf({ subjects, tenantId, count }: AuditView, names: NamedTenants): string {
  const others = subjects.filter((id) => id !== tenantId);
  const shown = others.slice(0, NAMED).map((id) => nameText(names.get(id) ?? id));
  const more = others.length === 0 ? 0 : Math.max(count, others.length) - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ');
}
