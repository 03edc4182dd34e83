import type { Mailbox } from '../domain/model/email-address.ts';
import { domainOf } from '../domain/model/email-domain.ts';

/** An encoded word has 75 characters at most. */
const WORD_BYTES = 42;

/** The sender of a mail. */
export type Sender = Readonly<{
  address: string;
  /** The domain in every Message-ID and conversation id. */
  domain: string;
  /** The value of `From`, with a name. */
  header: string;
}>;

export function senderOf({ name, address }: Mailbox, defaultName: string): Sender {
  return { address, domain: domainOf(address), header: mailboxText({ name: name || defaultName, address }) };
}

/**
 * A name before an angle bracket in a header that is no address (RFC 5322 phrase), encoded where it must be (RFC 2047):
 * nodemailer would encode the identifier too.
 */
export function phraseText(name: string): string {
  const shown = withoutControls(name);
  if (/^[\x20-\x7e]*$/.test(shown)) return quoted(shown);
  const words = [''];
  for (const letter of shown) {
    const last = `${words.at(-1)}${letter}`;
    if (Buffer.byteLength(last) > WORD_BYTES) words.push(letter);
    else words.splice(-1, 1, last);
  }
  return words.map((word) => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`).join(' ');
}

/** The mailbox as a header has it, before it is encoded. */
export function mailboxText({ name, address }: Mailbox): string {
  const shown = withoutControls(name);
  return shown === '' ? address : `${quoted(shown)} <${address}>`;
}

function withoutControls(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '');
}

function quoted(text: string): string {
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
}
