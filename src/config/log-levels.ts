/** In rising order: at LOG_LEVEL, the lines of that level and above are written. */
export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;

export type LogLevel = (typeof logLevels)[number];
