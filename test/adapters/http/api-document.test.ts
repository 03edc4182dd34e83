import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { type ApiDocument, type JsonSchema, judgeBy, operationsOf } from '../../support/api-document.ts';
import { type ApiServer, startApiServer } from './api-server.ts';

let api: ApiServer;
let document: ApiDocument;
beforeAll(async () => {
  api = await startApiServer();
  document = await api.json<ApiDocument>('/openapi.json', { key: null });
});
afterAll(async () => {
  await api.server.close();
});

type Shown = Readonly<{ where: string; schema: JsonSchema; example?: unknown }>;

/** Every body and answer. */
function bodies(): readonly Shown[] {
  const operations = operationsOf(document).flatMap(({ operationId, requestBody, responses }) => [
    ...Object.values(requestBody?.content ?? {}).map((media) => ({ where: `${operationId} body`, ...media })),
    ...Object.entries(responses).flatMap(([status, { content = {} }]) =>
      Object.entries(content).map(([type, media]) => ({ where: `${operationId} ${status} ${type}`, ...media })),
    ),
  ]);
  const problems = Object.entries(document.components.responses).flatMap(([name, { content }]) =>
    Object.values(content).map((media) => ({ where: name, ...media })),
  );
  return [...operations, ...problems];
}

function resolved(schema: JsonSchema): JsonSchema {
  const { $ref } = schema;
  return typeof $ref === 'string' ? (document.components.schemas[$ref.split('/').at(-1) ?? ''] ?? {}) : schema;
}

/** Every schema within, the value itself included. */
function* partsOf(value: unknown): Generator<readonly [string, unknown]> {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, part] of Object.entries(value)) {
    yield [name, part];
    if (!['examples', 'example', 'default', 'enum'].includes(name)) yield* partsOf(part);
  }
}

describe('the description of the API', () => {
  it('is a valid OpenAPI 3.1 document, for anyone', async () => {
    const result = await new Validator().validate({ ...document });
    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
    expect(document.openapi).toMatch(/^3\.1/);
  });

  it('names every operation once and for good, under a tag that it describes, with what may go wrong', () => {
    const operations = operationsOf(document);
    const ids = operations.map(({ operationId }) => operationId);
    expect(operations.length).toBeGreaterThan(20);
    expect(ids.filter((id) => !/^[a-z][A-Za-z]+$/.test(id ?? ''))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
    const tags = new Set(document.tags.filter(({ description }) => description !== '').map(({ name }) => name));
    expect(operations.filter((each) => each.tags.length !== 1 || !tags.has(each.tags[0] ?? ''))).toEqual([]);
    for (const { responses, summary, security } of operations) {
      expect(summary).not.toBe('');
      const withKey = security?.length === 0 ? [] : ['401', '403', '429'];
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['400', '503', ...withKey]));
      expect(Object.values(responses).filter(({ description }) => description === 'Default Response')).toEqual([]);
    }
  });

  it('asks for a key everywhere but for the badge, whose address is signed', () => {
    expect(document.security).toEqual([{ apiKey: [] }]);
    const open = operationsOf(document).filter((operation) => 'security' in operation);
    expect(open).toMatchObject([{ operationId: 'showBadge', security: [] }]);
  });

  it('has an example of every body and answer, which its own schema accepts', () => {
    const judge = judgeBy(document);
    const all = bodies();
    expect(all.length).toBeGreaterThan(40);
    const faults = all.map(({ where, schema, example }) => {
      const { examples = [example] } = resolved(schema);
      const given = (examples as readonly unknown[]).filter((each) => each !== undefined);
      return { where, faults: given.length === 0 ? ['none'] : given.flatMap((each) => judge.faultsOf(schema, each)) };
    });
    expect(faults.filter((each) => each.faults.length > 0)).toEqual([]);
  });

  it('has no schema that accepts everything, and none that nothing uses', () => {
    const empty = [...partsOf(document)].filter(([name, part]) => name === 'schema' && isEmpty(part));
    const properties = [...partsOf(document)].filter(([name]) => name === 'properties');
    const emptyProperties = properties.flatMap(([, fields]) =>
      Object.entries(fields as object).filter(([, schema]) => isEmpty(schema)),
    );
    expect([...empty, ...emptyProperties]).toEqual([]);
    const text = JSON.stringify(document);
    const names = Object.keys(document.components.schemas);
    expect(names.filter((name) => !text.includes(`"#/components/schemas/${name}"`))).toEqual([]);
    expect(names.filter((name) => name.endsWith('Input'))).toEqual([]);
  });

  it('lets answers have more fields one day, and bodies none that are unknown', () => {
    const { schemas } = document.components;
    expect(schemas.Tenant).not.toHaveProperty('additionalProperties');
    expect(schemas.NewTenantBody).toMatchObject({ additionalProperties: false });
    expect(JSON.stringify(document)).not.toContain('"readOnly"');
  });
});

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
