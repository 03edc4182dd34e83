import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';

const writer = join(import.meta.dirname, '../../support/write-message-html.ts');
const committed = join(import.meta.dirname, '../../../src/mail/templates/message.html');

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'linkwatch-message-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('the committed HTML of mail is what message.mjml compiles to', () => {
  const written = join(folder, 'message.html');
  execFileSync(process.execPath, [writer, written]);
  // If this fails, run: node test/support/write-message-html.ts
  expect(readFileSync(committed, 'utf8')).toBe(readFileSync(written, 'utf8'));
});
