import fc from 'fast-check';
import { type ApiDocument, type DescribedOperation, type JsonSchema, operationsOf } from './api-document.ts';

/** A request as it goes over the wire. */
export type WireRequest = Readonly<{
  operation: DescribedOperation;
  path: string;
  headers: Readonly<Record<string, string>>;
  body: string | null;
  /** Of the body, where the headers say nothing else. */
  contentType: string;
}>;

export type KnownTexts = Readonly<{
  /** Secrets of keys; an empty one stands for none. */
  keys: readonly string[];
  /** What may stand for `{id}`: by operation, else by what its path begins with. */
  ids: Readonly<Record<string, readonly string[]>>;
}>;

/** What programs have stumbled over. */
const oddTexts = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\0',
    'a\0b',
    '\u202etxt.exe',
    '\u2066x\u2069',
    '\ud800',
    'x\udfff',
    '\ufeff',
    '\u200b',
    '=1+1',
    '\'; DROP TABLE "Tenant"; --',
    '%',
    '%00',
    '_',
    '\\',
    '../../etc/passwd',
    '{{7*7}}',
    '<script>',
    '__proto__',
    'constructor',
    'null',
    'true',
    'NaN',
    '-1',
    '0',
    '1e309',
    '99999999999999999999',
    '0x10',
    '1.5',
    '0000-01-01',
    '9999-12-31',
    '2026-02-30',
    '+033658-09-27T01:46:39.999Z',
    '0000-01-01T00:00:00+23:59',
    '9999-12-31T23:59:59-23:59',
    '2026-11-28',
    '2026-11-28T09:00:00Z',
    '1d',
    '0s',
    '999999999d',
    'P1D',
    'x'.repeat(199),
    'x'.repeat(201),
    '😀'.repeat(100),
    'é'.normalize('NFD'),
    'ﬁ',
    'jane@bakery.example',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
  cursors(),
);

/** Cursors that no list gave, but that look as if one had. */
function cursors(): fc.Arbitrary<string> {
  const at = fc.oneof(fc.constantFrom('0', '-1', '-999999999999999', '999999999999999', '-62167219200001'), fc.nat());
  return fc.tuple(at, fc.string({ unit: 'binary', minLength: 1, maxLength: 20 })).map(([time, id]) => {
    return Buffer.from(`${time} ${id}`).toString('base64url');
  });
}

