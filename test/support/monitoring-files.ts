import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export const monitoringFolder = join(import.meta.dirname, '../../docker/monitoring');

export const textOf = (file: string): string => readFileSync(join(monitoringFolder, file), 'utf8');

export type Rule = Readonly<{ alert: string; expr: string; labels: Readonly<{ severity: string }> }>;

export function alertRules(): readonly Rule[] {
  return parse(textOf('rules.yaml')).groups.flatMap(({ rules }: { rules: Rule[] }) => rules);
}

type Asked = Readonly<{ expr: string }>;
type Dashboard = Readonly<{
  panels: readonly Readonly<{ title: string; targets: readonly Asked[] }>[];
  annotations: Readonly<{ list: readonly Asked[] }>;
}>;

export function dashboard(): Dashboard {
  return JSON.parse(textOf('grafana/linkwatch.json'));
}

/** The metrics that an alarm, a panel or an annotation asks for; `up` is Prometheus' own. */
export function metricsAskedFor(): readonly string[] {
  const { panels, annotations } = dashboard();
  const asked = [...alertRules(), ...panels.flatMap(({ targets }) => targets), ...annotations.list];
  const names = asked.flatMap(({ expr }) => expr.match(/\b(?:linkwatch|process|nodejs)_\w+/g) ?? []);
  return [...new Set(names)].toSorted();
}
