import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

export type JsonSchema = Readonly<Record<string, unknown>>;
/** By media type. */
type Content = Readonly<Record<string, Readonly<{ schema: JsonSchema; example?: unknown }>>>;

export type Parameter = Readonly<{
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema: JsonSchema;
}>;

export type Operation = Readonly<{
  operationId: string;
  summary: string;
  tags: readonly string[];
  /** Empty: for anyone, without a key. */
  security?: readonly unknown[];
  parameters: readonly Parameter[];
  requestBody?: Readonly<{ content: Content }>;
  responses: Readonly<Record<string, Readonly<{ $ref?: string; description?: string; content?: Content }>>>;
}>;

type Method = 'get' | 'post' | 'patch' | 'delete';

export type ApiDocument = Readonly<{
  openapi: string;
  servers: readonly Readonly<{ url: string }>[];
  tags: readonly Readonly<{ name: string; description: string }>[];
  security: readonly unknown[];
  paths: Readonly<Record<string, Readonly<Record<Method, Operation>>>>;
  components: Readonly<{
    schemas: Readonly<Record<string, JsonSchema>>;
    responses: Readonly<Record<string, Readonly<{ description: string; content: Content }>>>;
  }>;
}>;

export type DescribedOperation = Operation & Readonly<{ method: Uppercase<Method>; path: string }>;

export function operationsOf({ paths }: ApiDocument): readonly DescribedOperation[] {
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      ...operation,
      method: method.toUpperCase() as Uppercase<Method>,
      path,
    })),
  );
}

/** Those that need a key. */
export function keyedOperationsOf(document: ApiDocument): readonly DescribedOperation[] {
  return operationsOf(document).filter(({ security }) => security?.length !== 0);
}

/** What a JSON schema of the document says of a value. */
export type Judge = Readonly<{
  /** What is wrong with it; empty when nothing is. */
  faultsOf(schema: JsonSchema, value: unknown): readonly string[];
  /** Whether the document has this answer: its status, its type, and every field of it. */
  faultsOfAnswer(operation: Operation, answer: Answered): readonly string[];
}>;

export type Answered = Readonly<{ status: number; contentType: string; body: string }>;

export function judgeBy(document: ApiDocument): Judge {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'api', components: document.components });
  const compiled = new Map<string, ValidateFunction>();
  const faultsOf: Judge['faultsOf'] = (schema, value) => {
    const text = JSON.stringify(schema).replaceAll('"#/components/', '"api#/components/');
    const validate = compiled.get(text) ?? ajv.compile(JSON.parse(text));
    compiled.set(text, validate);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(({ instancePath, message = '' }) => `${instancePath} ${message}`);
  };
  return {
    faultsOf,
    faultsOfAnswer: (operation, { status, contentType, body }) => {
      const content = contentOf(document, operation, status);
      if (content === null) return [`no ${status} is documented`];
      if (Object.keys(content).length === 0) return body === '' ? [] : [`the ${status} has a body`];
      const [, media] = Object.entries(content).find(([type]) => mediaType(type) === mediaType(contentType)) ?? [];
      if (media === undefined) return [`${contentType} is not documented for ${status}`];
      return faultsOf(media.schema, /json$/.test(mediaType(contentType)) ? JSON.parse(body) : body);
    },
  };
}

function contentOf({ components }: ApiDocument, { responses }: Operation, status: number): Content | null {
  const response = responses[status] ?? responses[`${String(status).at(0)}XX`];
  if (response === undefined) return null;
  const name = response.$ref?.split('/').at(-1);
  const { content = {} } = name === undefined ? response : (components.responses[name] ?? {});
  return content;
}

/** Without its parameters. */
function mediaType(contentType: string): string {
  return contentType.split(';')[0]?.trim() ?? '';
}
