import swagger from '@fastify/swagger';
import Fastify, { type FastifyInstance } from 'fastify';
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { instant } from '../../monitoring/views/parts.ts';
import type { ApiScope } from './api-scope.ts';
import { completeDocument } from './complete-document.ts';

const description = `The fleet and its history, incidents and mail, events and webhooks, keys and the audit.

Send an API key as \`Authorization: Bearer KEY\`; \`linkwatch api-key create\` makes one. Lists have \`items\` and
\`nextCursor\`; ask for the next page with \`?cursor=\`. Times are ISO 8601 in UTC. Refused requests are answered with an RFC
9457 problem document. Reads give an \`ETag\`; writes take an \`Idempotency-Key\`.`;

const API_KEY =
  'Roles: `read` looks, `operate` changes as well, `admin` also makes keys and erases tenants. A key made for one tenant sees that one alone: anything else is 404.';

type Converted = Readonly<{ zodSchema: z.core.$ZodType; jsonSchema: z.core.JSONSchema.BaseSchema }>;

const zodToJsonConfig = {
  override: ({ zodSchema, jsonSchema }: Converted) => {
    // Of the two forms of a time, the outside one, whichever way the document looks at it.
    if (zodSchema === instant) {
      for (const name of Object.keys(jsonSchema)) delete jsonSchema[name];
      Object.assign(jsonSchema, { type: 'string', format: 'date-time' });
    }
    // zod leaves examples out where the inside form is another one; ours show the outside.
    const { examples } = z.globalRegistry.get(zodSchema) ?? {};
    if (Array.isArray(examples)) jsonSchema.examples = examples;
    // To our code an answer cannot change; in OpenAPI the word says that it is never sent.
    delete jsonSchema.readOnly;
    // An answer may have more fields in a later version; a body has none that are unknown.
    if (zodSchema instanceof z.ZodObject && zodSchema.def.catchall === undefined)
      delete jsonSchema.additionalProperties;
  },
};

const transformObject = createJsonSchemaTransformObject({ zodToJsonConfig });

const tags = [
  { name: 'Tenants', description: 'The accounts that are watched, and their connections as they are now.' },
  { name: 'History', description: 'How connections were: periods, uptime, coverage.' },
  { name: 'Incidents', description: 'What is wrong, since when, and what was decided about mail.' },
  { name: 'Mail', description: 'The mail to owners and to the operator: what was sent, what waits, and why.' },
  { name: 'Events', description: 'What changed, in order and without gaps, for programs that mirror the fleet.' },
  { name: 'Webhooks', description: 'Where the same events are sent to, as they happen.' },
  { name: 'Embedding', description: "What a host product shows in its own pages: a tenant's banner and badge." },
  {
    name: 'Applications',
    description:
      'The API keys of Constant Contact, each with its own limits and tenants. For an `admin` key of all tenants.',
  },
  { name: 'Monitor', description: 'Whether Linkwatch itself is well. For a key of all tenants.' },
  { name: 'Access', description: 'API keys, and the audit of who did what. For an `admin` key of all tenants.' },
];

/** Collects the routes that are added to the scope afterwards. */
export async function describeApi(
  api: ApiScope,
  { version, publicUrl }: Readonly<{ version: string; publicUrl: string }>,
) {
  await api.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Linkwatch', version, description, license: { name: 'MIT', identifier: 'MIT' } },
      servers: [{ url: publicUrl }],
      components: { securitySchemes: { apiKey: { type: 'http', scheme: 'bearer', description: API_KEY } } },
      security: [{ apiKey: [] }],
      tags,
    },
    transform: withBodyKinds(createJsonSchemaTransform({ zodToJsonConfig })),
    transformObject: (document) => completeDocument(transformObject(document)),
  });
}

type Transform = ReturnType<typeof createJsonSchemaTransform>;
type BodyKinds = Readonly<{ content: Readonly<Record<string, Readonly<{ schema: z.ZodType }>>> }>;

/** Describes a route whose body may be of several media types, each with a schema. */
function withBodyKinds(transform: Transform): Transform {
  return (document) => {
    const { body, ...schema } = (document.schema ?? {}) as Readonly<{ body?: BodyKinds | z.ZodType }>;
    if (body === undefined || body instanceof z.ZodType) return transform(document);
    const described = ([type, { schema: one }]: [string, Readonly<{ schema: z.ZodType }>]) => {
      const { schema: alone } = transform({ ...document, schema: { body: one } });
      return [type, { schema: alone.body }];
    };
    const rest = transform({ ...document, schema });
    const content = Object.fromEntries(Object.entries(body.content).map(described));
    return { ...rest, schema: { ...rest.schema, body: { content } } };
  };
}

/** `/openapi.json`, and `/docs` to read it in a browser: for anyone, since it says nothing of any tenant. */
export function addDocumentRoutes(api: ApiScope): void {
  const hidden = { schema: { hide: true } };
  api.get('/openapi.json', hidden, async (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(JSON.stringify(api.swagger())),
  );
  // Browsers ask for it at the root, whatever the page says.
  api.get('/favicon.ico', hidden, async (_request, reply) => reply.code(204).send());
  let docs: Promise<FastifyInstance> | null = null;
  api.get('/docs', hidden, async (_request, reply) => reply.redirect('docs/', 301));
  api.get('/docs/*', hidden, async (request, reply) => {
    docs ??= openDocs();
    const page = await (await docs).inject(request.url);
    if (page.statusCode === 404) return reply.callNotFound();
    return reply
      .code(page.statusCode)
      .header('content-security-policy', DOCS_POLICY)
      .type(String(page.headers['content-type'] ?? 'text/plain'))
      .send(page.rawPayload);
  });
}

/** A server of its own, made at the first look: the page's program has several megabytes. */
async function openDocs(): Promise<FastifyInstance> {
  const { default: scalar } = await import('@scalar/fastify-api-reference');
  const docs = Fastify();
  await docs.register(scalar, {
    routePrefix: '/docs',
    configuration: {
      url: '../openapi.json',
      withDefaultFonts: false,
      telemetry: false,
      // What would lead to its makers' services.
      hideClientButton: true,
      showDeveloperTools: 'never',
      agent: { disabled: true },
      mcp: { disabled: true },
    },
  });
  return docs;
}

/** The page's program writes styles and settings into the page itself, and loads nothing from elsewhere. */
const DOCS_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
