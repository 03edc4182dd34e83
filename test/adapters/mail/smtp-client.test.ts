import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { DeliveryOutcome } from '../../../src/domain/model/message-content.ts';
import { createSmtpClient, type SmtpClient, type SmtpOptions } from '../../../src/mail/smtp-client.ts';
import type { SmtpStage } from '../../../src/sandbox/mail-catcher.ts';
import { aComposedMail } from '../../support/mail-contents.ts';
import { startRudeServer } from '../../support/rude-smtp-server.ts';
import { type SmtpCatcher, startSmtpCatcher } from '../../support/smtp-catcher.ts';

const LOGIN = { user: 'linkwatch', password: 'p@ss-w0rd' };

let catcher: SmtpCatcher;
const opened: SmtpClient[] = [];

beforeEach(async () => {
  catcher = await startSmtpCatcher({ login: LOGIN });
});
afterEach(async () => {
  for (const client of opened.splice(0)) client.close();
  await catcher.close();
});

function urlWith(password: string): string {
  return catcher.smtpUrl.replace('//', `//${LOGIN.user}:${encodeURIComponent(password)}@`);
}

function open(given: Partial<SmtpOptions> = {}): SmtpClient {
  const client = createSmtpClient({ smtpUrl: urlWith(LOGIN.password), ...given });
  opened.push(client);
  return client;
}

async function sendOne(given: Partial<SmtpOptions> = {}): Promise<DeliveryOutcome> {
  return open(given).send(aComposedMail());
}

describe('a mail server that says no', () => {
  it.each<[SmtpStage, string, Partial<DeliveryOutcome>]>([
    ['greeting', '554 No SMTP service here', { outcome: 'deferred', isOurFault: true }],
    ['greeting', '421 Too many connections', { outcome: 'deferred', isOurFault: false }],
    ['login', '535 5.7.8 Authentication failed', { outcome: 'deferred', isOurFault: true }],
    ['login', '454 4.7.0 Try later', { outcome: 'deferred', isOurFault: false }],
    ['sender', '550 5.7.1 Sender not allowed', { outcome: 'deferred', isOurFault: true }],
    ['sender', '451 4.3.0 Try later', { outcome: 'deferred', isOurFault: false }],
    ['recipient', '550 5.1.1 No such mailbox', { outcome: 'refused', isAddressBad: true }],
    ['recipient', '550 No such user', { outcome: 'refused', isAddressBad: true }],
    ['recipient', '554 5.7.1 Relay access denied', { outcome: 'deferred', isOurFault: true }],
    ['recipient', '450 4.2.0 Greylisted', { outcome: 'deferred', isOurFault: false }],
    ['message', '554 5.7.1 Looks like spam', { outcome: 'refused', isAddressBad: false }],
    ['message', '452 4.3.1 Out of space', { outcome: 'deferred', isOurFault: false }],
    ['message', '421 4.3.2 Shutting down', { outcome: 'deferred', isOurFault: false }],
  ])('at the %s with "%s"', async (stage, reply, outcome) => {
    catcher.say(stage, reply);
    await expect(sendOne()).resolves.toEqual({ ...outcome, response: reply });
  });
});

describe('a mail server that says nothing', () => {
  it.each<SmtpStage>(['greeting', 'login', 'sender', 'recipient'])(
    'at the %s is given up after a while',
    async (stage) => {
      const reached = catcher.hang(stage);
      await expect(sendOne({ smtpTimeoutMs: 500 })).resolves.toMatchObject({ outcome: 'deferred', isOurFault: false });
      await reached;
    },
  );

  it('after the final dot may have taken the mail', async () => {
    const reached = catcher.hang('message');
    await expect(sendOne({ smtpTimeoutMs: 3_000 })).resolves.toMatchObject({ outcome: 'unknown' });
    await reached;
  });

  it('takes no longer than one mail may take, however patient each step is', async () => {
    catcher.hang('message');
    await expect(sendOne({ smtpTimeoutMs: 60_000, sendTimeoutMs: 3_000 })).resolves.toEqual({
      outcome: 'unknown',
      response: 'The server took too long',
    });
  });

  it.each<SmtpStage>(['greeting', 'sender', 'recipient'])('but hangs up at the %s', async (stage) => {
    catcher.drop(stage);
    await expect(sendOne()).resolves.toMatchObject({ outcome: 'deferred', isOurFault: false });
  });

  it('but hangs up after the final dot may have taken the mail', async () => {
    catcher.drop('message');
    await expect(sendOne()).resolves.toMatchObject({ outcome: 'unknown' });
  });

  it('because it is not there', async () => {
    const smtpUrl = urlWith(LOGIN.password);
    await catcher.close();
    const outcome = await sendOne({ smtpUrl });
    expect(outcome).toMatchObject({ outcome: 'deferred', isOurFault: false });
    expect(outcome.response).toContain('ECONNREFUSED');
    catcher = await startSmtpCatcher();
  });
});

