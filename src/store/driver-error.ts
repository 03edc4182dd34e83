export function isUniqueViolation(error: unknown): boolean {
  return codeOf(error) === 'P2002' || driverErrorKind(error) === 'UniqueConstraintViolation';
}

export function codeOf(error: unknown): unknown {
  return field(error, 'code');
}

/** Prisma wraps the driver's error differently for its own queries, raw ones and transactions, but always keeps it. */
export function driverErrorKind(error: unknown): unknown {
  return field(driverError(error), 'kind');
}

function driverError(error: unknown): unknown {
  return field(field(field(error, 'meta'), 'driverAdapterError'), 'cause');
}

/** PostgreSQL's five characters for what went wrong. */
export function sqlState(error: unknown): unknown {
  return field(driverError(error), 'code');
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
