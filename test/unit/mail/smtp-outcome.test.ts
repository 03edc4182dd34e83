import { describe, expect, it } from '@jest/globals';
import { createScrubber } from '../../../src/mail/scrub.ts';
import { acceptedOutcome, outcomeOfError } from '../../../src/mail/smtp-outcome.ts';

const asItIs = { scrub: (text: string) => text, isAllSent: false };
const allSent = { ...asItIs, isAllSent: true };

function reply(command: string, response: string, code = 'EENVELOPE') {
  return Object.assign(new Error(response), { code, command, response, responseCode: Number(response.slice(0, 3)) });
}

function silence(code: string, command = 'CONN') {
  return Object.assign(new Error('nothing came back'), { code, command });
}

const later = { outcome: 'deferred', isOurFault: false };
const ours = { outcome: 'deferred', isOurFault: true };
const refused = { outcome: 'refused', isAddressBad: false };
const badAddress = { outcome: 'refused', isAddressBad: true };

describe('a certificate of the mail server that nobody vouches for', () => {
  it.each([
    'self-signed certificate',
    'self-signed certificate in certificate chain',
    'unable to verify the first certificate',
  ])('%s: the outcome names the setting that helps', (message) => {
    const error = Object.assign(new Error(message), { code: 'ESOCKET', command: 'CONN' });
    const { response } = outcomeOfError(error, asItIs);
    expect(response).toBe(
      `${message}; to trust it, set NODE_EXTRA_CA_CERTS in the environment (not in .env) to the PEM file of the authority`,
    );
  });

  it.each([
    ['an expired one', Object.assign(new Error('certificate has expired'), { code: 'ESOCKET' })],
    ['the words of a server', reply('RCPT TO', '550 self-signed certificate')],
  ])('%s is told as it is', (_, error) => {
    expect(outcomeOfError(error, asItIs)).toMatchObject({ response: error.message });
  });
});

