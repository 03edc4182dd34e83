import nodemailer from 'nodemailer';
import type { ComposedMail, DeliveryOutcome } from '../domain/model/message-content.ts';

/** A letter beyond ASCII before the @ of a bare address, or of one in brackets behind a name. */
const UTF8_LOCAL_PART = /[^\p{ASCII}][^@<>\s]*@[^@<>]*>?$/u;

/** Why a mail cannot go by a server without SMTPUTF8 (RFC 6531); null for a mail that any server can take. */
export function needOfUtf8({ to, envelopeFrom, headers }: ComposedMail): DeliveryOutcome | null {
  const ours = [envelopeFrom, headers.From].find(needsUtf8);
  if (ours !== undefined) return { outcome: 'deferred', response: withoutSmtpUtf8(ours), isOurFault: true };
  const theirs = [to, headers['Reply-To']].find(needsUtf8);
  return theirs === undefined ? null : { outcome: 'refused', response: withoutSmtpUtf8(theirs), isAddressBad: false };
}

export function needsUtf8(address = ''): boolean {
  return UTF8_LOCAL_PART.test(address);
}

export function withoutSmtpUtf8(address: string): string {
  return `The mail server does not offer SMTPUTF8, which ${address} needs`;
}

/** Asks on a connection of its own, because nodemailer tells nobody what a server offers. Rejects as sending would. */
export async function offersSmtpUtf8(options: Readonly<{ url: string }>): Promise<boolean> {
  let isOffered = false;
  const note = (_: unknown, line: unknown) => {
    if (/^250[ -]SMTPUTF8\b/im.test(String(line))) isOffered = true;
  };
  const ignore = () => undefined;
  const logger = {
    trace: ignore,
    debug: note,
    info: ignore,
    warn: ignore,
    error: ignore,
    fatal: ignore,
    level: ignore,
  };
  await nodemailer.createTransport({ ...options, logger, transactionLog: true }).verify();
  return isOffered;
}
