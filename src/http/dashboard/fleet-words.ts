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
        health,
        tone: toneOf(health),
        count: countOf(health),
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

const OUR_ACCESS = 'our access';
const ALERT_ALONE = 'the alert alone';

export function effectTables({ all, network, language, ask, reminders }: Effect) {
  const languageNames = new Intl.DisplayNames('en', { type: 'language' });
  return [
    effectTable('All of it', all, { name: () => 'every kind' }),
    effectTable('By network', network, {
      name: (group) => (group === null ? OUR_ACCESS : networkName(group)),
      order: (group) => group ?? OUR_ACCESS,
    }),
    effectTable('By language', language, { name: (group) => languageNames.of(group) ?? group }),
    effectTable('By what was asked', ask, { name: (group) => group.replaceAll('_', ' ') }),
    effectTable('By reminders', reminders, {
      name: (group) => (group === 0 ? ALERT_ALONE : `after ${group} ${group === 1 ? 'reminder' : 'reminders'}`),
      order: (group) => (group === 0 ? ALERT_ALONE : `${group}`),
    }),
  ];
}

type GroupWords<Group> = Readonly<{
  name: (group: Group) => string;
  /** Puts groups in order of which as many incidents were told. */
  order?: (group: Group) => string;
}>;

function effectTable<Group>(
  title: string,
  lines: readonly EffectLine<Group>[],
  { name, order = String }: GroupWords<Group>,
) {
  const inOrder = lines.toSorted((a, b) => b.told - a.told || (order(a.group) < order(b.group) ? -1 : 1));
  return { title, lines: inOrder.map((line) => ({ ...effectWords(line), group: name(line.group) })) };
}

function effectWords({ told, repaired, neverRepaired, medianMs, isSmall }: EffectLine) {
  return {
    told,
    repaired,
    neverRepaired,
    median: medianMs === null ? '–' : formatDuration(medianMs),
    note: isSmall ? 'too few to tell' : '',
  };
}
