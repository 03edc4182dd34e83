import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Eta } from 'eta';
import type { OwnerPageWords } from './owner-words.ts';

export type Notice = Readonly<{ heading: string; lines: readonly string[] }>;

export type Pages = Readonly<{
  owner(view: Readonly<{ page: OwnerPageWords; token: string; reconnectUrl: string; isUnsubscribed: boolean }>): string;
  unsubscribe(view: Readonly<{ tenant: string; email: string; token: string }>): string;
  notice(notice: Notice): string;
  /** The one style sheet that pages may carry, as a Content-Security-Policy names it. */
  styleSource: string;
}>;

const folder = join(import.meta.dirname, 'pages');

export function loadPages(): Pages {
  const css = readFileSync(join(folder, 'page.css'), 'utf8');
  const eta = new Eta({ views: folder, cache: true });
  const render = (name: string, view: object) => eta.render(`./${name}`, { ...view, css });
  return {
    owner: (view) => render('owner', view),
    unsubscribe: (view) => render('unsubscribe', view),
    notice: (view) => render('notice', view),
    styleSource: `'sha256-${createHash('sha256').update(css).digest('base64')}'`,
  };
}
