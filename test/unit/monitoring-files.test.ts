import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { alertRules, dashboard, monitoringFolder, textOf } from '../support/monitoring-files.ts';

const docker = join(monitoringFolder, '..');

type RuleTest = Readonly<{
  alert_rule_test: readonly Readonly<{ alertname: string; exp_alerts?: readonly unknown[] }>[];
}>;
const ruleTests: readonly RuleTest[] = parse(textOf('rules.test.yaml')).tests;

/** Debian's `prometheus` brings it; where it is not installed, the rules are only read. */
const promtool = (process.env.PATH ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'promtool'))
  .find((file) => existsSync(file));
const itWithPromtool = promtool === undefined ? it.skip : it;

describe('The alarms', () => {
  const names = alertRules().map(({ alert }) => alert);

  it('are each shown to be raised, and to be silent while all is well', () => {
    const asked = ruleTests.flatMap(({ alert_rule_test }) => alert_rule_test);
    const raised = asked.filter(({ exp_alerts = [] }) => exp_alerts.length > 0).map(({ alertname }) => alertname);
    const silent = asked.filter(({ exp_alerts = [] }) => exp_alerts.length === 0).map(({ alertname }) => alertname);
    expect([...new Set(raised)].toSorted()).toEqual(names.toSorted());
    expect([...new Set(silent)].toSorted()).toEqual(names.toSorted());
  });

  it('are critical or a warning, and each has a section that says what it means and what to do', () => {
    const operating = readFileSync(join(docker, '../docs/operating.md'), 'utf8');
    const sections = [...operating.matchAll(/^### (Linkwatch\w+)\n\n(.+)$/gm)];
    expect(sections.map(([, name]) => name).toSorted()).toEqual(names.toSorted());
    for (const [, , text] of sections) expect(text?.match(/\. [A-Z`“]/g)?.length).toBeGreaterThan(0);
    for (const { labels } of alertRules()) expect(['critical', 'warning']).toContain(labels.severity);
  });

  itWithPromtool('come when they should, as Prometheus itself reads them', () => {
    const run = (...args: readonly string[]) =>
      spawnSync(promtool ?? '', args, { cwd: monitoringFolder, encoding: 'utf8' });
    const checked = run('check', 'rules', 'rules.yaml');
    expect([checked.status, checked.stderr]).toEqual([0, '']);
    const tested = run('test', 'rules', 'rules.test.yaml');
    expect([tested.status, tested.stderr]).toEqual([0, '']);
  });
});

describe('docker/compose.monitoring.yaml', () => {
  const { services, volumes, secrets } = parse(readFileSync(join(docker, 'compose.monitoring.yaml'), 'utf8'));
  const all = Object.values(services) as Readonly<{ image: string; volumes: string[]; ports: string[] }>[];

  it('pins its images, and lets nobody in from other machines', () => {
    for (const { image, ports } of all) {
      expect(image).toMatch(/:v?\d+\.\d+\.\d+$/);
      for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
    }
  });

  it('hands out files that there are, and every one of them', () => {
    const sources = all.flatMap(({ volumes: mounted }) => mounted.map((each) => each.split(':', 1)[0] ?? ''));
    const files = sources.filter((source) => source.startsWith('./'));
    expect(files.filter((file) => !existsSync(join(docker, file)))).toEqual([]);
    expect(sources.filter((source) => !source.startsWith('./')).toSorted()).toEqual(Object.keys(volumes).toSorted());
  });

  it('scrapes the daemon of the other compose files, with a key from a file', () => {
    const { scrape_configs: scrapes, rule_files: rules } = parse(textOf('prometheus.yaml'));
    expect(rules).toEqual(['rules.yaml']);
    expect(scrapes).toMatchObject([{ job_name: 'linkwatch', static_configs: [{ targets: ['linkwatch:8080'] }] }]);
    expect(scrapes[0].authorization.credentials_file).toBe(`/run/secrets/${Object.keys(secrets)[0]}`);
  });
});

describe('The dashboard', () => {
  it('gives every panel a title of its own and something to show', () => {
    const { panels } = dashboard();
    expect(new Set(panels.map(({ title }) => title)).size).toBe(panels.length);
    for (const { targets } of panels) expect(targets.length).toBeGreaterThan(0);
  });
});
