import { afterEach, describe, expect, it } from '@jest/globals';
import { createMetrics, type FigureReaders } from '../../../src/http/metrics/create-metrics.ts';
import { createCheckKey } from '../../../src/monitoring/keys/check-key.ts';
import { databaseProblem } from '../../../src/monitoring/operations/monitor-problems.ts';
import { createFigures } from '../../../src/monitoring/reading/read-figures.ts';
import { operator } from '../../../src/monitoring/viewer.ts';
import { aPoll, NOW } from '../../support/builders.ts';
import { aMonitor } from '../../support/cli-views.ts';
import { sampleOf, samplesOf } from '../../support/metrics-text.ts';
import { metricsAskedFor } from '../../support/monitoring-files.ts';
import { withAlertsDue } from '../../support/use-case-alerts.ts';
import { type OwnerServer, startOwnerServer } from './owner-server.ts';

const opened: OwnerServer[] = [];
afterEach(async () => {
  for (const { server } of opened.splice(0)) await server.close();
});

/** A server over a world of two tenants, each with a broken connection and its alert. */
async function serve(readers: Partial<FigureReaders> = {}) {
  const world = await withAlertsDue(['bakery', 'mill']);
  const { ports, clock, app } = world;
  const metrics = createMetrics({ version: '1.2.3' });
  const all = {
    readFigures: createFigures(ports),
    monitor: async () => aMonitor({ canary: { lastSuccessAt: NOW } }),
    ...readers,
  };
  const served = await startOwnerServer({
    metrics: {
      checkKey: createCheckKey(ports),
      contentType: metrics.contentType,
      write: () => metrics.write(all, clock),
    },
  });
  opened.push(served);
  const newKey = async (options: Readonly<{ tenantId?: string; expiresAt?: number }> = {}) => {
    const created = await app.apiKeys.create(operator, { role: 'read', ...options });
    if (created.outcome !== 'created') throw new Error(created.outcome);
    return created.key;
  };
  return { ...served, world, metrics, newKey };
}

const forwarded = { 'x-forwarded-for': '203.0.113.9' };
const bearer = (key: string) => ({ ...forwarded, authorization: `Bearer ${key}` });

