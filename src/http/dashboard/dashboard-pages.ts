import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Eta } from 'eta';
import { styleOf } from '../load-pages.ts';
import { escaped } from './frame.ts';

/** Files that browsers keep for good, because their name changes with their content. */
export type Asset = Readonly<{ name: string; type: string; content: string }>;

export type DashboardPages = Readonly<{
  render(page: string, view: object): string;
  style: Asset;
  script: Asset;
}>;

const folder = join(import.meta.dirname, 'pages');
/** In this order; what is printed comes last. */
const styles = ['base', 'controls', 'notes', 'tables', 'figures', 'past', 'wall', 'print'];

export function loadDashboardPages(): DashboardPages {
  const eta = new Eta({ views: folder, cache: true, escapeFunction: (value) => escaped(String(value)) });
  const htmx = readFileSync(createRequire(import.meta.url).resolve('htmx.org/dist/htmx.min.js'), 'utf8');
  const own = readFileSync(join(folder, 'dashboard.js'), 'utf8');
  return {
    render: (page, view) => eta.render(`./${page}`, view),
    style: asset('dashboard', 'css', 'text/css', styleOf('tokens') + styles.map(ownStyle).join('')),
    script: asset('dashboard', 'js', 'text/javascript', `${htmx}\n${own}`),
  };
}

function ownStyle(name: string): string {
  return readFileSync(join(folder, 'styles', `${name}.css`), 'utf8');
}

function asset(name: string, extension: string, type: string, content: string): Asset {
  const digest = createHash('sha256').update(content).digest('hex').slice(0, 12);
  return { name: `${name}-${digest}.${extension}`, type: `${type}; charset=utf-8`, content };
}
