import type { PageNames } from '../domain/model/pages.ts';
import { unlinkedName } from './plain-name.ts';
import type { Words } from './words.ts';

/** Longer names are cut: a few of them stand in one sentence. */
const NAME_LENGTH = 50;

/** Names the pages that cannot be posted to, and counts the others, in one line; none when not one can be named. */
export function pagesLines(pages: PageNames | null, { say, locale }: Pick<Words, 'say' | 'locale'>): readonly string[] {
  const { named, more } = pages ?? { named: [], more: 0 };
  const names = named.flatMap((name) => unlinkedName(name, NAME_LENGTH) ?? []);
  if (names.length === 0) return [];
  const all = named.length + more;
  const count = all - names.length;
  const listed = count === 0 ? names : [...names, say('problem.pages.more', { count })];
  return [say('problem.pages', { count: all, pages: new Intl.ListFormat(locale).format(listed) })];
}
