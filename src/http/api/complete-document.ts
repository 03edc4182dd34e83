type Json = Readonly<Record<string, unknown>>;
type Answer = Json & Readonly<{ description?: string }>;
type Operation = Json &
  Readonly<{
    parameters?: readonly Json[];
    requestBody?: unknown;
    security?: readonly unknown[];
    responses: Readonly<Record<string, Answer>>;
  }>;
type Components = Json & Readonly<{ schemas: Json }>;
type Document = Json &
  Readonly<{ components: Components; paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> }>;

/**
 * Adds to the document what is true of every route and stands in no route's schema: the headers that it takes and
 * gives, and why it may refuse. Of the schemas, those stay that something refers to.
 */
export function completeDocument(described: Json): Json {
  const document = described as Document;
  const complete = Object.entries(document.paths).map(([path, operations]) => [
    path,
    Object.fromEntries(
      Object.entries(operations).map(([method, operation]) => [method, completeOperation({ path, method, operation })]),
    ),
  ]);
  return withUsedSchemas({
    ...document,
    paths: Object.fromEntries(complete),
    components: { ...document.components, responses: problemAnswers() },
  });
}

type Described = Readonly<{ path: string; method: string; operation: Operation }>;

function completeOperation({ path, method, operation }: Described): Operation {
  const isRead = method === 'get';
  // Those that the route's own schema gives, and not the kinds that stand for all others.
  const answers = Object.entries(operation.responses).filter(([status]) => /^\d{3}$/.test(status));
  const own = new Set(answers.map(([status]) => status));
  const hasBody = operation.requestBody !== undefined;
  const isForAnyone = operation.security?.length === 0;
  return {
    ...operation,
    parameters: [...(operation.parameters ?? []), isRead ? ifNoneMatch : idempotencyKey],
    responses: {
      ...Object.fromEntries(answers.map(([status, answer]) => [status, completeAnswer(answer, isRead)])),
      ...(isRead && { 304: { description: 'Nothing has changed since the answer with that `ETag`.' } }),
      ...Object.fromEntries(
        reasons
          .filter(({ of, status }) => of({ path, isRead, hasBody, isForAnyone }) && !own.has(status))
          .map(({ status, name }) => [status, { $ref: `#/components/responses/${name}` }]),
      ),
    },
  };
}

function completeAnswer(answer: Answer, isRead: boolean): Json {
  const description = answer.description === 'Default Response' ? 'It is done.' : answer.description;
  const headers = { 'X-Request-Id': requestId, ...(isRead ? { ETag: etag } : { 'Idempotent-Replayed': replayed }) };
  return { ...answer, description, headers };
}

function problemAnswers(): Json {
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  return Object.fromEntries(
    reasons.map(({ name, description, headers = {} }) => [
      name,
      { description, headers: { 'X-Request-Id': requestId, ...headers }, content },
    ]),
  );
}

/** `isForAnyone`: it takes no key. */
type Kind = Readonly<{ path: string; isRead: boolean; hasBody: boolean; isForAnyone: boolean }>;
type Reason = Readonly<{ status: string; name: string; description: string; headers?: Json; of(kind: Kind): boolean }>;

const header = (description: string, schema: Json, example: unknown) => ({ description, schema, example });
const requestId = header('Under which the log has this request.', { type: 'string' }, 'd3a1…');
const etag = header('Of this answer, for `If-None-Match`.', { type: 'string' }, '"1f0a"');
const replayed = header('`true`: this answer was given before.', { type: 'string', enum: ['true'] }, 'true');
const retryAfter = {
  'Retry-After': header('Seconds to wait before the next try.', { type: 'integer', minimum: 0 }, 17),
};
const challenge = { 'WWW-Authenticate': header('As RFC 6750 has it.', { type: 'string' }, 'Bearer') };

const always = () => true;
const withKey = ({ isForAnyone }: Kind) => !isForAnyone;
const onWrites = ({ isRead }: Kind) => !isRead;
const onBodies = ({ hasBody }: Kind) => hasBody;

const reasons: readonly Reason[] = [
  {
    status: '400',
    name: 'BadRequest',
    description: 'Something is not as it must be; `errors` names each field.',
    of: always,
  },
  {
    status: '401',
    name: 'Unauthorized',
    description: 'No key, or an unknown, expired or revoked one.',
    headers: challenge,
    of: withKey,
  },
  {
    status: '403',
    name: 'Forbidden',
    description: "The key's role, or its being one tenant's, does not allow it.",
    of: withKey,
  },
  {
    status: '404',
    name: 'NotFound',
    description: 'It does not exist, or the key may not see it.',
    of: ({ path }) => path.includes('{'),
  },
  {
    status: '409',
    name: 'Conflict',
    description: 'It contradicts what is stored, or the request with this `Idempotency-Key` is still under way.',
    of: onWrites,
  },
  { status: '413', name: 'BodyTooLarge', description: 'The body is too large.', of: onBodies },
  { status: '415', name: 'OtherBody', description: 'The body is of a type that is not taken here.', of: onBodies },
  {
    status: '422',
    name: 'Unprocessable',
    description:
      'Constant Contact refuses the token, the `Idempotency-Key` was used for another request, or it would take too long.',
    of: onWrites,
  },
  {
    status: '429',
    name: 'TooManyRequests',
    description: 'The key has no requests left this minute.',
    headers: retryAfter,
    of: withKey,
  },
  {
    status: '503',
    name: 'Unavailable',
    description: 'Linkwatch is busy, or its database is away.',
    headers: retryAfter,
    of: always,
  },
  { status: '4XX', name: 'OtherRefusal', description: 'Any other refusal.', of: always },
  { status: '5XX', name: 'OtherFailure', description: 'Any other failure; the log says why.', of: always },
];

const ifNoneMatch = {
  name: 'If-None-Match',
  in: 'header',
  required: false,
  schema: { type: 'string' },
  example: '"1f0a"',
  description: 'The `ETag` of an earlier answer: when nothing has changed, this one is 304, without a body.',
};

const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  example: '8e03978e-40d5-43dd-bc93-6894a57f9324',
  schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[!-~]+$' },
  description: 'Any text that is new for this write. Sent again within a day, the write is not done twice.',
};

const REFERENCE = /"#\/components\/schemas\/([^"]+)"/g;

/**
 * Each schema comes twice, as it is sent and as it is answered; one is not used, and the other needs no second name.
 */
function withUsedSchemas(document: Document): Json {
  const { components, ...rest } = document;
  const { schemas, ...others } = components;
  const used = usedNames([rest, others], schemas);
  const plainName = (name: string) => {
    const plain = name.replace(/Input$/, '');
    return used.has(plain) ? name : plain;
  };
  const kept = Object.entries(schemas).filter(([name]) => used.has(name));
  const named = Object.fromEntries(kept.map(([name, schema]) => [plainName(name), schema]));
  const text = JSON.stringify({ ...rest, components: { ...others, schemas: named } });
  return JSON.parse(text.replaceAll(REFERENCE, (_, name: string) => `"#/components/schemas/${plainName(name)}"`));
}

function usedNames(start: unknown, schemas: Json): ReadonlySet<string> {
  const used = new Set<string>();
  const look = (part: unknown) => {
    for (const [, name = ''] of JSON.stringify(part).matchAll(REFERENCE)) {
      if (used.has(name)) continue;
      used.add(name);
      look(schemas[name]);
    }
  };
  look(start);
  return used;
}
