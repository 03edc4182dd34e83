import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { createSmtpClient, type SmtpClient, type SmtpOptions } from '../../../src/mail/smtp-client.ts';
import type { MailServerCheck } from '../../../src/monitoring/ports.ts';
import type { SmtpStage } from '../../../src/sandbox/mail-catcher.ts';
import { startRudeServer } from '../../support/rude-smtp-server.ts';
import { SELF_SIGNED } from '../../support/sandbox-certificate.ts';
import { type SmtpCatcher, startSmtpCatcher } from '../../support/smtp-catcher.ts';

const LOGIN = { user: 'linkwatch', password: 'p@ss-w0rd' };
const ENVELOPE = { from: 'alerts@linkwatch.example', to: 'operator@linkwatch.example' };

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

function clientOf(options: SmtpOptions): SmtpClient {
  const client = createSmtpClient(options);
  closers.push(async () => client.close());
  return client;
}

function tryServer(options: SmtpOptions, envelope = ENVELOPE): Promise<MailServerCheck> {
  return clientOf(options).tryServer(envelope);
}

function withLogin(smtpUrl: string, password = LOGIN.password): string {
  return smtpUrl.replace('//', `//${LOGIN.user}:${encodeURIComponent(password)}@`);
}

describe('a server with a login', () => {
  let catcher: SmtpCatcher;
  beforeEach(async () => {
    catcher = await startSmtpCatcher({ login: LOGIN });
    closers.push(catcher.close);
  });

  it('that would take the mail says so, gets none, and takes a real one afterwards', async () => {
    const check = await tryServer({ smtpUrl: withLogin(catcher.smtpUrl) });
    expect(check).toEqual({ outcome: 'taken', response: expect.stringMatching(/^250 /) });
    expect(catcher.mails()).toEqual([]);
  });

  const failed = (stage: string, isAboutAddress = false) => ({ outcome: 'failed', stage, isAboutAddress });
  it.each<[SmtpStage, string, object]>([
    ['greeting', '554 No SMTP service here', failed('connection')],
    ['greeting', '421 Too many connections', failed('connection')],
    ['login', '535 5.7.8 Authentication failed', failed('login')],
    ['login', '454 4.7.0 Try later', failed('login')],
    ['sender', '550 5.7.1 Sender not allowed', failed('sender')],
    ['sender', '451 4.3.0 Try later', { outcome: 'deferred', stage: 'sender' }],
    ['recipient', '554 5.7.1 Relay access denied', failed('recipient')],
    ['recipient', '454 4.7.1 <o@x.example>: Relay access denied', failed('recipient')],
    ['recipient', '550 5.1.1 No such mailbox', failed('recipient', true)],
    ['recipient', '552 5.2.2 Mailbox full', failed('recipient', true)],
    ['recipient', '450 4.2.0 Greylisted', { outcome: 'deferred', stage: 'recipient' }],
  ])('at the %s with "%s"', async (stage, reply, expected) => {
    catcher.say(stage, reply);
    const check = await tryServer({ smtpUrl: withLogin(catcher.smtpUrl) });
    expect(check).toEqual({ ...expected, response: reply });
  });

  it.each<[SmtpStage, string]>([
    ['greeting', 'connection'],
    ['login', 'login'],
    ['sender', 'sender'],
    ['recipient', 'recipient'],
  ])('that hangs at the %s is waited for no longer than the check may last', async (stage, at) => {
    const reached = catcher.hang(stage);
    const check = await tryServer({ smtpUrl: withLogin(catcher.smtpUrl), smtpTimeoutMs: 1500 });
    expect(check).toMatchObject({ outcome: 'failed', stage: at });
    await reached;
  });

  it.each<[SmtpStage, string]>([
    ['greeting', 'connection'],
    ['login', 'login'],
    ['sender', 'sender'],
    ['recipient', 'recipient'],
  ])('that hangs up at the %s has said no', async (stage, at) => {
    catcher.drop(stage);
    expect(await tryServer({ smtpUrl: withLogin(catcher.smtpUrl) })).toMatchObject({ outcome: 'failed', stage: at });
  });

  it('shows no password, neither the wrong one nor the right one', async () => {
    catcher.say('login', `535 wr0ng! is not the password of ${LOGIN.user}`);
    const check = await tryServer({ smtpUrl: withLogin(catcher.smtpUrl, 'wr0ng!') });
    expect(check).toMatchObject({ stage: 'login', response: '535 [redacted] is not the password of linkwatch' });
  });

  it('is asked without a login where SMTP_URL has none', async () => {
    const check = await tryServer({ smtpUrl: catcher.smtpUrl });
    expect(check).toMatchObject({ outcome: 'failed', stage: 'sender', response: expect.stringMatching(/^530 /) });
  });
});

