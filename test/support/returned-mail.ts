/** To whom a mail came back, and which mail of ours is in it. */
export type Returned = Readonly<{ sentTo?: string; messageId?: string }>;

type Part = Readonly<{ type: string; body: string }>;

/** What stands in for ours: the mail that came back. */
function original(messageId: string): string {
  return `Received: from linkwatch.example (linkwatch.example [192.0.2.1]) by mx.example; Thu, 15 Jan 2026 12:00:00 +0000
From: "Linkwatch" <alerts@linkwatch.example>
To: jane@bakery.example
Message-ID:
 ${messageId}
Subject: Reconnect Facebook
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="inner"

--inner
Content-Type: text/plain

Action: failed is only what our text says.
--inner--`;
}

function reportMail(
  headers: string,
  adapters: readonly Part[],
  { type = 'report; report-type=delivery-status' } = {},
): string {
  const body = adapters.map((part) => `--=_b0undary\nContent-Type: ${part.type}\n\n${part.body}\n`).join('\n');
  return `${headers}\nMIME-Version: 1.0\nContent-Type: multipart/${type};\n\tboundary="=_b0undary"\n\nThis is a MIME-encapsulated message.\n\n${body}\n--=_b0undary--\n`;
}

const SENT_TO = 'bounces@linkwatch.example';
const MESSAGE_ID = '<notification-1@linkwatch.example>';

/** Postfix: no such mailbox, the diagnostic code folded. */
export function postfix({ sentTo = SENT_TO, messageId = MESSAGE_ID }: Returned = {}): string {
  return reportMail(
    `Return-Path: <>
Delivered-To: bounces@linkwatch.example
X-Original-To: ${sentTo}
From: MAILER-DAEMON@mx.linkwatch.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: ${sentTo}
Auto-Submitted: auto-replied`,
    [
      { type: 'text/plain; charset=us-ascii', body: 'This is the mail system at host mx.linkwatch.example.' },
      {
        type: 'message/delivery-status',
        body: `Reporting-MTA: dns; mx.linkwatch.example
X-Postfix-Queue-ID: 4dkT1y2z3Gz9
X-Postfix-Sender: rfc822; ${sentTo}
Arrival-Date: Thu, 15 Jan 2026 12:00:00 +0000 (UTC)

Final-Recipient: rfc822; jane@bakery.example
Original-Recipient: rfc822;jane@bakery.example
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.bakery.example
Diagnostic-Code: smtp; 550 5.1.1 <jane@bakery.example>: Recipient address
    rejected: User unknown in virtual mailbox table
`,
      },
      { type: 'message/rfc822', body: original(messageId) },
    ],
  );
}

/** Postfix again: a warning after four hours; it goes on trying. */
export function delayedWarning({ sentTo = SENT_TO, messageId = MESSAGE_ID }: Returned = {}): string {
  return reportMail(
    `From: MAILER-DAEMON@mx.linkwatch.example\nTo: ${sentTo}\nSubject: Delayed Mail (still being retried)`,
    [
      { type: 'text/plain', body: '# THIS IS A WARNING ONLY. YOU DO NOT NEED TO RESEND YOUR MESSAGE. #' },
      {
        type: 'message/delivery-status',
        body: `Reporting-MTA: dns; mx.linkwatch.example

Final-Recipient: rfc822; jane@bakery.example
Action: delayed
Status: 4.4.1
Diagnostic-Code: X-Postfix; connect to mx.bakery.example[192.0.2.7]:25: Connection timed out
Will-Retry-Until: Tue, 20 Jan 2026 12:00:00 +0000 (UTC)
`,
      },
      { type: 'text/rfc822-headers', body: original(messageId).split('\n\n')[0] ?? '' },
    ],
  );
}

/** Exchange Online: an HTML text before the report, and its own wording. */
export function exchange({ sentTo = SENT_TO, messageId = MESSAGE_ID }: Returned = {}): string {
  return reportMail(
    `From: <postmaster@bakery.onmicrosoft.example>
To: <${sentTo}>
Content-Language: en-US
In-Reply-To: ${messageId}
Subject: Undeliverable: Reconnect Facebook
Auto-Submitted: auto-replied
X-MS-Exchange-Message-Is-Ndr:`,
    [
      {
        type: 'text/html; charset="us-ascii"',
        body: "<html><p>Your message to jane@bakery.example couldn't be delivered.</p></html>",
      },
      {
        type: 'message/delivery-status',
        body: `Reporting-MTA: dns;AM0PR01MB1234.eurprd01.prod.exchangelabs.example
Received-From-MTA: dns;linkwatch.example
Arrival-Date: Thu, 15 Jan 2026 12:00:01 +0000

Final-Recipient: rfc822;jane@bakery.example
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient jane@bakery.example not found by SMTP address lookup
`,
      },
      { type: 'message/rfc822', body: original(messageId) },
    ],
  );
}

