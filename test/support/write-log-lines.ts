/** Writes a line at each level to a log: its arguments are LOG_LEVEL, LOG_FORMAT, and `command` or `daemon`. */
import { createLog, type LogOptions } from '../../src/composition/log.ts';

const [level, format, use] = process.argv.slice(2) as [LogOptions['level'], LogOptions['format'], string];
const log = createLog({ level, format, isQuiet: use === 'command' });
for (const lineLevel of ['debug', 'info', 'warn', 'error'] as const) {
  log[lineLevel]({ tenantId: 't-1', accessToken: 'secret' }, `a line of ${lineLevel}`);
}
