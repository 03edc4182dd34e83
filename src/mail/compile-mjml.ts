import { readFileSync } from 'node:fs';
import mjml2html from 'mjml';

// Run by itself: writes the HTML of the MJML file that it is given, Eta tags still in it, to stdout.
const source = readFileSync(process.argv[2] ?? '', 'utf8');
// No fonts: MJML would have every reader's mail program load them from a stranger.
const { html } = await mjml2html(source, { validationLevel: 'strict', fonts: {} });
// Indentation and blank lines are a third of what MJML writes, and weigh on every mail.
process.stdout.write(html.replaceAll(/^\s+/gm, ''));
