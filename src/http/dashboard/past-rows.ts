import { healths, type TenantHealth, tenantHealths } from '../../domain/model/condition.ts';
import type { TenantCounts } from '../../monitoring/ports.ts';
import type { TenantStatusThen, TenantThenView } from '../../monitoring/views.ts';
import { actionText, conditionText } from '../../words/operator-wording.ts';
import type { AskedPast } from './asked-past.ts';
import { type Look, moment } from './frame.ts';
import { accountText, nameText } from './names.ts';
import { countsText, toneOf } from './tenant-rows.ts';

/** How many were of each health with the rest of the filter; the one that is shown leads back to all of them. */
export function countLinks(
  counts: TenantCounts,
  { health: shown }: AskedPast,
  addressFor: (part: Readonly<{ health: TenantHealth | undefined }>) => string,
) {
  const whole = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return [
    { label: 'all', tone: 'all', count: whole, isShown: shown === undefined, href: addressFor({ health: undefined }) },
    ...tenantHealths.map((health) => ({
      label: health,
      tone: toneOf(health),
      count: counts[health],
      isShown: shown === health,
      href: addressFor({ health }),
    })),
  ];
}

export function tenantsThen(tenants: readonly TenantThenView[], look: Look, addressOf: (tenantId: string) => string) {
  return tenants.map(({ id, name, health, connections, conditions, since }) => ({
    ...healthLabel(health),
    name: nameText(name),
    href: addressOf(id),
    connections: countsText({ connections }),
    problem: conditions.length === 0 ? '–' : conditionText(conditions),
    since: moment(since, look),
  }));
}

/** Those in trouble first. */
export function connectionsThen({ connections }: TenantStatusThen, look: Look) {
  return connections
    .toSorted((a, b) => healths.indexOf(a.health) - healths.indexOf(b.health))
    .map((connection) => ({
      tone: toneOf(connection.health),
      health: connection.health,
      name: accountText(connection),
      problem: problemText(connection),
      asked: connection.conditions.length === 0 ? '–' : actionText(connection.action),
      since: moment(connection.since, look),
    }));
}

function problemText({ health, conditions }: TenantStatusThen['connections'][number]): string {
  if (health === 'unobserved') return 'no poll spoke for it then';
  return conditions.length === 0 ? '–' : conditionText(conditions);
}

export function healthLabel(health: TenantThenView['health']) {
  return { health: health ?? 'nothing seen', tone: toneOf(health) };
}
