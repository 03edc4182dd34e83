import { describe, expect } from '@jest/globals';
import { DAY_MS, MINUTE_MS } from '../../src/domain/model/time.ts';
import { canaryPlace } from '../../src/store/canary-place.ts';
import { openDatabase } from '../../src/store/database.ts';
import { sampleOf, samplesOf } from '../support/metrics-text.ts';
import { storyOnBoth } from '../support/program-story.ts';
import { letTimePass } from '../support/program-time.ts';
import { hasty } from '../support/program-world.ts';
import { until } from '../support/until.ts';

const CANARY_EMAIL = 'canary@operator.example';
const TEN_MINUTES_MS = 10 * MINUTE_MS;

describe('The canary', () => {
  const settings = { ...hasty, CANARY_EMAIL };
  storyOnBoth('is told of its daily break, and is in nobody’s list, count or event', { settings }, async (world) => {
    const { database, json, run } = world;
    await world.importTenants();
    const daemon = await world.daemon();
    const scrape = async () => (await daemon.request('/metrics')).body;
    const own = openDatabase(canaryPlace(database.url));
    try {
      const isBaselined = () => own.db.connection.count().catch(() => 0);
      await until('its first poll is stored', async () => (await isBaselined()) === 1);
      await letTimePass(own, TEN_MINUTES_MS);
      await until('it is told', () => world.mails().length > 0);
      const [mail] = world.mails();
      expect(mail?.to.join()).toContain(CANARY_EMAIL);
      expect(mail?.text).toContain('Linkwatch’s daily test');
      const text = await until('the metrics say when', async () => {
        const now = await scrape();
        return (sampleOf(now, 'linkwatch_canary_last_success_timestamp_seconds') ?? 0) > 0 ? now : undefined;
      });

      for (const name of ['linkwatch_break_to_told_seconds_count', 'linkwatch_mail_total']) {
        expect(samplesOf(text, name).reduce((all, { value }) => all + value, 0)).toBe(0);
      }
      expect(samplesOf(text, 'linkwatch_connections').reduce((all, { value }) => all + value, 0)).toBe(6);
      expect(samplesOf(text, 'linkwatch_incidents_open').reduce((all, { value }) => all + value, 0)).toBe(0);
      expect(await json(['mail', 'list'])).toEqual({ mail: [] });
      expect(await json(['incidents', '--state', 'all'])).toEqual({ incidents: [] });
      expect(JSON.stringify(await json(['tenant', 'list']))).not.toContain('canary');
      const kept = [
        await database.raw.db.tenant.count(),
        await database.raw.db.notification.count(),
        await database.raw.db.event.count({ where: { tenantId: 'canary' } }),
        await database.raw.db.auditEntry.count({ where: { tenantId: 'canary' } }),
      ];
      expect(kept).toEqual([2, 0, 0, 0]);

      const status = await json<{ monitor: { ok: boolean; canary: unknown } }>(['status']);
      expect(status.monitor).toMatchObject({ ok: true, canary: { lastSuccessAt: expect.any(String) } });
      expect((await run(['doctor'])).stdout).toMatch(/ok +canary: its daily break is told/);

      await letTimePass(own, TEN_MINUTES_MS);
      await until('it recovers', () => world.mails().length > 1);
      daemon.kill('SIGTERM');
      expect((await daemon.ended).exitCode).toBe(0);
      await letTimePass(own, 3 * DAY_MS);
      const late = await json<{ monitor: unknown }>(['status']);
      expect(late.monitor).toMatchObject({ problems: [{ what: 'canary', severity: 'warning' }] });
    } finally {
      await own.db.$disconnect();
    }
  });
});
