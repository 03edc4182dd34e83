import { durationFromText } from '../../domain/model/duration.ts';
import type { ActedTenant, TenantAction } from '../../monitoring/application.ts';
import type { Fields } from '../read-form.ts';
import { tenantAddress } from './addresses.ts';
import type { Look } from './frame.ts';
import { countText, nameText } from './names.ts';
import type { Tone } from './tenant-rows.ts';

/** For how long reminders can be silenced on a page. */
export const dashboardSnoozes = [
  { value: '1d', label: '1 day' },
  { value: '3d', label: '3 days' },
  { value: '7d', label: '7 days' },
  { value: '30d', label: '30 days' },
] as const;

/** Only the lengths that a page offers. */
export function snoozeMs(fields: Fields): number {
  const given = dashboardSnoozes.find(({ value }) => value === fields.get('for')) ?? dashboardSnoozes[0];
  return durationFromText(given.value) ?? 0;
}

export type BulkVerb = Readonly<{
  kind: TenantAction['kind'];
  label: string;
  means: string;
  /** `3 tenants are …`. */
  done: string;
  /** Why nothing was to be done with a tenant. */
  unchanged: string;
  /** What of a tenant it changes, where that is more than the tenant itself. */
  of: 'incident' | 'mail' | null;
}>;

/** What can be done with all tenants that a filter lets through. */
export const bulkVerbs = [
  {
    kind: 'poll',
    label: 'Check now',
    done: 'checked with the next round',
    of: null,
    means: 'Their next poll is due at once. Each costs a request of the day.',
    unchanged: 'due already, or not polled as it is now',
  },
  {
    kind: 'snooze',
    label: 'Snooze',
    done: 'snoozed',
    of: 'incident',
    means: 'Nobody is reminded of what is certain now until then. A worse problem and the repair are still told.',
    unchanged: 'nothing certain is open',
  },
  {
    kind: 'release',
    label: 'Release held mail',
    done: 'sent their held mail',
    of: 'mail',
    means:
      'Mail to their people that is held goes out as soon as it is due. What many accounts broke alike is asked about once more before. Holds go on for all other mail.',
    unchanged: 'no mail is held',
  },
  {
    kind: 'pause',
    label: 'Pause',
    done: 'paused',
    of: null,
    means: 'They are polled no more, and their contacts get no mail, until they are resumed.',
    unchanged: 'paused already, or not connected yet',
  },
  {
    kind: 'resume',
    label: 'Resume',
    done: 'resumed',
    of: null,
    means: 'Those that are paused are polled again with the next round.',
    unchanged: 'not paused',
  },
] as const satisfies readonly BulkVerb[];

/** Null for a word that is none of them. */
export function bulkVerb(action: unknown): BulkVerb | null {
  return bulkVerbs.find(({ kind }) => kind === action) ?? null;
}

export function actionOf({ kind }: BulkVerb, fields: Fields, { now }: Pick<Look, 'now'>): TenantAction {
  return kind === 'snooze' ? { kind, until: now + snoozeMs(fields) } : { kind };
}

/** The page names so many tenants one by one afterwards. */
export const TOLD = 500;

/** What happened to each; those for which it was not done stand first. */
export function bulkResult(
  verb: BulkVerb,
  acted: readonly ActedTenant[],
  { names, base }: Readonly<{ names: ReadonlyMap<string, string>; base: string }>,
) {
  const countOf = (wanted: ActedTenant['outcome']) => acted.filter(({ outcome }) => outcome === wanted).length;
  const ordered = acted.toSorted((a, b) => Number(a.outcome === 'done') - Number(b.outcome === 'done'));
  return {
    done: countOf('done'),
    unchanged: countOf('unchanged'),
    missing: countOf('not_found'),
    rows: ordered.slice(0, TOLD).map((each) => ({
      ...outcomeOf(verb, each),
      name: nameText(names.get(each.id) ?? each.id),
      href: tenantAddress({ base }, each.id),
    })),
    more: Math.max(0, ordered.length - TOLD),
  };
}

function outcomeOf(
  { of, unchanged }: BulkVerb,
  { outcome, changed }: ActedTenant,
): Readonly<{ tone: Tone; text: string }> {
  switch (outcome) {
    case 'done':
      return { tone: 'good', text: of === null ? 'done' : `done: ${countText(changed.length, of)}` };
    case 'unchanged':
      return { tone: 'unknown', text: `unchanged: ${unchanged}` };
    case 'not_found':
      return { tone: 'bad', text: 'no longer there' };
  }
}
