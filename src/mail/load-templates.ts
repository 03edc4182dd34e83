import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Eta } from 'eta';
import { plainSpaces } from '../words/plain-spaces.ts';
import type { ShownMail } from './mail-view.ts';

export type Templates = Readonly<{ html(mail: ShownMail): string; text(mail: ShownMail): string }>;

const folder = join(import.meta.dirname, 'templates');
const compiler = fileURLToPath(new URL('./compile-mjml.ts', import.meta.url));
const run = promisify(execFile);

/** Compiles both templates once: MJML to HTML with the Eta tags still in it, then Eta to functions. */
export async function loadTemplates(): Promise<Templates> {
  const [html, text] = await Promise.all([
    compileMjml(join(folder, 'message.mjml')),
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

/** Runs MJML in a process of its own: it takes 90 MB and never frees them, for one result that never changes. */
async function compileMjml(path: string): Promise<string> {
  const { stdout } = await run(process.execPath, [compiler, path], { env: {} });
  return stdout;
}
