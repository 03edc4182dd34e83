/**
 * Writes the HTML that every mail is composed from, out of `src/mail/templates/message.mjml`:
 *
 *     node test/support/write-message-html.ts [FILE]
 *
 * FILE is `src/mail/templates/message.html` unless it is given. The HTML is committed: see docs/adr/0028. A test compares it
 * with its source.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import mjml2html from 'mjml';

const templates = join(import.meta.dirname, '../../src/mail/templates');
const output = process.argv[2] ?? join(templates, 'message.html');

const source = readFileSync(join(templates, 'message.mjml'), 'utf8');
// Without fonts: MJML would make every reader's mail program load them from a third party.
const { html } = await mjml2html(source, { validationLevel: 'strict', fonts: {} });
// Indentation and blank lines are a third of MJML's output, and would be sent with every mail.
writeFileSync(output, html.replaceAll(/^\s+/gm, ''));
