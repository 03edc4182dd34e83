import { describe, expect, it } from '@jest/globals';
import type { BounceReport } from '../../../src/domain/delivery/bounce.ts';
import { readBounce } from '../../../src/mail/read-bounce.ts';
import { readReport } from '../../../src/mail/read-report.ts';
import {
  amazonSes,
  delayedWarning,
  deliveredReport,
  exchange,
  gmail,
  mixed,
  newsletter,
  postfix,
  qmail,
  readReceipt,
  vacation,
} from '../../support/returned-mail.ts';

const ADDRESS = 'bounces+notification-1.0123456789abcdef@linkwatch.example';
const MESSAGE_ID = '<notification-1@linkwatch.example>';

const read = (text: string) => readBounce(Buffer.from(text));

describe('a mail that came back', () => {
  it('is read at once, however long the line is that names no address', async () => {
    const began = performance.now();
    const returned = await read(postfix({ sentTo: 'a'.repeat(200_000) }));
    expect(returned).toMatchObject({ kind: 'bounce', report: { status: '5.1.1' } });
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it.each<[string, string, BounceReport]>([
    [
      'from Postfix',
      postfix({ sentTo: ADDRESS }),
      {
        action: 'failed',
        status: '5.1.1',
        response: '550 5.1.1 <jane@bakery.example>: Recipient address rejected: User unknown in virtual mailbox table',
      },
    ],
    [
      'from Exchange Online',
      exchange({ sentTo: ADDRESS }),
      {
        action: 'failed',
        status: '5.1.10',
        response:
          '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient jane@bakery.example not found by SMTP address lookup',
      },
    ],
    [
      'from Gmail',
      gmail({ sentTo: ADDRESS }),
      {
        action: 'failed',
        status: '5.2.2',
        response:
          "552-5.2.2 The recipient's inbox is out of storage space. 552 5.2.2 https://support.google.example/mail/?p=OverQuotaPerm - gsmtp",
      },
    ],
    [
      'from Amazon SES',
      amazonSes({ sentTo: ADDRESS }),
      { action: 'failed', status: '5.1.1', response: '550 5.1.1 user unknown' },
    ],
    [
      'in a mixed mail, with the exact code in the diagnostic alone',
      mixed({ sentTo: ADDRESS }),
      { action: 'failed', status: '5.1.1', response: '550 #5.1.1 no mailbox' },
    ],
    [
      'as a warning',
      delayedWarning({ sentTo: ADDRESS }),
      {
        action: 'delayed',
        status: '4.4.1',
        response: 'connect to mx.bakery.example[192.0.2.7]:25: Connection timed out',
      },
    ],
    [
      'as a confirmation',
      deliveredReport({ sentTo: ADDRESS }),
      {
        action: 'relayed',
        status: '2.0.0',
        response: '550 5.1.1 <jane@bakery.example>: Recipient address rejected: User unknown in virtual mailbox table',
      },
    ],
  ])('%s', async (_, text, report) => {
    const returned = await read(text);
    expect(returned).toMatchObject({ kind: 'bounce', report });
    expect(returned.kind === 'bounce' && returned.sentTo.map((address) => address.toLowerCase())).toContain(ADDRESS);
  });

  it.each([
    ['whole', postfix()],
    ['by its headers', delayedWarning()],
    ['in a mixed mail', mixed()],
  ])('holds ours %s, and so its Message-ID', async (_, text) => {
    expect(await read(text)).toMatchObject({ messageIds: [MESSAGE_ID] });
  });

  it('is the same with the line ends of the wire', async () => {
    expect(await read(postfix().replaceAll('\n', '\r\n'))).toEqual(await read(postfix()));
  });

  it('is the same when its report is in base64', async () => {
    const [, status = ''] = /delivery-status\n\n([\s\S]*?)\n--=_b0undary/.exec(amazonSes()) ?? [];
    const coded = `delivery-status\nContent-Transfer-Encoding: base64\n\n${Buffer.from(status).toString('base64')}`;
    const text = amazonSes().replace(`delivery-status\n\n${status}`, coded);
    expect(text).toContain('base64');
    expect(await read(text)).toEqual(await read(amazonSes()));
  });
});

describe('no bounce', () => {
  it.each([
    ['nothing at all', '', 'empty'],
    ['white space', ' \r\n\n', 'empty'],
    ['what qmail writes', qmail, 'no_report'],
    ['an automatic answer', vacation, 'no_report'],
    ['a newsletter', newsletter, 'no_report'],
    ['a read receipt', readReceipt, 'no_report'],
    ['a text', 'hello', 'no_report'],
    ['a report that says nothing', amazonSes().replace(/Action[\s\S]*?Status: 5.1.1\n/, 'X: y\n'), 'no_report'],
  ])('is %s', async (_, text, why) => {
    expect(await read(text)).toEqual({ kind: 'not_a_bounce', why });
  });

  it('is what is not even text', async () => {
    const garbage = Uint8Array.from({ length: 100_000 }, (_, index) => (index * 7919) % 256);
    expect(await readBounce(garbage)).toMatchObject({ kind: 'not_a_bounce' });
  });

  it('is a mail of thousands of parts', async () => {
    const adapters = '--x\nContent-Type: text/plain\n\n\n'.repeat(5000);
    const text = `Content-Type: multipart/mixed; boundary=x\n\n${adapters}--x--\n`;
    expect(await read(text)).toEqual({ kind: 'not_a_bounce', why: 'unreadable' });
  });
});

describe('a delivery status', () => {
  it.each<[string, string, BounceReport | null]>([
    [
      'without an action is read by its code',
      'Status: 5.7.1',
      { action: 'failed', status: '5.7.1', response: 'failed, status 5.7.1' },
    ],
    [
      'without a code is a failure of unknown cause',
      'Action: failed',
      { action: 'failed', status: '5.0.0', response: 'failed, status 5.0.0' },
    ],
    [
      'of 4.x.x without an action is a delay',
      'Status: 4.2.1',
      { action: 'delayed', status: '4.2.1', response: 'delayed, status 4.2.1' },
    ],
    [
      'keeps to its own class',
      'Action: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 451 4.7.1 no',
      { action: 'failed', status: '5.0.0', response: '451 4.7.1 no' },
    ],
    [
      'in odd capitals',
      'ACTION: FAILED\nstatus:5.1.1',
      { action: 'failed', status: '5.1.1', response: 'failed, status 5.1.1' },
    ],
    [
      'of several recipients is its worst',
      'Action: delivered\nStatus: 2.0.0\n\nAction: failed\nStatus: 5.2.2\n\nAction: delayed\nStatus: 4.0.0',
      { action: 'failed', status: '5.2.2', response: 'failed, status 5.2.2' },
    ],
    ['that is about nobody', 'Reporting-MTA: dns; mx', null],
  ])('%s', (_, content, report) => {
    expect(readReport(content)).toEqual(report);
  });
});
