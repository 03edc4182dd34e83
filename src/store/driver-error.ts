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

/** When a connection is cut within a transaction, Prisma throws the adapter's error itself. */
function driverError(error: unknown): unknown {
  const isBare = field(error, 'name') === 'DriverAdapterError';
  return field(isBare ? error : field(field(error, 'meta'), 'driverAdapterError'), 'cause');
}

/** PostgreSQL's five characters for what went wrong. */
export function sqlState(error: unknown): unknown {
  return field(driverError(error), 'originalCode') ?? field(driverError(error), 'code');
}

/** SQLite's number for what went wrong; its last eight bits are the general kind. */
export function sqliteCode(error: unknown): unknown {
  return (
    field(driverError(error), 'originalCode') ?? field(driverError(error), 'extendedCode') ?? field(error, 'rawCode')
  );
}

/** What the server, or SQLite, said itself. */
export function driverMessage(error: unknown): unknown {
  return field(driverError(error), 'originalMessage');
}

/** The server that refuses connections; undefined where the error is another one. */
export function unreachedServer(error: unknown): Readonly<{ host: unknown; port: unknown }> {
  return { host: field(driverError(error), 'host'), port: field(driverError(error), 'port') };
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
