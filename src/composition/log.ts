import { createRequire } from 'node:module';
import { Writable } from 'node:stream';
import type { DestinationStream } from 'pino';
import { type LogLevel, logLevels } from '../config/log-levels.ts';
import type { Log } from '../monitoring/ports.ts';
import { StoreUnavailable } from '../monitoring/store-unavailable.ts';

const require = createRequire(import.meta.url);

export type LogOptions = Readonly<{
  level: LogLevel;
  format: 'json' | 'pretty';
  /** A command's answer is on stdout: the everyday news of its log would only get between. */
  isQuiet: boolean;
}>;

const STDERR = 2;

/** Lines that cannot be written, to a full disk for one, wait; of more than that, the latest are lost. */
const MOST_KEPT_BYTES = 2 ** 20;

/** Fields that a mistake may put into a log line: their values are redacted. */
const SECRETS = [
  'accessToken',
  'refreshToken',
  'clientSecret',
  'authorization',
  'password',
  'access_token',
  'refresh_token',
  'client_secret',
];

/**
 * Writes structured lines to stderr: a constant message, and fields. A line is written at once, so that a crash loses
 * none. A command loads pino with its first line, because most commands write none; by `require`, because nobody waits
 * for a line. A daemon loads pino at its start: later, in trouble, the loading itself might fail.
 */
export function createLog({ isQuiet, ...options }: LogOptions): Log {
  const level = isQuiet && options.level === 'info' ? 'warn' : options.level;
  let logger = isQuiet ? null : openPino({ ...options, level });
  const writerAt = (lineLevel: keyof Log) => {
    const isWritten = logLevels.indexOf(lineLevel) >= logLevels.indexOf(level);
    return (fields: object, message: string) => {
      if (!isWritten) return;
      logger ??= openPino({ ...options, level });
      logger[lineLevel](fields, message);
    };
  };
  return { debug: writerAt('debug'), info: writerAt('info'), warn: writerAt('warn'), error: writerAt('error') };
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
  const stderr = destination({ dest: STDERR, sync: true, maxLength: MOST_KEPT_BYTES });
  // A full disk must not end a daemon whose database is elsewhere: lines wait until they can be written.
  stderr.on('error', () => undefined);
  return pino(options, format === 'pretty' ? prettyStream(stderr) : stderr);
}

/** Where the database itself is at fault, its plain sentence says all, but for whoever debugs. */
function fieldsOf(
  error: unknown,
  { level, serialize }: Readonly<{ level: LogLevel; serialize(error: Error): { stack: string } }>,
) {
  if (!(error instanceof StoreUnavailable)) return error instanceof Error ? serialize(error) : error;
  const { kind, message, hint } = error;
  const isDebugging = level === 'debug' || level === 'trace';
  return { type: error.name, kind, message, hint, ...(isDebugging && { stack: serialize(error).stack }) };
}

/** At the first error of its own destination, pino-pretty would write nothing any more: this one has none. */
function prettyStream(stderr: DestinationStream): DestinationStream {
  const { PinoPretty } = require('pino-pretty') as typeof import('pino-pretty');
  return PinoPretty({
    destination: new Writable({
      write: (chunk, _encoding, done) => {
        stderr.write(String(chunk));
        done();
      },
    }),
    translateTime: 'HH:MM:ss',
    ignore: 'pid,hostname',
    singleLine: true,
  });
}
