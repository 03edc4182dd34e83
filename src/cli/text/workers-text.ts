import type { WorkerView } from '../../monitoring/views.ts';
import { formatMoment } from '../../words/format-time.ts';
import { clockText, doneText } from '../../words/worker-words.ts';
import type { Cli } from '../context.ts';
import { plain } from './plain-text.ts';
import { table } from './table.ts';

const COLUMNS = ['HOST', 'PROCESS', 'VERSION', 'DOES', 'SINCE (UTC)', 'LAST 10 S', 'ITS CLOCK', 'STATE', 'ID'];

export function workersText(cli: Cli, workers: readonly WorkerView[]): string {
  if (workers.length === 0) return 'No worker is at work. `linkwatch start` is one.';
  const now = cli.now();
  const rows = workers.map((worker) => [
    plain(worker.host),
    String(worker.pid),
    worker.version,
    worker.roles.join(','),
    formatMoment(worker.startedAt, now),
    doneText(worker.done),
    clockText(worker.clockAheadMs),
    worker.isAlive ? { text: 'alive', style: 'green' as const } : { text: 'silent', style: 'red' as const },
    worker.id,
  ]);
  return table(cli.stdout, COLUMNS, rows);
}