/** Gmail: a full mailbox, which it says in several sentences. */
export function gmail({ sentTo = SENT_TO, messageId = MESSAGE_ID }: Returned = {}): string {
  return reportMail(
    `Return-Path: <>
Delivered-To: ${sentTo}
From: Mail Delivery Subsystem <mailer-daemon@googlemail.example>
To: ${sentTo}
Auto-Submitted: auto-replied
Subject: Delivery Status Notification (Failure)
References: ${messageId}`,
    [
      { type: 'text/plain; charset=UTF-8', body: '** Message not delivered **' },
      {
        type: 'message/delivery-status',
        body: `Reporting-MTA: dns; googlemail.example
Arrival-Date: Thu, 15 Jan 2026 04:00:02 -0800 (PST)
X-Original-Message-ID: ${messageId}

Final-Recipient: rfc822; jane@bakery.example
Action: failed
Status: 5.2.2
Diagnostic-Code: smtp; 552-5.2.2 The recipient's inbox is out of storage space.
 552 5.2.2 https://support.google.example/mail/?p=OverQuotaPerm - gsmtp
Last-Attempt-Date: Thu, 15 Jan 2026 04:00:03 -0800 (PST)
`,
      },
      { type: 'message/rfc822', body: original(messageId) },
    ],
  );
}

/** Amazon SES: it gives the mail a Message-ID of its own, and keeps only the signed address. */
export function amazonSes({ sentTo = SENT_TO }: Returned = {}): string {
  return reportMail(
    `From: MAILER-DAEMON@amazonses.example\nTo: ${sentTo}\nSubject: Delivery Status Notification (Failure)`,
    [
      { type: 'text/plain; charset=us-ascii', body: 'An error occurred while trying to deliver the mail.' },
      {
        type: 'message/delivery-status',
        body: `Reporting-MTA: dns; a8-123.smtp-out.amazonses.example

Action: failed
Final-Recipient: rfc822; jane@bakery.example
Diagnostic-Code: smtp; 550 5.1.1 user unknown
Status: 5.1.1
`,
      },
      { type: 'message/rfc822', body: original('<010001234567890a-1b2c-000000@email.amazonses.example>') },
    ],
  );
}

/** A gateway that wraps the report into an ordinary mixed mail, and leaves the exact code to the diagnostic. */
export function mixed({ sentTo = SENT_TO, messageId = MESSAGE_ID }: Returned = {}): string {
  return reportMail(
    `From: postmaster@gateway.example\nTo: "Linkwatch bounces" <${sentTo.toUpperCase()}>\nSubject: failure notice`,
    [
      { type: 'text/plain', body: 'Could not deliver.' },
      {
        type: 'message/delivery-status',
        body: `Reporting-MTA: dns; gateway.example\n\nFinal-Recipient: rfc822; jane@bakery.example\nAction: Failed (no such user)\nStatus: 5.0.0 (undefined)\nDiagnostic-Code: smtp; 550 #5.1.1 no mailbox\n`,
      },
      { type: 'text/rfc822-headers', body: original(messageId).split('\n\n')[0] ?? '' },
    ],
    { type: 'mixed' },
  );
}

/** A server that was asked to confirm: the mail has arrived. */
export function deliveredReport({ sentTo = SENT_TO }: Returned = {}): string {
  return postfix({ sentTo }).replace('Action: failed', 'Action: relayed').replace('Status: 5.1.1', 'Status: 2.0.0');
}

/** qmail: a text for people, before RFC 3464. */
export const qmail = `From: MAILER-DAEMON@mail.bakery.example
To: bounces@linkwatch.example
Subject: failure notice

Hi. This is the qmail-send program at mail.bakery.example.
I'm afraid I wasn't able to deliver your message to the following addresses.

<jane@bakery.example>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.
`;

export const vacation = `From: Jane <jane@bakery.example>
To: bounces@linkwatch.example
Subject: Automatic reply: Reconnect Facebook
Auto-Submitted: auto-replied

I am away until Monday. Action: failed, Status: 5.1.1
`;

export const newsletter = reportMail(
  'From: news@shop.example\nTo: bounces@linkwatch.example\nSubject: Ten per cent off',
  [
    { type: 'text/plain', body: 'Buy now.' },
    { type: 'text/html', body: '<p>Buy now.</p>' },
  ],
  { type: 'alternative' },
);

/** A report of another kind: that a mail was read. */
export const readReceipt = reportMail(
  'From: jane@bakery.example\nTo: bounces@linkwatch.example\nSubject: Read: Reconnect Facebook',
  [{ type: 'message/disposition-notification', body: 'Disposition: manual-action/MDN-sent-manually; displayed\n' }],
  { type: 'report; report-type=disposition-notification' },
);
