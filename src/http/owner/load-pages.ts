import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Eta } from 'eta';
import type { ConfirmWords } from './confirm-words.ts';
import type { OwnerPageWords } from './owner-words.ts';

export type Notice = Readonly<{
  /** BCP 47. */
  language: string;
  heading: string;
  lines: readonly string[];
  link: Readonly<{ href: string; label: string }> | null;
}>;

type OwnerView = Readonly<{
  language: string;
  page: OwnerPageWords;
  tenant: string;
  /** A sentence about the request that was just carried out; null when none was. */
  done: string | null;
  token: string;
  reconnectUrl: string;
}>;

type ConfirmView = Readonly<{ language: string; page: ConfirmWords; tenant: string; token: string; formToken: string }>;

export type Pages = Readonly<{
  owner(view: OwnerView): string;
  confirm(view: ConfirmView): string;
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
    confirm: (view) => render('confirm', view),
    notice: (view) => render('notice', view),
    styleSource: `'sha256-${createHash('sha256').update(css).digest('base64')}'`,
  };
}
