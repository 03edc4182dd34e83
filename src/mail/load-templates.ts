import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Eta } from 'eta';
import { plainSpaces } from '../words/plain-spaces.ts';
import type { ShownMail } from './mail-view.ts';

export type Templates = Readonly<{ html(mail: ShownMail): string; text(mail: ShownMail): string }>;

const folder = join(import.meta.dirname, 'templates');

/** Compiles the HTML and the text template to functions. `message.html` is generated: see docs/adr/0028. */
export async function loadTemplates(): Promise<Templates> {
  const [html, text] = await Promise.all([
    readFile(join(folder, 'message.html'), 'utf8'),
    readFile(join(folder, 'message.txt'), 'utf8'),
  ]);
  const escaping = new Eta({ autoEscape: true });
  const plain = new Eta({ autoEscape: false, autoTrim: false });
  const renderHtml = escaping.compile(html);
  const renderText = plain.compile(text);
  return {
    html: (mail) => escaping.render(renderHtml, mail),
    text: (mail) => plainSpaces(plain.render(renderText, mail)).trim().concat('\n'),
  };
}
