import type { Log } from '../../src/monitoring/ports.ts';

export type LogLevel = keyof Log;
export type LogEntry = Readonly<{ level: LogLevel; message: string; fields: Readonly<Record<string, unknown>> }>;

export type CollectingLog = Log &
  Readonly<{
    entries: readonly LogEntry[];
    /** The messages of one level, oldest first. */
    messages(level: LogLevel): readonly string[];
    /** The fields of the entries with that message, oldest first. */
    fieldsOf(message: string): readonly LogEntry['fields'][];
  }>;

export function collectingLog(): CollectingLog {
  const entries: LogEntry[] = [];
  const collect = (level: LogLevel) => (fields: object, message: string) => {
    entries.push({ level, message, fields: { ...fields } });
  };
  return {
    debug: collect('debug'),
    info: collect('info'),
    warn: collect('warn'),
    error: collect('error'),
    entries,
    messages: (level) => entries.filter((entry) => entry.level === level).map(({ message }) => message),
    fieldsOf: (message) => entries.filter((entry) => entry.message === message).map(({ fields }) => fields),
  };
}