describe('what a mail server says', () => {
  it.each([
    ['a greeting of 554', reply('CONN', '554 No SMTP here', 'EPROTOCOL'), ours],
    ['a greeting of 421', reply('CONN', '421 Too busy', 'EPROTOCOL'), later],
    ['550 to EHLO', reply('EHLO', '550 Blocked', 'EPROTOCOL'), ours],
    ['535 to the login', reply('AUTH PLAIN', '535 5.7.8 Wrong', 'EAUTH'), ours],
    ['454 to the login', reply('AUTH PLAIN', '454 4.7.0 Later', 'EAUTH'), later],
    ['550 to MAIL FROM', reply('MAIL FROM', '550 5.7.1 Not you'), ours],
    ['550 5.1.1 to MAIL FROM', reply('MAIL FROM', '550 5.1.1 Who?'), ours],
    ['451 to MAIL FROM', reply('MAIL FROM', '451 4.3.0 Later'), later],
    ['530 to RCPT', reply('RCPT TO', '530 5.7.0 Log in first'), ours],
    ['503 to RCPT', reply('RCPT TO', '503 5.5.1 Bad sequence'), ours],
    ['550 5.1.8 to RCPT, which is about the sender', reply('RCPT TO', '550 5.1.8 Sender domain unknown'), ours],
    ['450 to RCPT, greylisting', reply('RCPT TO', '450 4.2.0 Greylisted'), later],
    ['550 5.1.1 to RCPT', reply('RCPT TO', '550 5.1.1 No such mailbox'), badAddress],
    ['550 5.1.10 to RCPT', reply('RCPT TO', '550 5.1.10 Null MX'), badAddress],
    ['550 to RCPT without a further code', reply('RCPT TO', '550 No such user'), badAddress],
    ['several lines of 550 5.1.1', reply('RCPT TO', '550-5.1.1 No such\n550 5.1.1 mailbox'), badAddress],
    ['550 5.7.1 to RCPT, before there is a mail to judge', reply('RCPT TO', '550 5.7.1 Policy'), ours],
    ['550 to RCPT, about relaying', reply('RCPT TO', '550 relay not permitted'), ours],
    ['454 to RCPT, about relaying', reply('RCPT TO', '454 4.7.1 <a@b.example>: Relay access denied'), ours],
    ['450 to RCPT, about our host', reply('RCPT TO', '450 4.7.1 Client host rejected: try later'), later],
    ['550 to RCPT, which says nothing', reply('RCPT TO', '550 No'), refused],
    ['550 to RCPT, about a mailbox', reply('RCPT TO', '550 Mailbox unavailable'), badAddress],
    ['554 5.7.1 to DATA, about our host', reply('DATA', '554 5.7.1 Client host blocked', 'EMESSAGE'), ours],
    ['550 to DATA, about a mailbox', reply('DATA', '550 User unknown', 'EMESSAGE'), badAddress],
    ['552 5.2.2 to RCPT, a full mailbox', reply('RCPT TO', '552 5.2.2 Full'), refused],
    ['554 to RCPT without a further code', reply('RCPT TO', '554 Relay denied'), ours],
    ['554 5.7.1 to DATA', reply('DATA', '554 5.7.1 Spam', 'EMESSAGE'), refused],
    ['550 to DATA without a further code', reply('DATA', '550 Rejected', 'EMESSAGE'), refused],
    ['550 5.1.1 to DATA', reply('DATA', '550 5.1.1 Nobody', 'EMESSAGE'), badAddress],
    ['421 to DATA', reply('DATA', '421 4.3.2 Closing', 'EMESSAGE'), later],
  ])('%s', (_what, error, outcome) => {
    expect(outcomeOfError(error, asItIs)).toMatchObject(outcome);
  });

  it.each([
    ['ECONNECTION', later],
    ['ETIMEDOUT', later],
    ['ESOCKET', later],
    ['EDNS', later],
    ['EABORT', later],
    ['EAUTH', ours],
    ['ETLS', ours],
    ['ECONFIG', ours],
  ])('nothing, because of %s', (code, outcome) => {
    expect(outcomeOfError(silence(code), asItIs)).toMatchObject(outcome);
  });

  it.each(['ECONNECTION', 'ETIMEDOUT', 'ESOCKET', 'EABORT'])('%s after all was sent: nobody knows', (code) => {
    const outcome = outcomeOfError(silence(code), allSent);
    expect(outcome).toEqual({ outcome: 'unknown', response: 'nothing came back' });
  });

  it.each([
    ['452 after all was sent', reply('DATA', '452 4.3.1 Full', 'EMESSAGE'), later],
    ['421 instead of an answer', reply('CONN', '421 4.3.2 Closing', 'ECONNECTION'), later],
    ['554 after all was sent', reply('DATA', '554 5.7.1 Spam', 'EMESSAGE'), refused],
  ])('%s: it was not taken', (_what, error, outcome) => {
    expect(outcomeOfError(error, allSent)).toMatchObject(outcome);
  });

  it.each([[new TypeError('oops')], ['a string'], [null], [undefined]])('%p is deferred, as our own fault', (error) => {
    expect(outcomeOfError(error, asItIs)).toMatchObject(ours);
  });

  it('is kept as one line of at most 500 characters', () => {
    const outcome = outcomeOfError(reply('DATA', `554-5.7.1 Spam\r\n554 ${'x'.repeat(900)}`), asItIs);
    expect(outcome.response).toHaveLength(500);
    expect(outcome.response).toMatch(/^554-5\.7\.1 Spam 554 x+…$/);
  });

  it('is cut to what every database stores, wherever an emoji or a NUL stands', () => {
    for (const before of [494, 495]) {
      const { response } = outcomeOfError(
        reply('DATA', `554 ${'x'.repeat(before)}\ud83e\udd50${'y'.repeat(9)}\0`),
        asItIs,
      );
      expect(response.isWellFormed()).toBe(true);
      expect(response).not.toContain('\0');
    }
  });
});

describe('a secret in what a server says', () => {
  const scrub = createScrubber('smtp://jane:p%40ss%2Fword@mail.example:587');

  it.each([
    ['as typed', '535 p@ss/word is wrong'],
    ['as in the URL', '535 p%40ss%2Fword is wrong'],
    ['as AUTH LOGIN sends it', `535 ${Buffer.from('p@ss/word').toString('base64')} is wrong`],
    ['as AUTH PLAIN sends it', `535 ${Buffer.from('\0jane\0p@ss/word').toString('base64')} is wrong`],
  ])('is taken out %s', (_how, response) => {
    expect(outcomeOfError(reply('AUTH PLAIN', response, 'EAUTH'), { scrub, isAllSent: false }).response).toBe(
      '535 [redacted] is wrong',
    );
    expect(acceptedOutcome(response, scrub).response).toBe('535 [redacted] is wrong');
  });

  it('leaves what is said alone where there is none', () => {
    expect(createScrubber('smtp://mail.example')('250 OK')).toBe('250 OK');
    expect(createScrubber('smtp://j%ZZ:%E0%A4@mail.example')('250 %E0%A4')).toBe('250 [redacted]');
  });
});
