import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { Letter } from '../../../src/domain/letter.ts';
import { createMailer, type MailServer } from '../../../src/mail/create-mailer.ts';
import { previewLetter } from '../../../src/mail/preview-letters.ts';
import { previewKinds } from '../../../src/monitoring/preview-kinds.ts';
import { languages } from '../../../src/words/words.ts';
import { flawless, flawsOf, hasBrowser, openBrowser } from '../../support/browser.ts';
import { NOW } from '../../support/builders.ts';
import { aLetter, aProblem, mailerOptions } from '../../support/mail-letters.ts';

const describeLooks = hasBrowser ? describe : describe.skip;

const letters: readonly [string, Letter][] = [
  ...previewKinds.flatMap((kind) =>
    languages.map((locale): [string, Letter] => [`${kind}, ${locale}`, previewLetter(kind, { at: NOW, locale })]),
  ),
  ['a long name in one word', aLetter({ problems: [aProblem({ displayName: 'W'.repeat(300) })] })],
  ['a name from right to left', aLetter({ problems: [aProblem({ displayName: 'مخبز جين' })] })],
];

describeLooks('a mail', () => {
  const requested: string[] = [];
  let browser: Browser;
  let page: Page;
  let mailer: MailServer;
  beforeAll(async () => {
    [browser, mailer] = await Promise.all([openBrowser(), createMailer(mailerOptions())]);
    page = await browser.newPage();
    page.on('request', (request) => requested.push(request.url()));
  }, 30_000);
  afterAll(async () => {
    await browser.close();
  });

  it.each(letters)('(%s) can be read on a phone and a desk, in light and dark', async (_what, letter) => {
    await page.setContent(mailer.compose(letter).html);
    await expect(flawsOf(page)).resolves.toEqual(flawless);
  });

  it('asks nobody for anything', () => {
    expect(requested).toEqual([]);
  });

  it('would be found out if it could not be read', async () => {
    await page.setContent('<p style="color:#888;background:#999;font-size:12px;width:800px">Hard to read</p>');
    const [flaws] = await flawsOf(page);
    expect(flaws).toMatchObject({ faint: ['1.24: Hard to read'], tiny: ['12px: Hard to read'] });
    expect(flaws?.overflow).toBeGreaterThan(400);
  });
});
