import { describe, expect } from '@jest/globals';
import { sampleOf, samplesOf } from '../support/metrics-text.ts';
import { metricsAskedFor } from '../support/monitoring-files.ts';
import { breakConnection, tenantAt } from '../support/program-connections.ts';
import { story } from '../support/program-story.ts';
import { type Daemon, hasty } from '../support/program-world.ts';
import { until } from '../support/until.ts';

const CANARY_EMAIL = 'canary@operator.example';

describe('The metrics of a daemon', () => {
  story(
    'follow a break until its owner is told; those of a second daemon agree',
    { database: 'PostgreSQL', settings: { ...hasty, CANARY_EMAIL } },
    async (world) => {
      const { control, database } = world;
      await world.importTenants();
      const daemon = await world.daemon();
      const second = await world.daemon({ HTTP_PORT: '0' });
      await until('both tenants are polled', async () => (await database.raw.db.connection.count()) === 6);
      breakConnection(control, tenantAt(control, 0));
      await until('the owner is told', () => world.mails().some(({ to }) => !to.join().includes(CANARY_EMAIL)));

      const told = await until('a daemon says so', async () => {
        const texts = await Promise.all([scrape(daemon), scrape(second)]);
        const counted = texts.map((text) => sampleOf(text, 'linkwatch_break_to_told_seconds_count') ?? 0);
        return counted.includes(1) ? texts : undefined;
      });
      // What a process counted is its own: one of them polled, one of them sent the mail.
      const sum = (name: string, labels = {}) =>
        told.map((text) => sampleOf(text, name, labels) ?? 0).reduce((all, each) => all + each, 0);
      expect(sum('linkwatch_mail_total', { kind: 'alert', outcome: 'sent' })).toBe(1);
      expect(sum('linkwatch_break_to_told_seconds_count')).toBe(1);
      expect(sum('linkwatch_break_to_told_seconds_sum')).toBeGreaterThan(0);
      expect(sum('linkwatch_polls_total', { outcome: 'observed' })).toBeGreaterThanOrEqual(4);
      expect(sum('linkwatch_poll_duration_seconds_count')).toBeGreaterThanOrEqual(4);
      expect(sum('linkwatch_token_refresh_total', { outcome: 'refreshed' })).toBeGreaterThanOrEqual(2);

      // What the database tells is the same in each.
      const gauges = await until('the gauges show it', async () => {
        const texts = await Promise.all([scrape(daemon), scrape(second)]);
        const broken = texts.map((text) =>
          samplesOf(text, 'linkwatch_connections')
            .filter(({ labels }) => labels.health === 'broken')
            .reduce((all, { value }) => all + value, 0),
        );
        return broken.every((count) => count === 1) ? texts : undefined;
      });
      for (const text of gauges) {
        const names = new Set(samplesOf(text).map(({ name }) => name));
        expect(metricsAskedFor().filter((name) => !names.has(name))).toEqual([]);
        expect(samplesOf(text, 'linkwatch_connections').reduce((all, { value }) => all + value, 0)).toBe(6);
        expect(sampleOf(text, 'linkwatch_incidents_open', { action: 'reconnect' })).toBe(1);
        expect(sampleOf(text, 'linkwatch_database_up')).toBe(1);
        expect(sampleOf(text, 'linkwatch_quota_remaining')).toBeGreaterThan(0);
      }
    },
  );
});

async function scrape(daemon: Daemon): Promise<string> {
  const { status, body } = await daemon.request('/metrics');
  expect(status).toBe(200);
  return body;
}
