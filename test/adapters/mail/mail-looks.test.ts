import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { languages } from '../../../src/domain/model/language.ts';
import type { MessageContent } from '../../../src/domain/model/message-content.ts';
import { createMailer, type MailServer } from '../../../src/mail/create-mailer.ts';
import { previewContent } from '../../../src/mail/preview-contents.ts';
import { previewKinds } from '../../../src/monitoring/mailing/preview-kinds.ts';
import { flawless, flawsOf, hasBrowser, openBrowser } from '../../support/browser.ts';
import { NOW } from '../../support/builders.ts';
import { aLetter, aProblem, mailerOptions } from '../../support/mail-contents.ts';

const describeLooks = hasBrowser ? describe : describe.skip;

const contents: readonly [string, MessageContent][] = [
  ...previewKinds.flatMap((kind) =>
    languages.map((locale): [string, MessageContent] => [
      `${kind}, ${locale}`,
      previewContent(kind, { at: NOW, locale }),
    ]),
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
  });
  afterAll(async () => {
    await browser.close();
  });

  it.each(contents)('(%s) can be read on a phone and a desk, in light and dark', async (_what, content) => {
    await page.setContent(mailer.compose(content).html);
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
