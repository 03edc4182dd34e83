import type { FieldProblem } from '../../monitoring/tenants/tenant-input.ts';

/** One field of a request, as the client named it, and what is wrong with it. */
export type FieldError = Readonly<{ field: string; detail: string }>;

/** Why a request is refused: the status and text of an RFC 9457 problem document. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;
  readonly errors: readonly FieldError[];
  /** Where a client that follows a list begins again. */
  readonly nextCursor: string | null;

  constructor(status: number, detail: string, errors: readonly FieldError[] = [], nextCursor: string | null = null) {
    super(detail);
    this.status = status;
    this.errors = errors;
    this.nextCursor = nextCursor;
  }
}

export function badField(field: string, detail: string): ApiProblem {
  return badRequest([{ field, detail }]);
}

export function conflict(field: string, detail: string): ApiProblem {
  return new ApiProblem(409, `${field}: ${detail}`, [{ field, detail }]);
}

/** The same for what does not exist and for what the key may not see, so that it betrays nothing. */
export function notFound(noun: string): ApiProblem {
  return new ApiProblem(404, `There is no such ${noun}, or this key may not see it.`);
}

export function found<T>(value: T | null, noun: string): T {
  if (value === null) throw notFound(noun);
  return value;
}

/** `external_id` in a file is `externalId` in a request. */
export function badFields(problems: readonly FieldProblem[]): ApiProblem {
  return badRequest(problems.map(({ field, problem }) => ({ field: camelCase(field), detail: problem })));
}

export function badRequest(errors: readonly FieldError[]): ApiProblem {
  return new ApiProblem(400, errors.map(({ field, detail }) => `${field}: ${detail}`).join('; '), errors);
}

function camelCase(text: string): string {
  return text.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
