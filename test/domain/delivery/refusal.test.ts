import { describe, expect, it } from '@jest/globals';
import { type Refused, refusedBy } from '../../../src/domain/delivery/refusal.ts';

describe('a server that refuses for good speaks of', () => {
  it.each<[Refused, string]>([
    // Postfix
    ['us', '554 5.7.1 <jane@bakery.example>: Relay access denied'],
    ['us', '554 5.7.1 Service unavailable; Client host [192.0.2.9] blocked using zen.spamhaus.org; see the link'],
    ['us', '554 5.7.1 <unknown[192.0.2.9]>: Client host rejected: Access denied'],
    ['us', '550 5.7.25 Client host rejected: cannot find your hostname, [192.0.2.9]'],
    ['us', '550 5.1.0 <a@linkwatch.example>: Sender address rejected: User unknown in virtual mailbox table'],
    ['us', '553 5.7.1 <a@linkwatch.example>: Sender address rejected: not owned by user linkwatch'],
    ['us', '504 5.5.2 <localhost>: Helo command rejected: need fully-qualified hostname'],
    ['us', '550 5.7.23 <jane@bakery.example>: Recipient address rejected: Message rejected due to: SPF fail'],
    ['mailbox', '550 5.1.1 <jane@bakery.example>: Recipient address rejected: User unknown in relay recipient table'],
    ['mailbox', '550 <jane@bakery.example>: Recipient address rejected: User unknown in local recipient table'],
    ['mailbox', '550 5.1.2 <jane@bakery.example>: Recipient address rejected: Domain not found'],
    ['message', '552 5.3.4 Message size exceeds fixed limit'],
    ['message', '552 5.2.2 <jane@bakery.example>: user is over quota'],
    ['message', '554 5.4.6 Too many hops'],
    // Exim
    ['us', '550 relay not permitted'],
    ['us', '550 Relaying denied'],
    ['us', '550-Verification failed for <a@linkwatch.example>\r\n550-No such user here\r\n550 Sender verify failed'],
    ['us', '550-192.0.2.9 is in a black list at zen.spamhaus.org\r\n550 Blocked'],
    ['us', '550 Administrative prohibition'],
    ['mailbox', '550 Unrouteable address'],
    ['mailbox', '550 No such person at this address'],
    ['message', '550 This message was classified as spam'],
    ['mailbox', '550-5.7.1\n\n \t\r\n550-Blocked words\r\n550 5.1.1 User unknown'],
    // Exchange and Microsoft 365
    ['us', '550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain'],
    ['us', '550 5.7.60 SMTP; Client does not have permissions to send as this sender'],
    ['us', '530 5.7.57 SMTP; Client was not authenticated to send anonymous mail during MAIL FROM'],
    ['us', '550 5.7.64 TenantAttribution; Relay Access Denied'],
    ['us', '550 5.7.606 Access denied, banned sending IP [192.0.2.9]. To request removal visit the portal'],
    ['us', '550 5.7.515 Access denied, sending domain does not meet the required authentication level'],
    ['us', '550 5.7.708 Service unavailable. Access denied, traffic not accepted from this IP'],
    ['mailbox', '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient jane@bakery.example not found by SMTP lookup'],
    ['mailbox', '550 5.4.1 Recipient address rejected: Access denied. AS(201806281)'],
    ['message', '550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required'],
    ['message', '550 5.7.1 RESOLVER.RST.AuthRequired; authentication required'],
    // Outlook.com
    [
      'us',
      '550 5.7.1 Unfortunately, messages from [192.0.2.9] were not sent: your network is on our block list (S3140)',
    ],
    [
      'us',
      '550 SC-001 Unfortunately, messages from 192.0.2.9 were not sent. Part of their network is on our block list',
    ],
    ['mailbox', '550 5.5.0 Requested action not taken: mailbox unavailable'],
    // Gmail
    [
      'us',
      '550-5.7.26 Unauthenticated email from linkwatch.example is not accepted due to\n550 5.7.26 its DMARC policy',
    ],
    ['us', '550-5.7.1 This message is suspicious due to the very low reputation of the sending\n550 5.7.1 IP address'],
    ['us', '550-5.7.25 The IP address sending this message does not have a PTR record\n550 5.7.25 setup'],
    ['us', '550-5.7.28 Our system has detected an unusual rate of unsolicited mail\n550 5.7.28 from your IP address'],
    [
      'mailbox',
      '550-5.1.1 The email account that you tried to reach does not\n550-5.1.1 exist. Please try\n550 5.1.1 again',
    ],
    ['mailbox', '550-The email account that you tried to reach does not\n550 exist'],
    ['mailbox', '550 5.2.1 The email account that you tried to reach is disabled'],
    [
      'message',
      '552-5.7.0 This message was blocked because its content presents a potential\n552 5.7.0 security issue',
    ],
    ['message', '550 5.7.1 Our system has detected that this message is likely unsolicited mail'],
    ['message', '552 5.2.2 The email account that you tried to reach is over quota'],
    // Yahoo
    ['us', '553 5.7.1 [BL21] Connections will not be accepted from 192.0.2.9, because the IP is in a list'],
    ['us', '554 5.7.9 Message not accepted for policy reasons'],
    ['mailbox', "554 delivery error: dd This user doesn't have a yahoo.example account (jane@bakery.example)"],
    ['mailbox', '554 delivery error: dd Not a valid recipient - jane@bakery.example'],
    // qmail
    ['us', '553 sorry, that domain isn’t in my list of allowed rcpthosts (#5.7.1)'],
    ['us', "553 sorry, that domain isn't in my list of allowed rcpthosts; no valid cert for gatewaying"],
    ['us', '553 sorry, your envelope sender is in my badmailfrom list (#5.7.1)'],
    ['mailbox', '550 sorry, no mailbox here by that name. (#5.1.1)'],
    ['mailbox', '511 sorry, no mailbox here by that name (#5.1.1 - chkuser)'],
    // Others
    ['us', '550 You are not allowed to relay through this server'],
    ['us', '550 must be authenticated to use this service'],
    ['us', '550 Authentication is required for relay'],
    ['us', '550 5.1.8 Sender domain unknown'],
    ['us', '553 Domain of sender address a@linkwatch.example does not exist'],
    ['us', '550 DKIM signature did not verify'],
    ['us', '554 Your IP address is listed on our RBL'],
    ['us', '550 Too many messages from your host today'],
    ['us', '550 5.7.1 Command rejected'],
    ['mailbox', '550 5.1.1 Nobody'],
    ['mailbox', '550 Invalid recipient'],
    ['mailbox', '550 Mailbox not found'],
    ['mailbox', '550 account jane@bakery.example is disabled'],
    ['mailbox', '550 Unknown user'],
    ['mailbox', '550 Addressee unknown'],
    ['message', '550 5.2.1 said the server'],
    ['message', '550 Rejected'],
    ['message', '554 Transaction failed'],
    ['message', '550 5.0.0 No'],
    ['message', '550 Mailbox full'],
  ])('%s: %s', (refused, words) => {
    expect(refusedBy(words)).toBe(refused);
  });
});
