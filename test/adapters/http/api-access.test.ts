import { afterEach, describe, expect, it } from '@jest/globals';
import { type KeyRole, keyRoles } from '../../../src/domain/model/api-key.ts';
import { DAY_MS } from '../../../src/domain/model/time.ts';
import { operator } from '../../../src/monitoring/viewer.ts';
import { type ApiDocument, judgeBy, keyedOperationsOf } from '../../support/api-document.ts';
import { anApplication, aWebhook } from '../../support/builders.ts';
import { badRequest, goodRequest, type Ids, idsOf, knownOf, knownOperations, noIds } from './api-operations.ts';
import { type ApiServer, type Asked, startApiServer } from './api-server.ts';

let opened: ApiServer | null = null;
afterEach(async () => {
  await opened?.server.close();
  opened = null;
});

/** Every operation that the document has: a route cannot be forgotten here. */
const described = await (async () => {
  const api = await startApiServer();
  const document = await api.json<ApiDocument>('/openapi.json', { key: null });
  await api.server.close();
  return document;
})();
const operations = keyedOperationsOf(described);
const judge = judgeBy(described);

type Opened = ApiServer & Readonly<{ bakery: Ids; mill: Ids }>;

/** Two tenants, each with one of everything, and an application besides that of the configuration. */
async function start(): Promise<Opened> {
  const api = await startApiServer();
  opened = api;
  await api.newKey('read', { tenantId: 'bakery' });
  await api.newKey('read', { tenantId: 'mill' });
  for (const tenantId of ['bakery', 'mill']) {
    await api.world.store.webhooks.add(aWebhook({ id: `webhook-of-${tenantId}`, tenantId }), 'whsec_c2VjcmV0');
  }
  await api.world.store.applications.add(anApplication());
  return { ...api, bakery: idsOf('bakery', api.world), mill: idsOf('mill', api.world) };
}

async function answerTo(api: ApiServer, [path, asked]: readonly [string, Asked], key: string | null) {
  const answer = await api.ask(path, { ...asked, key });
  const contentType = answer.headers.get('content-type') ?? '';
  return { status: answer.status, headers: answer.headers, contentType, body: await answer.text() };
}

type Problem = Readonly<{ status: number; detail: string; errors?: readonly Readonly<{ field: string }>[] }>;

/** A problem document without what differs from one answer to the next. */
function problemIn(body: string): Problem {
  const { requestId: _, ...problem } = JSON.parse(body) as Problem & Readonly<{ requestId: string }>;
  return problem;
}

const rolesBelow = (role: KeyRole) => keyRoles.slice(0, keyRoles.indexOf(role));

it('every described operation is known to these tests, and no other', () => {
  expect(operations.map(({ operationId }) => operationId).toSorted()).toEqual(Object.keys(knownOperations).toSorted());
});

