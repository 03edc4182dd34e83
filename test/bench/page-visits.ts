import { join } from 'node:path';
import { measureChild } from './measured-process.ts';

/** Of one page; `statements`: what the last answer says of them, or NaN where the daemon does not count. */
export type Visits = Readonly<{ firstBytesMs: readonly number[]; bytes: number; statements: number }>;

/** All pages in turn, as a reader goes from one to the next, so many times. By the name of each page. */
export async function visitPages(
  url: string,
  key: string,
  { pages, visits }: Readonly<{ pages: Readonly<Record<string, string>>; visits: number }>,
): Promise<ReadonlyMap<string, Visits>> {
  const paths = Object.values(pages);
  const visited = await measureChild<readonly Visits[]>('visit-pages.ts', [url, key, `${visits}`], {
    stdin: JSON.stringify(paths),
  });
  if (visited.length !== paths.length) throw new Error(`${visited.length} of ${paths.length} pages were visited`);
  return new Map(Object.keys(pages).map((name, at) => [name, visited[at] as Visits]));
}

/** What a daemon is started with, so that each of its answers tells how many statements it has cost. */
export const countingSettings: Readonly<Record<string, string>> = {
  NODE_OPTIONS: `--import ${join(import.meta.dirname, 'children', 'count-statements.ts')}`,
};
