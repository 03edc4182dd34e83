import { describe, expect } from '@jest/globals';
import fc from 'fast-check';
import { MINUTE_MS } from '../../src/domain/model/time.ts';
import { batchesOf } from '../../src/monitoring/batches.ts';
import { creationsOf, type KnownTexts, requestsOf, type WireRequest } from '../support/api-arbitrary.ts';
import {
  type ApiDocument,
  type DescribedOperation,
  type Judge,
  judgeBy,
  operationsOf,
} from '../support/api-document.ts';
import { openWireClient, type WireAnswer } from '../support/api-wire.ts';
import { breakConnection } from '../support/program-connections.ts';
import { storyOnBoth } from '../support/program-story.ts';
import { type Daemon, hasty, type World } from '../support/program-world.ts';

/** As many at once as a busy host asks. */
const AT_ONCE = 4;
const REQUESTS = Number(process.env.API_REQUESTS ?? 500);

/** Of each of these a process does one at a time, and says so. */
const oneAtATime = ['importTenants', 'examineMonitor', 'replay', 'testMail'];

type Client = ReturnType<typeof openWireClient>;

describe('the API', () => {
  storyOnBoth(
    `answers ${REQUESTS} requests that its description suggests, right and wrong, as it describes`,
    { tenants: 6, settings: { ...hasty, POLL_SCHEDULE: '0 0 1 1 *', API_REQUESTS_PER_MINUTE: '0' } },
    async (world) => {
      const known = await knownTexts(world);
      const daemon = await world.daemon();
      const document = JSON.parse((await daemon.request('/openapi.json')).body) as ApiDocument;
      const client = openWireClient(daemon.url);
      const judge = judgeBy(document);
      const statuses = new Map<number, number>();
      const seed = Number(process.env.API_SEED ?? Math.trunc(Math.random() * 2 ** 31));
      const drawn = fc.sample(requestsOf(document, operationsOf(document), known), { seed, numRuns: REQUESTS });
      // Chance alone draws a request that creates something once in a hundred times, and in some runs never.
      const requests = [...creationsOf(document, known), ...drawn];
      const faults: string[] = [];
      for (const some of batchesOf(requests, AT_ONCE)) {
        const found = await Promise.all(some.map((each) => faultsOf(each, { client, judge, statuses })));
        faults.push(...found.flat());
      }
      client.close();
      expect({ seed, faults: faults.slice(0, 30) }).toEqual({ seed, faults: [] });
      expectManyKinds(statuses);
      expect(errorsIn(daemon)).toEqual([]);
    },
  );
});

type Looking = Readonly<{ client: Client; judge: Judge; statuses: Map<number, number> }>;

async function faultsOf(asked: WireRequest, { client, judge, statuses }: Looking): Promise<readonly string[]> {
  const { operation, path, headers, body, contentType } = asked;
  const type = body === null || headers['content-type'] !== undefined ? {} : { 'content-type': contentType };
  const where = `${operation.method} ${path}`;
  try {
    const answer = await client.ask({ method: operation.method, path, body, headers: { ...type, ...headers } });
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    const faults = [
      ...(isFailure(answer, operation) ? [`${answer.status} ${answer.body}`] : []),
      ...(answer.headers['x-request-id'] === undefined ? ['no request id'] : []),
      ...judge.faultsOfAnswer(operation, answer),
    ];
    return faults.map((fault) => `${where} ${JSON.stringify({ headers, body })}: ${fault}`);
  } catch (error) {
    return [`${where} ${JSON.stringify({ headers, body })}: ${String(error)}`];
  }
}

function isFailure({ status, headers }: WireAnswer, { operationId }: DescribedOperation): boolean {
  const isBusy = status === 503 && oneAtATime.includes(operationId) && headers['retry-after'] !== undefined;
  return status >= 500 && !isBusy;
}

/** Requests that are all refused for one reason would show nothing. */
function expectManyKinds(statuses: ReadonlyMap<number, number>): void {
  if (process.env.API_REQUESTS !== undefined) process.stderr.write(`${JSON.stringify(Object.fromEntries(statuses))}\n`);
  const seen = [...statuses.keys()];
  expect(seen).toEqual(expect.arrayContaining([200, 201, 400, 401, 403, 404]));
  const good = [...statuses].filter(([status]) => status < 300).reduce((sum, [, count]) => sum + count, 0);
  expect(good / REQUESTS).toBeGreaterThan(0.1);
}

function errorsIn(daemon: Daemon): readonly string[] {
  return daemon
    .stderr()
    .split('\n')
    .filter((line) => line.includes('"level":"error"'));
}

/** A fleet with something wrong with it, and keys of each kind. */
async function knownTexts({ control, importTenants, json, letTimePass, database }: World): Promise<KnownTexts> {
  const [gone = '', own = '', ...others] = await importTenants();
  for (const tenant of control.tenants()) breakConnection(control, tenant);
  await json(['poll']);
  await letTimePass(15 * MINUTE_MS);
  await json(['poll']);
  const keyOf = (...options: readonly string[]) => json<{ id: string; key: string }>(['api-key', 'create', ...options]);
  const [admin, operate, read, ofOne, spent] = [
    await keyOf('--role', 'admin'),
    await keyOf('--role', 'operate'),
    await keyOf('--role', 'read'),
    await keyOf('--role', 'admin', '--tenant', own),
    await keyOf('--role', 'admin'),
  ];
  const addWebhook = () => json<{ id: string }>(['webhook', 'add', '--url', 'https://receiver.invalid/events']);
  const [webhook, removed] = [await addWebhook(), await addWebhook()];
  const { db } = database.raw;
  const idsOf = (rows: readonly Readonly<{ id: string }>[]) => rows.map(({ id }) => id);
  return {
    keys: [admin.key, admin.key, admin.key, operate.key, read.key, ofOne.key, 'lw_00000000_none'],
    ids: {
      tenants: [own, ...others],
      connections: idsOf(await db.connection.findMany()),
      incidents: idsOf(await db.incident.findMany()),
      mail: idsOf(await db.notification.findMany()),
      webhooks: [webhook.id],
      removeWebhook: [removed.id],
      removeTenant: [gone],
      revokeApiKey: [spent.id],
    },
  };
}
