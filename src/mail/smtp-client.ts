import nodemailer, { type PluginFunction } from 'nodemailer';
import pLimit from 'p-limit';
import type { ComposedMail, DeliveryOutcome } from '../domain/model/message-content.ts';
import { MINUTE_MS, SECOND_MS } from '../domain/model/time.ts';
import type { MailServerCheck } from '../monitoring/ports.ts';
import { type DkimKey, dkimSigning } from './dkim.ts';
import { createScrubber } from './scrub.ts';
import { acceptedOutcome, outcomeOfError } from './smtp-outcome.ts';
import { type Envelope, tryMailServer } from './try-mail-server.ts';
import { needOfUtf8, offersSmtpUtf8 } from './utf8-address.ts';

export type SmtpOptions = Readonly<{
  /** Null: mail is not signed. */
  dkim?: DkimKey | null;
  /** `smtp://` or `smtps://user:password@host:port`. */
  smtpUrl: string;
  /**
   * How long the server may take for each step; by default 5 min to greet, and 10 min for a reply (RFC 5321 4.5.3.2).
   */
  smtpTimeoutMs?: number;
  /** How long one mail may take in all; 30 min, the sum of RFC 5321's times for the stages. */
  sendTimeoutMs?: number;
  /** Connections kept open; further mails wait for one of them; 5. */
  smtpConnections?: number;
}>;

export type SmtpClient = Readonly<{
  send(mail: ComposedMail): Promise<DeliveryOutcome>;
  /** Whether the server takes our login, our sender and this recipient. No mail is sent. */
  tryServer(envelope: Envelope): Promise<MailServerCheck>;
  /** A mail that is being sent is broken off: without an answer after its final dot, its outcome is unknown. */
  close(): void;
}>;

/** Whoever asks whether the mail server works wants an answer soon. */
const CHECK_TIMEOUT_MS = 15 * SECOND_MS;

/**
 * Headers that receivers compare or sign as one line, and `List-Id`, encoded already; nodemailer would fold the former
 * (its issue 1654), and encode the latter whole, identifier included.
 */
const unfolded = ['List-Unsubscribe', 'List-Unsubscribe-Post', 'List-Id'];

export function createSmtpClient(options: SmtpOptions): SmtpClient {
  const { smtpUrl, sendTimeoutMs = 30 * MINUTE_MS, smtpConnections = 5 } = options;
  const scrub = createScrubber(smtpUrl);
  const server = serverOptions(options);
  const transport = openTransport({ ...server, maxConnections: smtpConnections }, options.dkim);
  const closing = new AbortController();
  const allSent = new WeakSet<AbortSignal>();
  transport.use('stream', noteAllSent(allSent));
  // A mail's time starts when it gets a connection, so a queue here does not eat it up.
  const limit = pLimit(smtpConnections);
  return {
    async send(mail) {
      if (!isAddress(mail.to)) return { outcome: 'refused', response: 'Not a mail address', isAddressBad: true };
      return await limit(async () => {
        const signal = AbortSignal.any([AbortSignal.timeout(sendTimeoutMs), closing.signal]);
        try {
          // nodemailer would send such an address raw to a server that does not take it.
          const withoutUtf8 = needOfUtf8(mail);
          if (withoutUtf8 !== null && !(await offersSmtpUtf8(server))) return withoutUtf8;
          const { response } = await transport.sendMail({ ...smtpMessageOf(mail), signal });
          return acceptedOutcome(response, scrub);
        } catch (error) {
          return outcomeOfError(error, { scrub, isAllSent: allSent.has(signal) });
        }
      });
    },
    tryServer(envelope) {
      const { smtpTimeoutMs: timeoutMs = CHECK_TIMEOUT_MS } = options;
      return tryMailServer({
        server: serverOptions({ ...options, smtpTimeoutMs: timeoutMs }),
        envelope,
        timeoutMs,
        scrub,
      });
    },
    close: () => {
      closing.abort();
      transport.close();
    },
  };
}

function serverOptions({ smtpUrl, smtpTimeoutMs }: SmtpOptions) {
  return {
    url: smtpUrl,
    connectionTimeout: smtpTimeoutMs ?? 5 * MINUTE_MS,
    dnsTimeout: smtpTimeoutMs ?? MINUTE_MS,
    greetingTimeout: smtpTimeoutMs ?? 5 * MINUTE_MS,
    socketTimeout: smtpTimeoutMs ?? 10 * MINUTE_MS,
  };
}

function openTransport(server: ReturnType<typeof serverOptions> & { maxConnections: number }, dkim?: DkimKey | null) {
  return nodemailer.createTransport({
    ...server,
    pool: true,
    // Retries are decided by the outbox, where they are visible.
    maxRequeues: 0,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(dkim == null ? {} : { dkim: dkimSigning(dkim) }),
  });
}

/**
 * Notes the moment of the final dot: from then on the server may have accepted the mail. Mails are told apart by their
 * signals.
 */
function noteAllSent(allSent: WeakSet<AbortSignal>): PluginFunction {
  return ({ data, message }, done) => {
    // The outermost stream, because DKIM reads the whole mail before it passes any of it on.
    const createReadStream = message.createReadStream.bind(message);
    message.createReadStream = (options) =>
      createReadStream(options).once('end', () => data.signal && allSent.add(data.signal));
    done();
  };
}

/**
 * Strict, because nodemailer drops characters that it cannot send, and so addresses another recipient; and a mark that
 * nobody sees, one that turns the direction of text for example, makes another address, too.
 */
function isAddress(text: string): boolean {
  return /^[^\s\p{Cc}\p{Cf}\p{Cs}@<>(),;:"\\]+@[^\s\p{Cc}\p{Cf}\p{Cs}@<>(),;:"\\]+$/u.test(text);
}

/** Nodemailer would go through the HTML twice, letter by letter, to choose the encoding that takes less. */
function htmlPart(html: string) {
  const mostlyLatin = Buffer.byteLength(html) < html.length * 1.5;
  const contentTransferEncoding = mostlyLatin ? 'quoted-printable' : 'base64';
  return { contentType: 'text/html; charset=utf-8', content: html, contentTransferEncoding };
}

function smtpMessageOf({ messageId, envelopeFrom, to, subject, html, text, headers }: ComposedMail) {
  return {
    envelope: { from: envelopeFrom, to: [to] },
    to: { name: '', address: to },
    messageId,
    subject,
    text,
    alternatives: [htmlPart(html)],
    headers: Object.entries(headers).map(([key, value]) => ({
      key,
      value: unfolded.includes(key) ? { prepared: true, foldLines: false, value } : value,
    })),
  };
}
