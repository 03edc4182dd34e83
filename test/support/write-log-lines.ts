/** Writes a line at each level to a log: its arguments are LOG_LEVEL, LOG_FORMAT, and `command` or `daemon`. */
import { createLog } from '../../src/composition/log.ts';

const [level = 'info', format, use] = process.argv.slice(2);
const log = createLog({ level, format: format === 'pretty' ? 'pretty' : 'json', isQuiet: use === 'command' });
for (const lineLevel of ['debug', 'info', 'warn', 'error'] as const) {
  log[lineLevel]({ tenantId: 't-1', accessToken: 'secret' }, `a line of ${lineLevel}`);
}
