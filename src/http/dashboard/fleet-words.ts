import { type Health, healths, type TenantHealth } from '../../domain/model/condition.ts';
import type { Effect, EffectLine } from '../../domain/reports/effect.ts';
import type { FleetNow } from '../../monitoring/application.ts';
import { formatDuration } from '../../words/format-time.ts';
import { networkName } from '../../words/network-name.ts';
import { type Tone, toneOf } from './tenant-rows.ts';

/** Removed accounts are no part of the fleet. */
const shown = healths.filter((health): health is Exclude<Health, 'removed'> => health !== 'removed');

/** The fleet by network and health: a bar a network, as parts of a hundred, each with the address of its tenants. */
export function networkBars(
  { connections }: Pick<FleetNow, 'connections'>,
  addressFor: (part: Readonly<{ network: string; health: TenantHealth }>) => string,
) {
  const networks = [...Map.groupBy(connections, ({ network }) => network)].map(([network, counts]) => {
    const countOf = (health: Health) => counts.find((each) => each.health === health)?.connections ?? 0;
    const total = shown.reduce((sum, health) => sum + countOf(health), 0);
    return { network, total, countOf };
  });
  return networks
    .filter(({ total }) => total > 0)
    .toSorted((a, b) => b.total - a.total || (a.network < b.network ? -1 : 1))
    .map(({ network, total, countOf }) => {
      const parts = shown.map((health) => ({
        ...{ health, tone: toneOf(health), count: countOf(health) },
        href: addressFor({ network, health }),
      }));
      return { name: networkName(network), total, parts, bar: barOf(parts.map(({ tone, count }) => [tone, count])) };
    });
}

/** The classes of `figures.css`. */
type BarTone = Exclude<Tone, 'gone'> | 'plain';

export type BarPart = Readonly<{ tone: BarTone; x: number; width: number }>;

/** Parts side by side, which fill a width of 100. */
export function barOf(
  parts: readonly (readonly [tone: BarTone, amount: number])[],
  whole?: number,
): readonly BarPart[] {
  const total = whole ?? parts.reduce((sum, [, amount]) => sum + amount, 0);
  let x = 0;
  return parts.flatMap(([tone, amount]) => {
    const width = total === 0 ? 0 : (amount / total) * 100;
    const part = { tone, x: rounded(x), width: rounded(width) };
    x += width;
    return width === 0 ? [] : [part];
  });
}

function rounded(share: number): number {
  return Math.round(share * 100) / 100;
}

const titles = {
  all: 'All of it',
  network: 'By network',
  language: 'By language',
  ask: 'By what was asked',
  reminders: 'By reminders',
};

export function effectTables(effect: Effect) {
  return (Object.keys(titles) as (keyof Effect)[]).map((by) => ({
    title: titles[by],
    lines: effect[by].map((line) => ({ ...effectWords(line), group: groupName(by, line.group) })),
  }));
}

function groupName(by: keyof Effect, group: string): string {
  if (by === 'network') return group === 'our access' ? group : networkName(group);
  if (by === 'language') return new Intl.DisplayNames('en', { type: 'language' }).of(group) ?? group;
  if (by === 'all') return 'every kind';
  return by === 'reminders' && /^\d+$/.test(group)
    ? `after ${group} ${group === '1' ? 'reminder' : 'reminders'}`
    : group.replaceAll('_', ' ');
}

function effectWords({ told, repaired, neverRepaired, medianMs, isSmall }: EffectLine) {
  return {
    ...{ told, repaired, neverRepaired },
    median: medianMs === null ? '–' : formatDuration(medianMs),
    note: isSmall ? 'too few to tell' : '',
  };
}
