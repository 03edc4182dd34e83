import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Eta } from 'eta';
import type { MailView } from './mail-view.ts';

export type Templates = Readonly<{ html(view: MailView): string; text(view: MailView): string }>;

const folder = join(import.meta.dirname, 'templates');

/** Compiles both templates once: MJML to HTML with the Eta tags still in it, then Eta to functions. */
export async function loadTemplates(): Promise<Templates> {
  const [html, text] = await Promise.all([
    readFile(join(folder, 'letter.mjml'), 'utf8').then(compileMjml),
    readFile(join(folder, 'letter.txt'), 'utf8'),
  ]);
  const escaping = new Eta({ autoEscape: true });
  const plain = new Eta({ autoEscape: false, autoTrim: false });
  const renderHtml = escaping.compile(html);
  const renderText = plain.compile(text);
  return {
    html: (view) => escaping.render(renderHtml, view),
    text: (view) => plain.render(renderText, view).trim().concat('\n'),
  };
}

async function compileMjml(source: string): Promise<string> {
  // Loaded only by who writes mail: it is by far the heaviest package here.
  const { default: mjml2html } = await import('mjml');
  // No fonts: MJML would have every reader's mail program load them from a stranger.
  const { html } = await mjml2html(source, { validationLevel: 'strict', fonts: {} });
  // Indentation and blank lines are a third of what MJML writes, and weigh on every mail.
  return html.replaceAll(/^\s+/gm, '');
}