describe.each(operations.map((operation) => [operation.operationId, operation] as const))('%s', (_, operation) => {
  const { role, of, forFleet, isList } = knownOf(operation);

  it('does what it describes for a key that may', async () => {
    const api = await start();
    const answer = await answerTo(api, goodRequest(operation, api.bakery), await api.newKey(role));
    expect(answer.status).toBeLessThan(300);
    expect(judge.faultsOfAnswer(operation, answer)).toEqual([]);
  });

  it.each([
    ['no key', () => null, 'Bearer'],
    ['an unknown key', () => 'lw_00000000_unknown', 'Bearer error="invalid_token"'],
    ['an expired key', expiredKey, 'Bearer error="invalid_token"'],
    ['a key that was revoked just now', revokedKey, 'Bearer error="invalid_token"'],
  ] as const)('is 401 for %s', async (_name, keyOf, challenge) => {
    const api = await start();
    const key = await keyOf(api);
    const answer = await answerTo(api, goodRequest(operation, api.bakery), key);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toBe(challenge);
    expect(judge.faultsOfAnswer(operation, answer)).toEqual([]);
    if (key !== null) expect(JSON.stringify([answer, api.logged])).not.toContain(key);
  });

  for (const less of rolesBelow(role)) {
    it(`is 403 for a key with the role ${less}, whatever it names`, async () => {
      const api = await start();
      const key = await api.newKey(less);
      for (const ids of [api.bakery, noIds]) {
        const answer = await answerTo(api, goodRequest(operation, ids), key);
        expect(answer.status).toBe(403);
        expect(judge.faultsOfAnswer(operation, answer)).toEqual([]);
      }
    });
  }
  if (forFleet === true) {
    it('is 403 for a key of one tenant', async () => {
      const api = await start();
      const key = await api.newKey('admin', { tenantId: 'bakery' });
      expect((await answerTo(api, goodRequest(operation, api.bakery), key)).status).toBe(403);
    });
  } else if (of !== undefined) {
    it("is for a key of one tenant about another's the same as about nothing", async () => {
      const api = await start();
      const key = await api.newKey('admin', { tenantId: 'bakery' });
      const others = await answerTo(api, goodRequest(operation, api.mill), key);
      const nothing = await answerTo(api, goodRequest(operation, noIds), key);
      expect([others.status, nothing.status]).toEqual([404, 404]);
      expect(problemIn(others.body)).toEqual(problemIn(nothing.body));
      expect(judge.faultsOfAnswer(operation, others)).toEqual([]);
      expect((await answerTo(api, goodRequest(operation, api.bakery), key)).status).toBeLessThan(300);
    });
  }

  if (isList === true && forFleet !== true) {
    it('shows a key of one tenant that tenant alone, as JSON and as CSV', async () => {
      const api = await start();
      const key = await api.newKey('admin', { tenantId: 'bakery' });
      const [path, asked] = goodRequest(operation, api.bakery);
      for (const accept of ['application/json', 'text/csv']) {
        const own = await answerTo(api, [path, { ...asked, headers: { accept } }], key);
        expect(own.status).toBe(200);
        expect(Object.values(api.mill).filter((id) => own.body.includes(id))).toEqual([]);
      }
      expect(await changesOf('mill', api)).toEqual([]);
    });
  }

  it('is 400 for bad input, and names the field', async () => {
    const api = await start();
    const before = stateOf(api);
    const answer = await answerTo(api, badRequest(operation, api.bakery), await api.newKey('admin'));
    expect(answer.status).toBe(400);
    const { errors = [] } = problemIn(answer.body);
    expect(errors.map(({ field }) => field)).toContain(knownOf(operation).bad.field);
    expect(judge.faultsOfAnswer(operation, answer)).toEqual([]);
    expect(stateOf(api)).toEqual(before);
  });

  it('is 400 for a parameter that it does not know, and for a text that no database stores', async () => {
    const api = await start();
    const [path, asked] = goodRequest(operation, api.bakery);
    const key = await api.newKey('admin');
    for (const [unknown, field] of [
      ['colour=red', 'colour'],
      ['q=a%00b', 'q'],
    ] as const) {
      const answer = await answerTo(api, [`${path}${path.includes('?') ? '&' : '?'}${unknown}`, asked], key);
      expect(answer.status).toBe(400);
      expect(problemIn(answer.body).errors).toMatchObject([{ field }]);
    }
  });

  if (operation.requestBody === undefined && operation.method !== 'GET') {
    it('is 400 for a body that it would not look at', async () => {
      const api = await start();
      const [path, asked] = goodRequest(operation, api.bakery);
      const answer = await answerTo(
        api,
        [path, { ...asked, body: { until: '2026-12-01' } }],
        await api.newKey('admin'),
      );
      expect(problemIn(answer.body)).toMatchObject({ status: 400, errors: [{ field: 'until' }] });
      expect((await api.ask(path, { ...asked, body: {} })).status).toBeLessThan(300);
    });
  }
});

async function expiredKey({ newKey, world }: ApiServer): Promise<string> {
  const key = await newKey('admin', { expiresAt: world.clock.now() + DAY_MS });
  await world.clock.advance(DAY_MS);
  return key;
}

/** It has worked until now. */
async function revokedKey(api: ApiServer): Promise<string> {
  const { app } = api.world;
  const created = await app.apiKeys.create(operator, { role: 'admin' });
  if (created.outcome !== 'created') throw new Error(created.outcome);
  await api.json('/api/v1/tenants', { key: created.key.key });
  expect((await api.ask(`/api/v1/api-keys/${created.key.id}`, { method: 'DELETE' })).status).toBe(204);
  return created.key.key;
}

/** What is stored, but for keys and the audit, which every request touches. */
function stateOf({ world }: ApiServer): unknown {
  const { tenants, contacts, connections, incidents, notifications } = world.store.memory.state;
  const { holds, webhooks, applications } = world.store.memory.state;
  return structuredClone([tenants, contacts, connections, incidents, notifications, holds, webhooks, applications]);
}

/** What somebody is said to have changed of a tenant. */
async function changesOf(tenantId: string, { world }: ApiServer): Promise<readonly unknown[]> {
  return [...world.store.memory.state.audit.values()]
    .filter((entry) => entry.tenantId === tenantId || entry.subjects.includes(tenantId))
    .filter(({ action }) => !action.startsWith('api_key.'));
}
