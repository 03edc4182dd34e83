import { SECOND_MS } from '../domain/model/time.ts';
import type { Cli } from './context.ts';

export type OnProgress = (done: number, total: number) => void;

/** Shows a bar on stderr, where that is a terminal, as soon as the work has lasted longer than a second. */
export async function withProgress<T>(
  cli: Cli,
  label: string,
  work: (onProgress: OnProgress) => Promise<T>,
): Promise<T> {
  const { Presets, SingleBar } = await import('cli-progress');
  const bar = new SingleBar(
    {
      stream: cli.stderr.stream,
      format: `${label} {bar} {value}/{total}, {eta_formatted} left`,
      clearOnComplete: true,
      barsize: 30,
    },
    Presets.shades_classic,
  );
  const startedAt = cli.now();
  try {
    return await work((done, total) => {
      bar.setTotal(total);
      if (bar.isActive) bar.update(done);
      else if (cli.stderr.isTerminal && cli.now() - startedAt > SECOND_MS) bar.start(total, done);
    });
  } finally {
    bar.stop();
  }
}
