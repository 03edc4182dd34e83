import type { FastifyInstance, FastifyReply } from 'fastify';
import { type FieldProblem, readTenantPatch } from '../../monitoring/tenants/tenant-input.ts';
import type { TenantDetail } from '../../monitoring/views.ts';
import { tenantAddress } from './addresses.ts';
import type { Look } from './frame.ts';
import { readRange } from './history-range.ts';
import { historyView } from './history-view.ts';
import { incidentRows } from './incident-page.ts';
import { addressOf } from './list-page.ts';
import { nameText } from './names.ts';
import { addForm, addPage, frameOf, idOf, type Site, sendPage, sendUnknown } from './site.ts';
import { type Done, doneText } from './tenant-done.ts';
import {
  connectionRows,
  contactRows,
  invitationWords,
  tenantActions,
  tenantFacts,
  tenantMailRows,
} from './tenant-page.ts';
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
    const [id, asked] = [idOf(request.params), request.query];
    const [tenant, parts] = await Promise.all([tenants.find(look.viewer, id), readParts(site, look, { id, asked })]);
    const settings = tenant === null ? [] : settingsForm(settingsOf(tenant), [], look);
    return sendTenant(reply, site, { look, tenant, parts, settings, asked });
  });

  addSettingsForm(routes, site);
}

type Asked = Readonly<{ id: string; asked: unknown }>;

/** What the page shows beside the tenant itself, all asked for at once. */
async function readParts({ options }: Site, look: Look, { id: tenantId, asked }: Asked) {
  const { health, incidents, mail } = options.application;
  const { viewer } = look;
  const range = readRange(asked, look);
  const first = { tenantId, cursor: null, limit: SHOWN };
  const [status, past, troubles, mails] = await Promise.all([
    health.status(viewer, tenantId),
    health.history(viewer, { tenantId, connection: null, from: range.from, to: range.to }),
    incidents.list(viewer, first),
    mail.list(viewer, first),
  ]);
  return { range, status, past, troubles, mails };
}

type Shown = Readonly<{
  look: Look;
  /** Null when there is no such tenant. */
  tenant: TenantDetail | null;
  parts: Awaited<ReturnType<typeof readParts>>;
  settings: SettingsForm;
  asked: unknown;
}>;

function sendTenant(reply: FastifyReply, site: Site, { look, tenant, parts, settings, asked }: Shown): FastifyReply {
  const { range, status, past, troubles, mails } = parts;
  if (tenant === null || status === null || past === null) return sendUnknown(reply, site, look, 'tenant');
  const { base } = look;
  const { id: tenantId } = tenant;
  const { here, csv, report } = rangeAddresses(base, tenantId, range);
  return sendPage(reply, site, 'tenant', {
    frame: frameOf(nameText(tenant.name), site, look, '/tenants'),
    here,
    id: tenantId,
    report,
    oneMoment: addressOf(`${base}/at`, { tenant: tenantId }),
    done: doneText(asked),
    name: nameText(tenant.name),
    health: tenant.health ?? 'nothing seen',
    tone: toneOf(tenant.health),
    facts: tenantFacts(tenant, status, look),
    actions: tenantActions(tenant, look),
    invitation: invitationWords(tenant, look),
    connections: connectionRows(status, look),
    history: historyView(past, { range, look, csv }),
    incidents: {
      rows: incidentRows(troubles.items, look),
      isOfOneTenant: true,
      empty: 'There has been no incident.',
    },
    mail: tenantMailRows(mails.items, look),
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
    const parts = await readParts(site, look, { id: tenant.id, asked: {} });
    return sendTenant(reply.code(422), site, { look, tenant, parts, settings, asked: {} });
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
  return await reply.redirect(`${tenantAddress({ base }, id)}?done=${done}`, 303);
}