describe('a server without a login', () => {
  it('is asked for the mail at once, even where SMTP_URL has a user', async () => {
    const catcher = await startSmtpCatcher();
    closers.push(catcher.close);
    expect(await tryServer({ smtpUrl: catcher.smtpUrl })).toMatchObject({ outcome: 'taken' });
    expect(await tryServer({ smtpUrl: withLogin(catcher.smtpUrl) })).toMatchObject({ outcome: 'taken' });
    expect(catcher.mails()).toEqual([]);
  });

  it('that is not there cannot be talked to', async () => {
    const check = await tryServer({ smtpUrl: 'smtp://127.0.0.1:1' });
    expect(check).toMatchObject({ stage: 'connection', response: expect.stringContaining('ECONNREFUSED') });
  });

  it('with letters beyond ASCII before an @ needs SMTPUTF8', async () => {
    const rude = await startRudeServer();
    closers.push(rude.close);
    const to = 'j\u00fcrgen@linkwatch.example';
    const check = await tryServer({ smtpUrl: rude.smtpUrl }, { ...ENVELOPE, to });
    expect(check).toMatchObject({ stage: 'recipient', response: expect.stringContaining('SMTPUTF8') });
    expect(rude.kept()).toEqual([]);
  });
});

/** What a client says in one conversation. */
async function startTalker(options: SMTPServerOptions): Promise<Readonly<{ port: number; said: string[] }>> {
  const said: string[] = [];
  const server = new SMTPServer({
    ...SELF_SIGNED,
    authOptional: true,
    closeTimeout: 100,
    logger: false,
    onAuth: (auth, session, callback) => {
      said.push(`AUTH ${auth.username} ${session.secure ? 'encrypted' : 'in clear'}`);
      callback(null, { user: auth.username });
    },
    onMailFrom: (address, session, callback) => {
      said.push(`MAIL ${address.address} ${session.secure ? 'encrypted' : 'in clear'}`);
      callback();
    },
    onRcptTo: (address, _session, callback) => {
      said.push(`RCPT ${address.address}`);
      callback();
    },
    onData: (_stream, _session, callback) => {
      said.push('DATA');
      callback();
    },
    ...options,
  });
  server.on('error', () => undefined);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  closers.push(() => new Promise((resolve) => server.close(resolve)));
  return { port: (server.server.address() as AddressInfo).port, said };
}

describe('an encrypted conversation', () => {
  it.each([
    ['from the start (smtps)', 'smtps', { secure: true }],
    ['by STARTTLS', 'smtp', { secure: false }],
  ])('%s goes as far as RCPT TO, and never to DATA', async (_, scheme, options) => {
    const { port, said } = await startTalker(options);
    const smtpUrl = withLogin(`${scheme}://127.0.0.1:${port}/?tls.rejectUnauthorized=false`);
    expect(await tryServer({ smtpUrl })).toMatchObject({ outcome: 'taken' });
    expect(said).toEqual([
      'AUTH linkwatch encrypted',
      'MAIL alerts@linkwatch.example encrypted',
      'RCPT operator@linkwatch.example',
    ]);
  });

  it('with a certificate that nobody vouches for does not begin', async () => {
    const { port, said } = await startTalker({ secure: true });
    const check = await tryServer({ smtpUrl: `smtps://127.0.0.1:${port}` });
    expect(check).toMatchObject({ outcome: 'failed', stage: 'connection', response: expect.stringContaining('self') });
    expect(said).toEqual([]);
  });
});
