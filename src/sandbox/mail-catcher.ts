import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerEnvelope, type SMTPServerOptions } from 'smtp-server';
import type { CaughtMail, Reader } from './caught-mail.ts';
import { createMailPages } from './mail-pages.ts';

/** Older mails are forgotten, so that a catcher may run for days. */
const MAILS_KEPT = 1000;

/** The stages of an SMTP session at which a server may refuse. */
export type SmtpStage = 'greeting' | 'login' | 'sender' | 'recipient' | 'message';

export type MailCatcherOptions = Readonly<{
  /** 0 or nothing means any free port. */
  smtpPort?: number;
  webPort?: number;
  onMail?: (mail: CaughtMail) => void;
  /** Whom a mail was for; an owner unless this says otherwise. */
  readerOf?: (mail: CaughtMail) => Reader;
  /** The only login that is accepted; without this option every login is. */
  login?: Readonly<{ user: string; password: string }>;
  /**
   * What the server says instead of yes, at `recipient` to that address; an error's `responseCode` is its SMTP code.
   */
  refuse?: (stage: SmtpStage, address?: string) => Promise<Error | null>;
}>;

export type MailCatcher = Readonly<{
  smtpUrl: string;
  /** Every mail, newest first, to be read in a browser. */
  webUrl: string;
  /** The address at which one mail is shown as its reader sees it. */
  mailUrl(mail: CaughtMail): string;
  /** Oldest first. */
  mails(): readonly CaughtMail[];
  /** Closes every connection at once. */
  dropConnections(): void;
  close(): Promise<void>;
}>;

/** A mail server on loopback that delivers nothing: it keeps and shows the mails that it gets. */
export async function startMailCatcher(options: MailCatcherOptions = {}): Promise<MailCatcher> {
  const caught: CaughtMail[] = [];
  const sockets = new Set<Socket>();
  let lastId = 0;
  const keep = (mail: Omit<CaughtMail, 'id'>) => {
    lastId += 1;
    const numbered = { ...mail, id: lastId };
    caught.push(numbered);
    caught.splice(0, caught.length - MAILS_KEPT);
    options.onMail?.(numbered);
  };
  const smtp = new SMTPServer(smtpOptions(options, keep));
  // A client that disconnects is no error of the server.
  smtp.on('error', () => {});
  smtp.server.on('connection', (socket) => {
    sockets.add(socket.once('close', () => sockets.delete(socket)));
  });
  const { readerOf = () => 'owner' } = options;
  const web = createServer(createMailPages({ mails: () => caught, readerOf }));
  const smtpPort = await listen(smtp.listen(options.smtpPort ?? 0, '127.0.0.1'));
  const webUrl = `http://127.0.0.1:${await listen(web.listen(options.webPort ?? 0, '127.0.0.1'))}`;
  const dropConnections = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    smtpUrl: `smtp://127.0.0.1:${smtpPort}`,
    webUrl,
    mailUrl: ({ id }) => `${webUrl}/mails/${id}`,
    mails: () => [...caught],
    dropConnections,
    async close() {
      dropConnections();
      web.closeAllConnections();
      await Promise.all([
        new Promise<void>((resolve) => smtp.close(resolve)),
        new Promise<void>((resolve) => web.close(() => resolve())),
      ]);
    },
  };
}

async function listen(server: { address(): AddressInfo | string | null } & NodeJS.EventEmitter): Promise<number> {
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function smtpOptions(
  { login, refuse = async () => null }: MailCatcherOptions,
  keep: (mail: Omit<CaughtMail, 'id'>) => void,
): SMTPServerOptions {
  const answer = (stage: SmtpStage, callback: (error?: Error | null) => void, address?: string) => {
    refuse(stage, address).then(callback, callback);
  };
  return {
    // Without STARTTLS and its self-signed certificate, which a client must not trust.
    disabledCommands: login === undefined ? ['STARTTLS', 'AUTH'] : ['STARTTLS'],
    allowInsecureAuth: true,
    logger: false,
    closeTimeout: 100,
    onConnect: (_session, callback) => answer('greeting', callback),
    onAuth({ username, password }, _session, callback) {
      const isRight = username === login?.user && password === login?.password;
      answer('login', (error) => {
        if (error) callback(error);
        else if (isRight) callback(null, { user: username });
        else callback(Object.assign(new Error(`Invalid login for ${username}`), { responseCode: 535 }));
      });
    },
    onMailFrom: (_address, _session, callback) => answer('sender', callback),
    onRcptTo: ({ address }, _session, callback) => answer('recipient', callback, address),
    onData(stream, { envelope }, callback) {
      const finish = async () => {
        const source = await buffer(stream);
        const refusal = await refuse('message');
        if (refusal === null) keep({ ...(await readMail(source)), ...addressesOf(envelope) });
        callback(refusal);
      };
      finish().catch(callback);
    },
  };
}

function addressesOf({ mailFrom, rcptTo }: SMTPServerEnvelope): Pick<CaughtMail, 'envelopeFrom' | 'to'> {
  return { envelopeFrom: mailFrom === false ? '' : mailFrom.address, to: rcptTo.map(({ address }) => address) };
}

async function readMail(source: Buffer): Promise<Omit<CaughtMail, 'id' | 'to' | 'envelopeFrom'>> {
  const parsed = await simpleParser(source);
  return {
    receivedAt: new Date(),
    from: parsed.from?.text ?? '',
    subject: parsed.subject ?? '',
    text: parsed.text ?? '',
    html: parsed.html || '',
    source: source.toString('utf8'),
  };
}
