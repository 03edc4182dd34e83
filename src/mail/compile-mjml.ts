import { readFileSync } from 'node:fs';
import mjml2html from 'mjml';

// A program of its own: writes the HTML of the MJML file named in its argument to stdout, Eta tags untouched.
const source = readFileSync(process.argv[2] ?? '', 'utf8');
// Without fonts: MJML would make every reader's mail program load them from a third party.
const { html } = await mjml2html(source, { validationLevel: 'strict', fonts: {} });
// Indentation and blank lines are a third of MJML's output, and would be sent with every mail.
process.stdout.write(html.replaceAll(/^\s+/gm, ''));
