import { refusedBy } from '../../src/domain/delivery/refusal.ts';
import { readBounce } from '../../src/mail/read-bounce.ts';
import { createReturnPath } from '../../src/mail/return-path.ts';
import { outcomeOfError } from '../../src/mail/smtp-outcome.ts';
import {
  amazonSes,
  delayedWarning,
  exchange,
  gmail,
  mixed,
  newsletter,
  postfix,
  qmail,
  readReceipt,
  vacation,
} from '../support/returned-mail.ts';
import type { Reader } from './reader.ts';

const returnPath = createReturnPath({
  returnPath: 'bounces@linkwatch.example',
  mailFrom: 'alerts@linkwatch.example',
  returnPathKeys: [new Uint8Array(32)],
});

export const mailReaders: readonly Reader[] = [
  {
    name: 'a returned mail',
    corpus: [
      postfix(),
      exchange(),
      gmail(),
      amazonSes(),
      mixed(),
      delayedWarning(),
      qmail,
      vacation,
      newsletter,
      readReceipt,
    ],
    read: async (text) => {
      const read = await readBounce(Buffer.from(text, 'latin1'));
      if (read.kind === 'bounce') for (const address of read.sentTo) returnPath.read(address);
      return read;
    },
  },
  {
    name: 'the address of a returned mail',
    corpus: [returnPath.addressOf('notification-1'), 'bounces@linkwatch.example'],
    read: (text) => returnPath.read(text),
  },
  {
    name: 'a reply of a mail server',
    corpus: [
      '550 5.1.1 <jane@bakery.example>: Recipient address rejected: User unknown in virtual mailbox table',
      '550-5.7.26 Unauthenticated email from x.example is not accepted\r\n550 5.7.26 due to DMARC policy - gsmtp',
      '552-5.2.2 The recipient’s inbox is out of storage space\n552 5.2.2 OverQuota',
      '421 4.7.0 Try again later, closing connection. (EHLO)',
      '550 permanent failure for one or more recipients (jane@x.example:the account does not exist)',
    ],
    read: (text) => {
      refusedBy(text);
      for (const [command, responseCode] of [
        ['RCPT TO', 550],
        ['DATA', 450],
        ['MAIL FROM', 553],
        ['CONN', null],
      ] as const) {
        const error = { code: 'EENVELOPE', command, responseCode, response: text };
        outcomeOfError(error, { scrub: (said) => said, isAllSent: false });
      }
    },
  },
];
