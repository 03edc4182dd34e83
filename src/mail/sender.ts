import type { Mailbox } from '../monitoring/tenants/email-address.ts';

/** The sender of a mail. */
export type Sender = Readonly<{
  address: string;
  /** The domain in every Message-ID and conversation id. */
  domain: string;
  /** The value of `From`, with a name. */
  header: string;
}>;

export function senderOf({ name, address }: Mailbox, defaultName: string): Sender {
  const domain = address.slice(address.lastIndexOf('@') + 1);
  return { address, domain, header: mailboxText({ name: name || defaultName, address }) };
}

/** As a header has it, before it is encoded. */
export function mailboxText({ name, address }: Mailbox): string {
  const shown = name.replaceAll(/\p{Cc}/gu, '');
  return shown === '' ? address : `"${shown.replaceAll(/["\\]/g, '\\$&')}" <${address}>`;
}
