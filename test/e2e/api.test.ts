import { describe, expect } from '@jest/globals';
import { MINUTE_MS } from '../../src/domain/model/time.ts';
import { breakConnection, tenantAt } from '../support/program-connections.ts';
import { storedRows } from '../support/program-secrets.ts';
import { story, storyOnBoth } from '../support/program-story.ts';
import { type Daemon, hasty, type World } from '../support/program-world.ts';
import { until } from '../support/until.ts';

type Key = Readonly<{ id: string; key: string }>;
type Asked = Readonly<{ method?: string; body?: object; headers?: Readonly<Record<string, string>> }>;

const quiet = { ...hasty, POLL_SCHEDULE: '0 0 1 1 *' };
const LIMIT = 60;

function client({ request }: Daemon, { key }: Pick<Key, 'key'>) {
  return async <Body>(path: string, { method = 'GET', body, headers = {} }: Asked = {}) => {
    const answer = await request(`/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...headers,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (answer.body === '' ? null : JSON.parse(answer.body)) as Body };
  };
}

type Tenant = Readonly<{ id: string; state: string; health: string | null; nextPollAt: string }>;
type Items<Item> = Readonly<{ items: readonly Item[] }>;

describe('the API of a daemon', () => {
  storyOnBoth(
    'adds a tenant by its token, polls it again and again, shows and pauses it, until its key is revoked',
    { settings: quiet },
    async (world) => {
      const { control, json, run } = world;
      const { tokens, contactEmail: owner } = tenantAt(control, 0);
      const key = await json<Key>(['api-key', 'create', '--role', 'operate', '--name', 'host']);
      const daemon = await world.daemon();
      const ask = client(daemon, key);
      breakConnection(control, tenantAt(control, 0));

      const body = { name: "Jane's Bakery", owner, externalId: 'customer-17', refreshToken: tokens.refreshToken };
      const added = await ask<Tenant>('/tenants', { method: 'POST', body });
      expect(added).toMatchObject({ status: 201, body: { state: 'active', health: 'unobserved' } });
      const path = `/tenants/${added.body.id}`;

      await giveUpPoll(world, daemon, { path, key });
      // Each needs a new access token, and a client that has gone has stopped nothing.
      for (let poll = 0; poll < 3; poll += 1) {
        control.expireAccessTokens(tenantAt(control, 0).id);
        const polled = await ask(`${path}/poll`, { method: 'POST' });
        expect(polled).toMatchObject({ status: 200, body: { polled: 1, failed: 0, errors: 0 } });
        await world.letTimePass(15 * MINUTE_MS);
      }
      const { body: connections } = await ask<Items<{ network: string; health: string }>>(`${path}/connections`);
      expect(connections.items).toHaveLength(3);
      expect(connections.items.filter(({ health }) => health === 'broken')).toMatchObject([{ network: 'facebook' }]);
      expect(await ask(path)).toMatchObject({ body: { health: 'broken', externalId: 'customer-17' } });
      expect(await ask('/incidents?state=open')).toMatchObject({ body: { items: [{ action: 'reconnect' }] } });

      const paused = { action: 'pause', filter: { externalId: 'customer-17' } };
      expect(await ask('/tenants/actions', { method: 'POST', body: paused })).toMatchObject({
        body: { items: [{ id: added.body.id, outcome: 'done' }] },
      });
      expect(await ask(path)).toMatchObject({ body: { state: 'paused' } });

      expect((await run(['api-key', 'revoke', key.id])).exitCode).toBe(0);
      expect(await ask(path)).toMatchObject({ status: 401, body: { status: 401 } });
      const { entries } = await json<{ entries: readonly { action: string }[] }>(['audit', '--actor', key.id]);
      expect(entries.map(({ action }) => action)).toEqual(
        expect.arrayContaining(['tenant.add', 'tenant.poll', 'tenant.pause', 'api_key.use', 'api_key.refused']),
      );
    },
  );

  story(
    'keeps the secret of a key that is made twice sealed, and gives it again to whoever asked',
    { database: 'PostgreSQL', settings: quiet },
    async (world) => {
      const admin = await world.json<Key>(['api-key', 'create', '--role', 'admin']);
      const ask = client(await world.daemon(), admin);
      const asked = { method: 'POST', body: { role: 'read' }, headers: { 'idempotency-key': 'first' } };
      const made = await ask<Key>('/api-keys', asked);
      expect(made.status).toBe(201);
      expect(await ask('/api-keys', asked)).toEqual(made);
      const rows = (await storedRows(world.database.raw)).map(({ text }) => text).join('\n');
      expect(rows).toContain(made.body.id);
      expect(rows).not.toContain(made.body.key);
      expect(rows).not.toContain(admin.key);
    },
  );

  storyOnBoth(
    'lets a key ask so many times a minute, of two daemons together',
    { settings: { ...quiet, API_REQUESTS_PER_MINUTE: String(LIMIT) } },
    async (world) => {
      const daemons = [await world.daemon(), await world.daemon()];
      const statuses = await until('all requests are asked within one minute', async () => {
        const key = await world.json<Key>(['api-key', 'create']);
        const begins = minuteNow();
        const answers = await Promise.all(daemons.map((daemon) => askOften(daemon, key)));
        return minuteNow() === begins ? answers.flat() : undefined;
      });
      expect(statuses.filter((status) => status === 200)).toHaveLength(LIMIT);
      expect(statuses.filter((status) => status === 429)).toHaveLength(2 * LIMIT - LIMIT);
      const other = await world.json<Key>(['api-key', 'create']);
      const headers = { authorization: `Bearer ${other.key}` };
      const answer = await fetch(`${daemons[0]?.url}/api/v1/tenants`, { headers });
      expect([answer.status, answer.headers.get('ratelimit-limit')]).toEqual([200, String(LIMIT)]);
    },
  );
});

/** Asks for a poll, and goes while it is under way. */
async function giveUpPoll(
  { control, database }: World,
  { url }: Daemon,
  { path, key }: Readonly<{ path: string; key: Key }>,
) {
  control.script({ route: 'connections', answer: { kind: 'usual', delayMs: 500 } });
  const client = new AbortController();
  const { signal } = client;
  const headers = { authorization: `Bearer ${key.key}` };
  const polled = fetch(`${url}/api/v1${path}/poll`, { method: 'POST', headers, signal });
  await until('the poll is under way', () => control.counters().requests.connections > 0);
  client.abort();
  await expect(polled).rejects.toThrow();
  await until('the poll is stored all the same', async () => (await database.raw.db.poll.count()) > 0);
}

function minuteNow(): number {
  return Math.floor(Date.now() / MINUTE_MS);
}

async function askOften({ url }: Daemon, { key }: Key): Promise<readonly number[]> {
  const statuses: number[] = [];
  for (let n = 0; n < LIMIT; n += 1) {
    const answer = await fetch(`${url}/api/v1/tenants`, { headers: { authorization: `Bearer ${key}` } });
    const retryAfter = Number(answer.headers.get('retry-after') ?? 0);
    expect(answer.status === 429 ? retryAfter > 0 && retryAfter <= 60 : retryAfter === 0).toBe(true);
    await answer.arrayBuffer();
    statuses.push(answer.status);
  }
  return statuses;
}
