import { createRequire } from 'node:module';
import type { DestinationStream } from 'pino';
import type { Log } from '../monitoring/ports.ts';
import { StoreUnavailable } from '../monitoring/store-unavailable.ts';

const require = createRequire(import.meta.url);

export type LogOptions = Readonly<{
  level: string;
  format: 'json' | 'pretty';
  /** A command's answer is on stdout: the everyday news of its log would only get between. */
  isQuiet: boolean;
}>;

/** Fields that a mistake may put into a log line: their values are redacted. */
const SECRETS = [
  ...['accessToken', 'refreshToken', 'clientSecret', 'authorization', 'password'],
  ...['access_token', 'refresh_token', 'client_secret'],
];

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

/**
 * Structured lines on stderr: a constant message, and fields. Written at once, so that a crash loses none. pino is loaded
 * with the first line that is written: most commands write none.
 */
export function createLog({ isQuiet, ...options }: LogOptions): Log {
  const level = isQuiet && options.level === 'info' ? 'warn' : options.level;
  let opened: Log | null = null;
  const writer = (ofLine: keyof Log) => (fields: object, message: string) => {
    if (levels.indexOf(ofLine) < levels.indexOf(level)) return;
    opened ??= openPino({ ...options, level });
    opened[ofLine](fields, message);
  };
  return { debug: writer('debug'), info: writer('info'), warn: writer('warn'), error: writer('error') };
}

function openPino({ level, format }: Omit<LogOptions, 'isQuiet'>): Log {
  const { pino, stdSerializers, stdTimeFunctions, destination } = require('pino') as typeof import('pino');
  const errorFields = (error: unknown) => fieldsOf(error, { level, serialize: stdSerializers.err });
  const options = {
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    serializers: { err: errorFields },
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[redacted]' },
  };
  return pino(options, format === 'pretty' ? prettyStderr() : destination({ dest: 2, sync: true }));
}

/** Where the database itself is at fault, its plain sentence says all, but for whoever debugs. */
function fieldsOf(
  error: unknown,
  { level, serialize }: Readonly<{ level: string; serialize(error: Error): { stack: string } }>,
) {
  if (!(error instanceof StoreUnavailable)) return error instanceof Error ? serialize(error) : error;
  const { kind, message, hint } = error;
  const isDebugging = level === 'debug' || level === 'trace';
  return { type: error.name, kind, message, hint, ...(isDebugging && { stack: serialize(error).stack }) };
}

function prettyStderr(): DestinationStream {
  const { PinoPretty } = require('pino-pretty') as typeof import('pino-pretty');
  return PinoPretty({
    destination: 2,
    sync: true,
    translateTime: 'HH:MM:ss',
    ignore: 'pid,hostname',
    singleLine: true,
  });
}
