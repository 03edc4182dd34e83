import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { ActedTenant, TenantAction } from '../../monitoring/application.ts';
import { assertMayChange } from '../../monitoring/viewer.ts';
import type { Fields } from '../read-form.ts';
import type { Look } from './frame.ts';
import { addressOf } from './list-page.ts';
import { countText, nameText } from './names.ts';
import { addForm, addPage, frameOf, type Site, sendPage } from './site.ts';
import { type AskedTenants, filterFields, filterOf, filterText, readAskedTenants } from './tenant-filter.ts';

type BulkVerb = Readonly<{ action: TenantAction; label: string; done: string; means: string }>;

/** What can be done with all tenants that a filter lets through. */
export const bulkVerbs: readonly BulkVerb[] = [
  {
    ...{ action: 'poll', label: 'Check now', done: 'checked with the next round' },
    means: 'Their next poll is due at once. Each costs a request of the day.',
  },
  {
    ...{ action: 'pause', label: 'Pause', done: 'paused' },
    means: 'They are polled no more, and their contacts get no mail, until they are resumed.',
  },
  {
    ...{ action: 'resume', label: 'Resume', done: 'resumed' },
    means: 'Those that are paused are polled again with the next round.',
  },
];

/** So many tenants are told of one by one afterwards. */
const TOLD = 500;

/** One confirmation that says how many are meant, and afterwards what happened to each. */
export function addBulkPages(routes: FastifyInstance, site: Site): void {
  const { tenants } = site.options.application;
  addPage(routes, '/tenants/actions', site, async (look, request, reply) => {
    assertMayChange(look.viewer);
    const asked = readAskedTenants(request.query);
    const verb = verbOf(z.object({ action: z.unknown() }).partial().catch({}).parse(request.query).action);
    const counts = await tenants.counts(look.viewer, filterOf(asked));
    const count = Object.values(counts).reduce((sum, each) => sum + each, 0);
    return sendPage(reply, site, 'bulk', {
      frame: frameOf(`${verb.label}?`, site, look, '/tenants'),
      ...{ verb, count, meant: countText(count, 'tenant'), filter: filterText(asked) },
      ...{ fields: filterFields(asked), at: `${look.base}/tenants/actions`, back: backTo(look, asked) },
    });
  });

  addForm(routes, '/tenants/actions', site, async (look, fields, _request, reply) => {
    assertMayChange(look.viewer);
    const asked = readAskedTenants(fieldsOf(fields));
    const verb = verbOf(fields.get('action'));
    // Their names are read first: what is done may take them out of the filter.
    const { items } = await tenants.list(look.viewer, { ...filterOf(asked), cursor: null, limit: TOLD });
    const names = new Map(items.map(({ id, name }) => [id, name]));
    const acted = await tenants.act(look.viewer, verb.action, { kind: 'filter', filter: filterOf(asked) });
    return sendPage(reply, site, 'bulk-done', {
      frame: frameOf(verb.label, site, look, '/tenants'),
      ...{ verb, filter: filterText(asked), back: backTo(look, asked) },
      ...resultOf(acted, names, look),
    });
  });
}

function verbOf(action: unknown): BulkVerb {
  const [first] = bulkVerbs;
  const verb = bulkVerbs.find((each) => each.action === action) ?? first;
  if (verb === undefined) throw new Error('there is nothing that can be done');
  return verb;
}

const filterNames = ['q', 'contact', 'health', 'state', 'condition', 'network'] as const;

function fieldsOf(fields: Fields): object {
  return Object.fromEntries(filterNames.map((name) => [name, fields.get(name) ?? undefined]));
}

function backTo({ base }: Look, asked: AskedTenants): string {
  return addressOf(`${base}/tenants`, filterFields(asked));
}

const outcomes: Readonly<Record<ActedTenant['outcome'], Readonly<{ tone: string; text: string }>>> = {
  done: { tone: 'good', text: 'done' },
  unchanged: { tone: 'unknown', text: 'unchanged: it was so already, or its state does not allow it' },
  not_found: { tone: 'bad', text: 'no longer there' },
};

/** Those for which it was not done stand first. */
function resultOf(acted: readonly ActedTenant[], names: ReadonlyMap<string, string>, { base }: Look) {
  const countOf = (wanted: ActedTenant['outcome']) => acted.filter(({ outcome }) => outcome === wanted).length;
  const ordered = acted.toSorted((a, b) => Number(a.outcome === 'done') - Number(b.outcome === 'done'));
  return {
    ...{ done: countOf('done'), unchanged: countOf('unchanged'), missing: countOf('not_found') },
    rows: ordered.slice(0, TOLD).map(({ id, outcome }) => ({
      ...outcomes[outcome],
      ...{ name: nameText(names.get(id) ?? id), href: `${base}/tenants/${encodeURIComponent(id)}` },
    })),
    more: Math.max(0, ordered.length - TOLD),
  };
}
