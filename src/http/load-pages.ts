import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Eta } from 'eta';
import type { Speaker } from '../words/brand.ts';
import { type BrandColors, brandColors, type SchemeColors } from '../words/brand-colors.ts';
import type { ConfirmWords } from './owner/confirm-words.ts';
import type { OwnerPageWords } from './owner/owner-words.ts';
import { styleSourceOf } from './security-headers.ts';

/** What the frame of every page shows. */
type Frame = Readonly<{
  /** BCP 47. */
  language: string;
  speaker: Speaker;
}>;

export type Notice = Frame &
  Readonly<{
    heading: string;
    lines: readonly string[];
    link: Readonly<{ href: string; label: string }> | null;
  }>;

type OwnerView = Frame &
  Readonly<{
    page: OwnerPageWords;
    tenant: string;
    /** A sentence about the request that was just carried out; null when none was. */
    done: string | null;
    token: string;
    reconnectUrl: string;
    /** The same page for somebody else; null on that page itself. */
    forwardUrl: string | null;
  }>;

type ConfirmView = Frame & Readonly<{ page: ConfirmWords; tenant: string; token: string; formToken: string }>;

/** A page with a button for each of its forms. */
export type FormsPage = Frame &
  Readonly<{
    heading: string;
    lines: readonly string[];
    forms: readonly Readonly<{
      action: string;
      hidden: Readonly<Record<string, string>>;
      label: string;
      isSecond: boolean;
    }>[];
    link: Readonly<{ href: string; label: string }> | null;
  }>;

export type Pages = Readonly<{
  owner(view: OwnerView): string;
  confirm(view: ConfirmView): string;
  notice(notice: Notice): string;
  forms(page: FormsPage): string;
  /** The one style sheet that pages may carry, as a Content-Security-Policy names it. */
  styleSource: string;
}>;

const folder = join(import.meta.dirname, 'pages');

export function loadPages(brandColor: string): Pages {
  const css = `${styleOf('tokens')}${styleOf('page')}${cssOf(brandColors(brandColor))}`;
  const eta = new Eta({ views: folder, cache: true });
  const render = (name: string, view: object) => eta.render(`./${name}`, { ...view, css });
  return {
    owner: (view) => render('owner', view),
    confirm: (view) => render('confirm', view),
    notice: (view) => render('notice', view),
    forms: (view) => render('forms', view),
    styleSource: styleSourceOf(css),
  };
}

/** A style sheet of the pages; the dashboard has the tokens, too. */
export function styleOf(name: 'tokens' | 'page'): string {
  return readFileSync(join(folder, `${name}.css`), 'utf8');
}

function cssOf({ light, dark }: BrandColors): string {
  return `:root { ${variablesOf(light)} }\n@media (prefers-color-scheme: dark) { :root { ${variablesOf(dark)} } }\n`;
}

function variablesOf({ button, onButton, link }: SchemeColors): string {
  return `--button: ${button}; --on-button: ${onButton}; --link: ${link};`;
}
