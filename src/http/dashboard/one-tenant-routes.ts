import type { FastifyInstance, FastifyReply } from 'fastify';
import { type FieldProblem, readTenantPatch } from '../../monitoring/tenants/tenant-input.ts';
import type { TenantDetail } from '../../monitoring/views.ts';
import type { Look } from './frame.ts';
import { readRange } from './history-range.ts';
import { historyView } from './history-view.ts';
import { incidentRows } from './incident-page.ts';
import { addressOf } from './list-page.ts';
import { nameText } from './names.ts';
import { addForm, addPage, frameOf, idOf, type Site, sendPage, sendUnknown } from './site.ts';
import { type Done, doneText } from './tenant-done.ts';
import { connectionRows, contactRows, invitationWords, mailRows, tenantActions, tenantFacts } from './tenant-page.ts';
import { rangeAddresses } from './tenant-report.ts';
import { toneOf } from './tenant-rows.ts';
import {
  changedFields,
  givenSettings,
  missingProblems,
  type SettingsForm,
  settingsForm,
  settingsOf,
} from './tenant-settings.ts';

/** The newest incidents and mails that the page shows; there are lists of all. */
const SHOWN = 10;

/** A tenant: how it is, how it was, who was told what, and what may be changed. */
export function addOneTenantPages(routes: FastifyInstance, site: Site): void {
  const { tenants } = site.options.application;
  addPage(routes, '/tenants/:id', site, async (look, request, reply) => {
    const tenant = await tenants.find(look.viewer, idOf(request.params));
    if (tenant === null) return sendUnknown(reply, site, look, 'tenant');
    const settings = settingsForm(settingsOf(tenant), [], look);
    return await sendTenant(reply, site, { look, tenant, settings, asked: request.query });
  });

  addSettingsForm(routes, site);
}

type Shown = Readonly<{ look: Look; tenant: TenantDetail; settings: SettingsForm; asked: unknown }>;

async function sendTenant(
  reply: FastifyReply,
  site: Site,
  { look, tenant, settings, asked }: Shown,
): Promise<FastifyReply> {
  const { health, incidents, mail } = site.options.application;
  const { viewer, base } = look;
  const { id: tenantId } = tenant;
  const range = readRange(asked, look);
  const first = { tenantId, cursor: null, limit: SHOWN };
  const [status, past, troubles, mails] = await Promise.all([
    health.status(viewer, tenantId),
    health.history(viewer, { tenantId, connection: null, from: range.from, to: range.to }),
    incidents.list(viewer, first),
    mail.list(viewer, first),
  ]);
  if (status === null || past === null) return sendUnknown(reply, site, look, 'tenant');
  const { here, csv, report } = rangeAddresses(base, tenantId, range);
  return sendPage(reply, site, 'tenant', {
    ...{ frame: frameOf(nameText(tenant.name), site, look, '/tenants'), here, id: tenantId, report },
    oneMoment: addressOf(`${base}/at`, { tenant: tenantId }),
    done: doneText(asked),
    ...{ name: nameText(tenant.name), health: tenant.health ?? 'nothing seen', tone: toneOf(tenant.health) },
    facts: tenantFacts(tenant, status, look),
    actions: tenantActions(tenant, look),
    invitation: invitationWords(tenant, look),
    connections: connectionRows(status, look),
    history: historyView(past, { range, look, csv }),
    incidents: {
      rows: incidentRows(troubles.items, look),
      ...{ isOfOneTenant: true, empty: 'There has been no incident.' },
    },
    mail: mailRows(mails.items, look),
    contacts: contactRows(tenant, look),
    settings,
    hasProblems: settings.some(({ problem }) => problem !== null),
  });
}

function addSettingsForm(routes: FastifyInstance, site: Site): void {
  const { tenants } = site.options.application;
  addForm(routes, '/tenants/:id/settings', site, async (look, fields, request, reply) => {
    const tenant = await tenants.find(look.viewer, idOf(request.params));
    if (tenant === null) return sendUnknown(reply, site, look, 'tenant');
    const before = settingsOf(tenant);
    const given = givenSettings(fields, before);
    const checked = readTenantPatch(changedFields(given, before), site.options.rules());
    const missing = missingProblems(given);
    const problems = checked.ok
      ? [...missing, ...(missing.length > 0 ? [] : await update(look, tenant.id, checked.value, site))]
      : [...missing, ...checked.problems];
    if (problems.length === 0) return await backTo(tenant.id, 'saved', look, reply);
    const settings = settingsForm(given, problems, look);
    return await sendTenant(reply.code(422), site, { look, tenant, settings, asked: {} });
  });
}

async function update(
  { viewer }: Look,
  id: string,
  patch: Parameters<Site['options']['application']['tenants']['update']>[2],
  { options }: Site,
): Promise<readonly FieldProblem[]> {
  const updated = await options.application.tenants.update(viewer, id, patch);
  switch (updated.outcome) {
    case 'external_id_taken': {
      const holder = updated.holder === null ? 'another tenant' : nameText(updated.holder.name);
      return [{ field: 'external_id', problem: `${holder} has it` }];
    }
    case 'unknown_application':
      return [{ field: 'application', problem: 'there is none of this name' }];
    case 'grant_of_another_application':
      return [{ field: 'application', problem: 'its permission is for another one: have it connected by this one' }];
    default:
      // Without a new grant nothing else can be in the way.
      return [];
  }
}

export async function backTo(id: string, done: Done, { base }: Look, reply: FastifyReply): Promise<FastifyReply> {
  return await reply.redirect(`${base}/tenants/${encodeURIComponent(id)}?done=${done}`, 303);
}
