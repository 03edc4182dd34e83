import type { Log } from '../monitoring/ports.ts';

/** SQLSTATE where pg-boss's schema, a table or a function of it is missing. */
const MISSING = ['3F000', '42P01', '42883', '42704'];
const PERMISSION_DENIED = '42501';
/** pg-boss's own word for a queue whose row is missing. */
const NO_QUEUE = /^Queue .* does not exist/;

/**
 * Tells of the queue's failures: of one that lasts when it begins and when it is over, and not each time that it shows.
 */
export function createErrorLog(log: Log) {
  let isAway = false;
  let latest: string | null = null;
  return {
    /** The tables of the queue are no longer there. */
    areTablesMissing: (error: unknown): boolean =>
      MISSING.includes(String(codeOf(error))) || NO_QUEUE.test(textOf(error)),
    logAway(error: unknown): void {
      const level = isAway ? 'debug' : 'warn';
      isAway = true;
      log[level](
        { err: textOf(error), remedy: remedyFor(error) },
        'the queue is away: each worker looks for due work by itself, and the queue is opened again as soon as it can be',
      );
    },
    logOpen(): void {
      log[isAway ? 'info' : 'debug']({}, isAway ? 'the queue is there again' : 'the queue is open');
      isAway = false;
      latest = null;
    },
    logFailure(error: unknown): void {
      const text = textOf(error);
      log[text === latest ? 'debug' : 'warn']({ err: text }, 'the queue reports an error');
      latest = text;
    },
  };
}

export function isDenied(error: unknown): boolean {
  return codeOf(error) === PERMISSION_DENIED;
}

function remedyFor(error: unknown): string | undefined {
  if (!isDenied(error)) return undefined;
  return 'Let the user of DATABASE_URL create schemas in its database, or make the schema of the queue for it (docs/operating.md).';
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}

/** Errors of pg-boss come as plain objects, too. */
function textOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
}
