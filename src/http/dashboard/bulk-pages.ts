import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { assertMayChange } from '../../monitoring/viewer.ts';
import { actionOf, bulkResult, bulkVerb, dashboardSnoozes, TOLD } from './bulk-words.ts';
import type { Look } from './frame.ts';
import { addressOf } from './list-page.ts';
import { countText } from './names.ts';
import { addForm, addPage, frameOf, type Site, sendNotice, sendPage } from './site.ts';
import {
  type AskedTenants,
  filterFields,
  filterOf,
  filterText,
  isFilterName,
  readWholeFilter,
} from './tenant-filter.ts';

/** Beside those of the filter. With any other field, fewer tenants may be meant than the filter lets through. */
const FORM_FIELDS = ['form', 'action', 'for'];

/** One confirmation that says how many are meant, and afterwards what happened to each. */
export function addBulkPages(routes: FastifyInstance, site: Site): void {
  const { tenants } = site.options.application;
  addPage(routes, '/tenants/actions', site, async (look, request, reply) => {
    assertMayChange(look.viewer);
    const given = new Map(Object.entries(z.record(z.string(), z.unknown()).parse(request.query)));
    const asked = readWholeFilter((name) => given.get(name));
    const verb = bulkVerb(given.get('action'));
    if (asked === null || verb === null) return sendUnclear(reply, site, look);
    const counts = await tenants.counts(look.viewer, filterOf(asked));
    const count = Object.values(counts).reduce((sum, each) => sum + each, 0);
    return sendPage(reply, site, 'bulk', {
      frame: frameOf(`${verb.label}?`, site, look, '/tenants'),
      verb,
      count,
      meant: countText(count, 'tenant'),
      filter: filterText(asked),
      fields: filterFields(asked),
      at: `${look.base}/tenants/actions`,
      back: backTo(look, asked),
      lengths: verb.kind === 'snooze' ? dashboardSnoozes : [],
    });
  });

  addForm(routes, '/tenants/actions', site, async (look, fields, _request, reply) => {
    assertMayChange(look.viewer);
    const asked = readWholeFilter((name) => fields.get(name));
    const verb = bulkVerb(fields.get('action'));
    const areKnown = [...fields.keys()].every((name) => isFilterName(name) || FORM_FIELDS.includes(name));
    if (asked === null || verb === null || !areKnown) return sendUnclear(reply, site, look);
    // Their names are read first: what is done may take them out of the filter.
    const { items } = await tenants.list(look.viewer, { ...filterOf(asked), cursor: null, limit: TOLD });
    const names = new Map(items.map(({ id, name }) => [id, name]));
    const selection = { kind: 'filter', filter: filterOf(asked) } as const;
    const acted = await tenants.act(look.viewer, actionOf(verb, fields, look), selection);
    return sendPage(reply, site, 'bulk-done', {
      frame: frameOf(verb.label, site, look, '/tenants'),
      verb,
      filter: filterText(asked),
      back: backTo(look, asked),
      ...bulkResult(verb, acted, { names, base: look.base }),
    });
  });
}

function sendUnclear(reply: FastifyReply, site: Site, look: Look): FastifyReply {
  const lines = [
    'Nothing was changed. Part of the address or of the form is not valid: without it more would be meant.',
  ];
  return sendNotice(reply, site, look, { status: 400, heading: 'It is not clear what is meant', lines });
}

function backTo({ base }: Look, asked: AskedTenants): string {
  return addressOf(`${base}/tenants`, filterFields(asked));
}
