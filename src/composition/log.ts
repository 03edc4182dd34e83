import { type DestinationStream, destination, type Logger, pino } from 'pino';
import { StoreUnavailable } from '../monitoring/store-unavailable.ts';

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

/** Structured lines on stderr: a constant message, and fields. Written at once, so that a crash loses none. */
export async function createLog({ level, format, isQuiet }: LogOptions): Promise<Logger> {
  const options = {
    level: isQuiet && level === 'info' ? 'warn' : level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: (error: unknown) => errorFields(error, level) },
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[redacted]' },
  };
  return pino(options, format === 'pretty' ? await prettyStderr() : destination({ dest: 2, sync: true }));
}

/** Where the database itself is at fault, its plain sentence says all, but for whoever debugs. */
function errorFields(error: unknown, level: string) {
  if (!(error instanceof StoreUnavailable)) return error instanceof Error ? pino.stdSerializers.err(error) : error;
  const { kind, message, hint } = error;
  const isDebugging = level === 'debug' || level === 'trace';
  return { type: error.name, kind, message, hint, ...(isDebugging && { stack: pino.stdSerializers.err(error).stack }) };
}

async function prettyStderr(): Promise<DestinationStream> {
  const { default: pretty } = await import('pino-pretty');
  return pretty({ destination: 2, sync: true, translateTime: 'HH:MM:ss', ignore: 'pid,hostname', singleLine: true });
}