describe('Who may read the metrics', () => {
  it('is this machine itself, by the address of its connection', async () => {
    const { get } = await serve();
    const answer = await get('/metrics');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it.each([
    ['x-forwarded-for', '127.0.0.1'],
    ['forwarded', 'for=127.0.0.1'],
    ['x-real-ip', '127.0.0.1'],
    ['via', '1.1 proxy'],
  ])('is nobody whom a proxy on this machine speaks for (%s: %s)', async (name, value) => {
    const { get } = await serve();
    const answer = await get('/metrics', { headers: { [name]: value } });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(await answer.text()).not.toContain('linkwatch_');
  });

  it('is no other machine that claims to be this one', async () => {
    const { server, world, metrics } = await serve();
    await server.close();
    const elsewhere = await startOwnerServer({
      metrics: {
        checkKey: createCheckKey(world.ports),
        contentType: metrics.contentType,
        write: async () => 'figures',
      },
    });
    opened.push(elsewhere);
    const remoteAddress = '192.0.2.1';
    const ask = (headers: Record<string, string>) =>
      elsewhere.server.inject({ url: '/metrics', remoteAddress, headers });
    expect((await ask({})).statusCode).toBe(401);
    expect((await ask({ 'x-forwarded-for': '127.0.0.1', host: 'localhost' })).statusCode).toBe(401);
    for (const address of ['127.0.0.1', '127.8.9.1', '::1', '::ffff:127.0.0.1']) {
      const { statusCode } = await elsewhere.server.inject({ url: '/metrics', remoteAddress: address });
      expect([address, statusCode]).toEqual([address, 200]);
    }
  });

  it('is a key of all tenants from anywhere, while it works', async () => {
    const { get, newKey, world } = await serve();
    const all = await newKey();
    const expiring = await newKey({ expiresAt: world.clock.now() + 1_000 });
    expect((await get('/metrics', { headers: bearer(all.key) })).status).toBe(200);
    expect((await get('/metrics', { headers: bearer((await newKey({ tenantId: 'mill' })).key) })).status).toBe(403);
    expect((await get('/metrics', { headers: bearer(`${all.key}x`) })).status).toBe(401);
    await world.clock.advance(1_000);
    expect((await get('/metrics', { headers: bearer(expiring.key) })).status).toBe(401);
    await world.app.apiKeys.revoke(operator, all.id);
    expect((await get('/metrics', { headers: bearer(all.key) })).status).toBe(401);
  });
});

describe('The metrics', () => {
  it('tell what the database holds', async () => {
    const { get } = await serve();
    const text = await (await get('/metrics')).text();
    expect(sampleOf(text, 'linkwatch_connections', { network: 'facebook', health: 'broken' })).toBe(2);
    expect(sampleOf(text, 'linkwatch_connections', { network: 'facebook', health: 'healthy' })).toBe(0);
    expect(sampleOf(text, 'linkwatch_incidents_open', { action: 'reconnect' })).toBe(2);
    expect(sampleOf(text, 'linkwatch_incidents_open', { action: 'reauthorize' })).toBe(0);
    expect(sampleOf(text, 'linkwatch_mail_waiting', { state: 'pending' })).toBe(2);
    expect(sampleOf(text, 'linkwatch_mail_oldest_pending_seconds')).toBeGreaterThan(0);
    expect(sampleOf(text, 'linkwatch_quota_remaining')).toBe(Number.POSITIVE_INFINITY);
    expect(sampleOf(text, 'linkwatch_database_up')).toBe(1);
    expect(sampleOf(text, 'linkwatch_build_info', { version: '1.2.3' })).toBe(1);
    expect(sampleOf(text, 'process_cpu_seconds_total')).toBeGreaterThan(0);
    expect(text).toContain('nodejs_eventloop_lag_p99_seconds');
  });

  it('tell what this process has done, from 0 on', async () => {
    const { get, metrics } = await serve();
    const { observer } = metrics;
    expect(samplesOf(await (await get('/metrics')).text(), 'linkwatch_mail_total').length).toBe(40);
    observer.polled(aPoll({ durationMs: 1_500 }));
    observer.polled(aPoll({ durationMs: -20, result: { outcome: 'observed', connections: [], isPartial: true } }));
    observer.polled(
      aPoll({
        result: { outcome: 'failed', failure: { kind: 'dns', detail: '', requestId: null, retryAfterMs: null } },
      }),
    );
    observer.refreshed('invalid_grant');
    observer.mailed('alert', 'deferred');
    observer.told(17 * 60_000);
    const text = await (await get('/metrics')).text();
    for (const outcome of ['observed', 'partial', 'failed']) {
      expect(sampleOf(text, 'linkwatch_polls_total', { outcome })).toBe(1);
    }
    expect(sampleOf(text, 'linkwatch_poll_failures_total', { kind: 'dns' })).toBe(1);
    expect(sampleOf(text, 'linkwatch_poll_duration_seconds_count')).toBe(3);
    expect(sampleOf(text, 'linkwatch_token_refresh_total', { outcome: 'invalid_grant' })).toBe(1);
    expect(sampleOf(text, 'linkwatch_token_refresh_total', { outcome: 'refreshed' })).toBe(0);
    expect(sampleOf(text, 'linkwatch_mail_total', { kind: 'alert', outcome: 'deferred' })).toBe(1);
    expect(sampleOf(text, 'linkwatch_break_to_told_seconds_bucket', { le: '900' })).toBe(0);
    expect(sampleOf(text, 'linkwatch_break_to_told_seconds_bucket', { le: '1200' })).toBe(1);
  });

  it('are all there that an alarm or a panel asks for', async () => {
    const { get } = await serve();
    const names = new Set(samplesOf(await (await get('/metrics')).text()).map(({ name }) => name));
    expect(metricsAskedFor().length).toBeGreaterThan(15);
    expect(metricsAskedFor().filter((name) => !names.has(name))).toEqual([]);
  });

  it('put networks that are not known together, whatever their names', async () => {
    const names = [
      'facebook',
      'blue"sky\n',
      'constructor',
      'Facebook',
      ...Array.from({ length: 500 }, (_, n) => `net-${n}`),
    ];
    const connections = names.map((network) => ({ network, health: 'healthy', connections: 2 }) as const);
    const { world } = await serve();
    const other = await serve({
      readFigures: async () => ({ ...(await createFigures(world.ports)()), connections }),
    });
    const text = await (await other.get('/metrics')).text();
    expect(samplesOf(text, 'linkwatch_connections').length).toBe(2 * 5);
    expect(sampleOf(text, 'linkwatch_connections', { network: 'other', health: 'healthy' })).toBe(2 * 503);
    expect(sampleOf(text, 'linkwatch_connections', { network: 'facebook', health: 'healthy' })).toBe(2);
  });

  it('leave out what the database does not tell, and come all the same', async () => {
    let isAway = false;
    const { world } = await serve();
    const figures = createFigures(world.ports);
    const { get, metrics } = await serve({
      readFigures: async () => {
        if (isAway) throw new Error('the database is away');
        return await figures();
      },
      monitor: async () => aMonitor({ problems: isAway ? [databaseProblem('it is away', null)] : [] }),
    });
    metrics.observer.mailed('alert', 'sent');
    const gaugesIn = (text: string) =>
      ['connections', 'incidents_open', 'round_lag_seconds', 'mail_oldest_pending_seconds', 'quota_remaining'].map(
        (name) => samplesOf(text, `linkwatch_${name}`).length > 0,
      );
    expect(gaugesIn(await (await get('/metrics')).text())).toEqual([true, true, true, true, true]);
    isAway = true;
    const answer = await get('/metrics');
    const text = await answer.text();
    expect(answer.status).toBe(200);
    expect(gaugesIn(text)).toEqual([false, false, false, false, false]);
    expect(sampleOf(text, 'linkwatch_database_up')).toBe(0);
    expect(sampleOf(text, 'linkwatch_monitor_problem', { what: 'database', severity: 'critical' })).toBe(1);
    expect(sampleOf(text, 'linkwatch_mail_total', { kind: 'alert', outcome: 'sent' })).toBe(1);
    isAway = false;
    expect(gaugesIn(await (await get('/metrics')).text())).toEqual([true, true, true, true, true]);
  });

  it('tell of the canary only where there is one, and of one that never told anybody as of 1970', async () => {
    const canaryIn = async (monitor: Parameters<typeof aMonitor>[0]) => {
      const { get } = await serve({ monitor: async () => aMonitor(monitor) });
      const text = await (await get('/metrics')).text();
      return sampleOf(text, 'linkwatch_canary_last_success_timestamp_seconds');
    };
    expect(await canaryIn({ canary: { lastSuccessAt: NOW } })).toBe(NOW / 1_000);
    expect(await canaryIn({ canary: { lastSuccessAt: null } })).toBe(0);
    expect(await canaryIn({ canary: null })).toBeUndefined();
  });

  it('do not wait for a database that hangs', async () => {
    const hanging = new Promise<never>(() => undefined);
    const { world, metrics } = await serve();
    const written = metrics.write({ readFigures: () => hanging, monitor: async () => aMonitor() }, world.clock);
    await world.clock.advance(3_000);
    expect(sampleOf(await written, 'linkwatch_database_up')).toBe(0);
  });
});
