import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { type ApiServer, startApiServer } from './api-server.ts';

let api: ApiServer;
beforeAll(async () => {
  api = await startApiServer();
});
afterAll(async () => {
  await api.server.close();
});

type Operation = Readonly<{ summary?: string; responses?: Readonly<Record<string, unknown>> }>;
type Document = Readonly<{ openapi: string; paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> }>;

describe('the description of the API', () => {
  it('is a valid OpenAPI 3.1 document, for anyone', async () => {
    const document = await api.json<Document>('/openapi.json', { key: null });
    const result = await new Validator().validate(document);
    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
    expect(document.openapi).toMatch(/^3\.1/);
    expect(Object.keys(document.paths).length).toBeGreaterThan(15);
  });
});

describe('a list of tenants', () => {
  it('has the promised form', async () => {
    const page = await api.json('/api/v1/tenants');
    expect(page).toMatchObject({ items: [{ id: 'bakery', health: 'broken' }, { id: 'mill' }], nextCursor: null });
  });
});