describe('a wrong password', () => {
  it('is our own fault, and neither it nor the right one shows', async () => {
    catcher.say('login', `535 5.7.8 wr0ng! is not the password of ${LOGIN.user}`);
    const outcome = await sendOne({ smtpUrl: urlWith('wr0ng!') });
    expect(outcome).toEqual({
      outcome: 'deferred',
      response: `535 5.7.8 [redacted] is not the password of ${LOGIN.user}`,
      isOurFault: true,
    });
  });
});

describe('trouble that passes', () => {
  it('spoils only its own mail: the next one goes out, over the same client', async () => {
    const client = open();
    catcher.say('message', '421 4.3.2 Shutting down');
    await expect(client.send(aComposedMail())).resolves.toMatchObject({ outcome: 'deferred' });
    catcher.drop('recipient');
    await expect(client.send(aComposedMail())).resolves.toMatchObject({ outcome: 'deferred' });
    catcher.say('recipient', '550 5.1.1 No such mailbox');
    await expect(client.send(aComposedMail())).resolves.toMatchObject({ outcome: 'refused' });
    catcher.heal();
    await expect(client.send(aComposedMail())).resolves.toMatchObject({ outcome: 'accepted' });
    expect(catcher.mails()).toHaveLength(1);
  });

  it('in the middle of many mails loses none of them', async () => {
    const client = open();
    let accepted = 0;
    const addresses = Array.from({ length: 60 }, (_, index) => `reader-${index}@bakery.example`);
    const outcomes = await Promise.all(
      addresses.map(async (to) => {
        const outcome = await client.send(aComposedMail({ to }));
        if (outcome.outcome === 'accepted') accepted += 1;
        if (accepted === 20) catcher.dropConnections();
        return outcome.outcome;
      }),
    );
    const again = addresses.filter((_, index) => outcomes[index] !== 'accepted');
    const second = await Promise.all(again.map((to) => client.send(aComposedMail({ to }))));
    expect(second.every(({ outcome }) => outcome === 'accepted')).toBe(true);
    const arrived = catcher.mails().flatMap(({ to }) => to);
    expect(new Set(arrived)).toEqual(new Set(addresses));
    expect(accepted + second.length).toBe(addresses.length);
  });
});

describe('a client that was closed', () => {
  it('sends nothing more, and does not throw', async () => {
    const client = open();
    client.close();
    await expect(client.send(aComposedMail())).resolves.toMatchObject({ outcome: 'deferred' });
  });
});

describe('an address with letters beyond ASCII before its @', () => {
  const UMLAUT = 'j\u00fcrgen@b\u00fccher.example';
  const needs = (address: string) => `The mail server does not offer SMTPUTF8, which ${address} needs`;

  it('is not sent to a server without SMTPUTF8: that mail fails, and says why', async () => {
    const rude = await startRudeServer();
    try {
      const client = open({ smtpUrl: rude.smtpUrl });
      const refused = { outcome: 'refused', isAddressBad: false };
      await expect(client.send(aComposedMail({ to: UMLAUT }))).resolves.toEqual({
        ...refused,
        response: needs(UMLAUT),
      });
      const replyTo = `"J\u00fcrgen" <${UMLAUT}>`;
      await expect(
        client.send(aComposedMail({ headers: { From: 'a@b.example', 'Reply-To': replyTo } })),
      ).resolves.toEqual({ ...refused, response: needs(replyTo) });
      expect(rude.kept()).toEqual([]);
    } finally {
      await rude.close();
    }
  });

  it('of ours is our fault, and may work another day', async () => {
    const rude = await startRudeServer();
    try {
      const client = open({ smtpUrl: rude.smtpUrl });
      const outcome = { outcome: 'deferred', isOurFault: true, response: needs(UMLAUT) };
      await expect(client.send(aComposedMail({ envelopeFrom: UMLAUT }))).resolves.toEqual(outcome);
      await expect(client.send(aComposedMail({ headers: { From: UMLAUT } }))).resolves.toEqual(outcome);
    } finally {
      await rude.close();
    }
  });

  it('goes by a server that offers it, as do letters in a name or a domain by any server', async () => {
    for (const to of [UMLAUT, 'zo\u00eb@plain.example', '\u7528\u6237@\u4f8b\u5b50.example']) {
      await expect(open().send(aComposedMail({ to }))).resolves.toMatchObject({ outcome: 'accepted' });
    }
    const rude = await startRudeServer();
    try {
      const headers = { From: '"J\u00f6rg@home" <a@b.example>', 'Reply-To': 'help@b\u00fccher.example' };
      const mail = aComposedMail({ to: 'a@b\u00fccher.example', headers });
      await expect(open({ smtpUrl: rude.smtpUrl }).send(mail)).resolves.toMatchObject({ outcome: 'accepted' });
    } finally {
      await rude.close();
    }
  });

  it('is deferred while the server cannot be asked', async () => {
    const mail = aComposedMail({ to: UMLAUT });
    await expect(open({ smtpUrl: 'smtp://127.0.0.1:1' }).send(mail)).resolves.toMatchObject({
      outcome: 'deferred',
      isOurFault: false,
    });
  });
});
