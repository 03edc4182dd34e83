import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { Eta } from 'eta';
import type { CaughtMail, Reader } from './caught-mail.ts';

export type MailPagesOptions = Readonly<{
  mails(): readonly CaughtMail[];
  readerOf(mail: CaughtMail): Reader;
}>;

type Page = Readonly<{ status?: number; type: 'html' | 'plain' | 'css'; body: string }>;

const folder = join(import.meta.dirname, 'mail-pages');
const style = readFileSync(join(folder, 'style.css'), 'utf8');

/** The same mail twice: `color-scheme` of a frame is what `prefers-color-scheme` is in it. */
const looks = [
  { title: 'On a desk, light', style: 'wide' },
  { title: 'On a phone of 360 px, dark', style: 'phone' },
] as const;

const timeFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'long' });

/**
 * `/` lists all mails, `/mails/1` shows one as its reader sees it, on a desk and on a phone; `/mails/1/html`, `…/text`
 * and `…/source` are its parts alone.
 */
export function createMailPages(options: MailPagesOptions) {
  const eta = new Eta({ views: folder });
  return (request: IncomingMessage, response: ServerResponse): void => {
    const { status = 200, type, body } = pageAt(request.url ?? '/', { ...options, eta });
    response.writeHead(status, {
      'content-type': `text/${type}; charset=utf-8`,
      'content-security-policy': policyOf(request.url ?? '/'),
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    response.end(body);
  };
}

/** A mail has its styles in itself, and must neither run nor load anything. */
function policyOf(path: string): string {
  return path.endsWith('/html')
    ? "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
    : "default-src 'none'; style-src 'self'; frame-src 'self'";
}

type Means = MailPagesOptions & Readonly<{ eta: Eta }>;

function pageAt(path: string, { mails, readerOf, eta }: Means): Page {
  const time = (at: Date) => timeFormat.format(at);
  const withReader = (mail: CaughtMail) => ({ ...mail, reader: readerOf(mail) });
  if (path === '/style.css') return { type: 'css', body: style };
  if (path === '/') {
    return { type: 'html', body: eta.render('list', { mails: mails().toReversed().map(withReader), time }) };
  }
  const [, id, part] = /^\/mails\/(\d+)(?:\/(html|text|source))?$/.exec(path) ?? [];
  const mail = mails().find((candidate) => String(candidate.id) === id);
  if (mail === undefined) return { status: 404, type: 'plain', body: 'There is no such mail.' };
  if (part === 'text') return { type: 'plain', body: mail.text };
  if (part === 'source') return { type: 'plain', body: mail.source };
  // A link in a mail opens a page of its own, as it does in a mail program.
  if (part === 'html') return { type: 'html', body: mail.html.replace(/<head>/i, '<head><base target="_blank">') };
  return { type: 'html', body: eta.render('mail', { mail: withReader(mail), looks, time }) };
}