const oddValues: fc.Arbitrary<unknown> = fc.oneof(
  oddTexts,
  fc.constantFrom(0, -0, -1, 1.5, 1e308, Number.MAX_SAFE_INTEGER + 2, 2 ** 31, 2 ** 63, true, false, null, [], {}),
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(40, 4000).map((depth) => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`)),
);

/** Values that the schema accepts; where it cannot say all, nearly. */
export function valuesOf(schema: JsonSchema, document: ApiDocument): fc.Arbitrary<unknown> {
  const { $ref, enum: words, anyOf, type, examples = [], format } = schema;
  if (typeof $ref === 'string') {
    return valuesOf(document.components.schemas[$ref.split('/').at(-1) ?? ''] ?? {}, document);
  }
  if (Array.isArray(words)) return fc.constantFrom(...words);
  if (Array.isArray(anyOf)) return fc.oneof(...anyOf.map((each: JsonSchema) => valuesOf(each, document)));
  if (Array.isArray(type)) return fc.oneof(...type.map((each) => valuesOf({ ...schema, type: each }, document)));
  switch (type) {
    case 'object':
      return objectsOf(schema, document);
    case 'array':
      return fc.array(valuesOf(schema.items as JsonSchema, document), {
        minLength: Number(schema.minItems ?? 0),
        maxLength: 3,
      });
    case 'integer':
    case 'number':
      return fc.integer({ min: Number(schema.minimum ?? 0), max: Number(schema.maximum ?? 1e6) });
    case 'boolean':
      return fc.constant(schema.const ?? true);
    case 'null':
      return fc.constant(null);
    default:
      return textsOf({ format, examples: examples as readonly unknown[], schema });
  }
}

function objectsOf({ properties = {}, required = [], examples = [] }: JsonSchema, document: ApiDocument) {
  const fields = Object.entries(properties as Readonly<Record<string, JsonSchema>>);
  const record = fc.record(Object.fromEntries(fields.map(([name, field]) => [name, valuesOf(field, document)])), {
    requiredKeys: required as string[],
  });
  const given = examples as readonly unknown[];
  return given.length === 0 ? record : fc.oneof(record, fc.constantFrom(...given));
}

function textsOf({
  format,
  examples,
  schema,
}: Readonly<{ format: unknown; examples: readonly unknown[]; schema: JsonSchema }>) {
  const { minLength = 0, maxLength = 60 } = schema as Readonly<{ minLength?: number; maxLength?: number }>;
  if (format === 'date-time') return fc.date({ noInvalidDate: true, ...years }).map((date) => date.toISOString());
  if (format === 'date')
    return fc.date({ noInvalidDate: true, ...years }).map((date) => date.toISOString().slice(0, 10));
  const free = fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, 60) });
  const shown = examples.length === 0 ? free : fc.constantFrom(...examples);
  return fc.oneof({ weight: 6, arbitrary: shown }, free, oddTexts);
}

const years = { min: new Date('0000-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z') };

/** The operations whose answer tells of something new, each asked once as its example shows, with the first of the keys. */
export function creationsOf(document: ApiDocument, { keys: [key], ids }: KnownTexts): readonly WireRequest[] {
  return operationsOf(document)
    .filter(({ responses }) => responses[201] !== undefined)
    .map((operation) => ({
      operation,
      path: operation.path.replace('{id}', knownIdsOf(operation, ids)[0] ?? ''),
      headers: { authorization: `Bearer ${key}` },
      body: JSON.stringify(exampleOf(operation, document)),
      contentType: JSON_TYPE,
    }));
}

function exampleOf({ requestBody }: DescribedOperation, document: ApiDocument): unknown {
  const { $ref, examples } = requestBody?.content[JSON_TYPE]?.schema ?? {};
  const shown = examples ?? document.components.schemas[String($ref).split('/').at(-1) ?? '']?.examples;
  return (shown as readonly unknown[] | undefined)?.[0];
}

/** Requests for any operation of the document, most of them nearly right. */
export function requestsOf(
  document: ApiDocument,
  operations: readonly DescribedOperation[],
  known: KnownTexts,
): fc.Arbitrary<WireRequest> {
  return fc.constantFrom(...operations).chain((operation) => {
    const { content } = operation.requestBody ?? { content: { [JSON_TYPE]: { schema: null, example: null } } };
    return fc.constantFrom(...Object.entries(content)).chain(([contentType, { schema, example }]) =>
      fc.record({
        operation: fc.constant(operation),
        path: pathsOf(operation, document, known),
        headers: headersOf(known),
        body: contentType === JSON_TYPE ? bodiesOf(schema, document) : plainBodiesOf(String(example)),
        contentType: fc.constant(contentType),
      }),
    );
  });
}

function pathsOf(operation: DescribedOperation, document: ApiDocument, { ids }: KnownTexts) {
  const id = fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...knownIdsOf(operation, ids)) }, oddTexts);
  const parameters = operation.parameters.filter((parameter) => parameter.in === 'query');
  const given = parameters.map(({ name, required = false, schema }) =>
    fc.oneof(
      { weight: required ? 1 : 6, arbitrary: fc.constant([]) },
      {
        weight: required ? 8 : 3,
        arbitrary: valuesOf(schema, document).map((value) => [value].flat().map((one) => [name, String(one)])),
      },
      { weight: 1, arbitrary: oddTexts.map((text) => [[name, text]]) },
    ),
  );
  const unknown = fc.oneof(
    { weight: 30, arbitrary: fc.constant([]) },
    oddTexts.map((text) => [[text, text]]),
  );
  const named = Object.fromEntries(
    operation.parameters
      .filter((parameter) => parameter.in === 'path' && parameter.name !== 'id')
      .map(({ name, schema }) => [name, fc.oneof({ weight: 8, arbitrary: valuesOf(schema, document) }, oddTexts)]),
  );
  return fc.tuple(id, fc.record(named), fc.tuple(...given, unknown)).map(([text, others, pairs]) => {
    const query = pairs
      .flat()
      .map((pair) => pair.map((part) => encodeURIComponent(part.toWellFormed())).join('='))
      .join('&');
    const path = Object.entries({ ...others, id: text }).reduce(
      (filled, [name, value]) => filled.replace(`{${name}}`, () => encodeURIComponent(String(value).toWellFormed())),
      operation.path,
    );
    return query === '' ? path : `${path}?${query}`;
  });
}

function knownIdsOf({ operationId, path }: DescribedOperation, ids: KnownTexts['ids']): readonly string[] {
  return ids[operationId] ?? ids[path.split('/')[3] ?? ''] ?? ['none'];
}

function headersOf({ keys }: KnownTexts): fc.Arbitrary<Readonly<Record<string, string>>> {
  const visible = fc.string({ unit: fc.constantFrom(...'abcXYZ019-_.~!"*/,;= '), maxLength: 300 });
  const key = fc.constantFrom(...keys).map((secret) => `Bearer ${secret}`);
  const rarely = (text: fc.Arbitrary<string>) => fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, text);
  const headers = fc.record({
    authorization: fc.oneof({ weight: 20, arbitrary: key }, visible, fc.constant(undefined)),
    accept: rarely(fc.oneof(fc.constantFrom('text/csv', 'application/json', 'text/csv;q=0.1, image/png'), visible)),
    'if-none-match': rarely(fc.oneof(fc.constantFrom('*', 'W/"x"'), visible)),
    'idempotency-key': rarely(fc.oneof(fc.constantFrom('same', 'other'), fc.uuid(), visible)),
    'content-type': rarely(
      fc.constantFrom('application/json', 'application/json; charset=latin1', 'text/plain', 'x', 'application/xml'),
    ),
    'x-forwarded-for': rarely(visible),
  });
  return headers.map((given) =>
    Object.fromEntries(Object.entries(given).flatMap(([name, text]) => (text === undefined ? [] : [[name, text]]))),
  );
}

const JSON_TYPE = 'application/json';

function bodiesOf(schema: JsonSchema | null, document: ApiDocument): fc.Arbitrary<string | null> {
  const none = fc.constant(null);
  const anything = fc.oneof(
    oddValues.map((value) => JSON.stringify(value)),
    fc.constantFrom('', '{', '{"__proto__":{}}', '{"a":1,"a":2}', 'x'.repeat(70_000), '\ufeff{}', '[1e999]'),
  );
  if (schema === null) return fc.oneof({ weight: 6, arbitrary: none }, anything);
  const right = valuesOf(schema, document);
  const spoilt = fc.tuple(right, oddTexts, oddValues, fc.boolean()).map(([value, name, odd, isKnown]) => {
    const fields = Object.entries(value as object);
    const [known] = fields[name.length % Math.max(1, fields.length)] ?? [name];
    return { ...Object.fromEntries(fields), [isKnown ? known : name]: odd };
  });
  return fc.oneof(
    { weight: 5, arbitrary: right.map((value) => JSON.stringify(value)) },
    { weight: 3, arbitrary: spoilt.map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: anything },
    { weight: 1, arbitrary: none },
  );
}

/** A table or a mail, nearly as it is shown. */
function plainBodiesOf(example: string): fc.Arbitrary<string | null> {
  const shown = fc.constant(example);
  const spoilt = fc.tuple(shown, oddTexts, fc.nat()).map(([text, odd, at]) => {
    const place = at % (text.length + 1);
    return `${text.slice(0, place)}${odd}${text.slice(place)}`;
  });
  const lines = fc.tuple(shown, fc.array(oddTexts, { maxLength: 30 })).map(([text, odd]) => `${text}${odd.join('\n')}`);
  return fc.oneof({ weight: 4, arbitrary: shown }, spoilt, lines, oddTexts, fc.constant(null));
}
