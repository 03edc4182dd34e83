import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const source = (path: string) => readFileSync(join(import.meta.dirname, '../../../src', path), 'utf8');

const tokens = source('http/pages/tokens.css');
const [light = '', dark = ''] = tokens.split('@media (prefers-color-scheme: dark)');
const colourOf = (scheme: string, name: string) => new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(scheme)?.[1] ?? 'none';

describe('the colours of text and paper', () => {
  it.each(['paper', 'card', 'strong', 'ink', 'quiet'])('are the same in the mails as on the pages: %s', (name) => {
    const mail = source('mail/templates/message.mjml');
    expect(mail).toContain(colourOf(light, name));
    expect(mail).toContain(colourOf(dark, name));
  });

  it('are of both colour schemes', () => {
    const namesIn = (scheme: string) => [...scheme.matchAll(/--([a-z-]+): #/g)].map(([, name]) => name);
    expect(namesIn(dark)).toEqual(namesIn(light));
  });

  it.each(['base', 'controls', 'notes', 'tables', 'figures', 'past', 'wall'])('have names in %s.css', (name) => {
    expect(source(`http/dashboard/pages/styles/${name}.css`)).not.toMatch(/#[0-9a-f]{3,8}\b/i);
  });
});
