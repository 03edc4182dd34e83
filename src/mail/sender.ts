import addressparser from 'nodemailer/lib/addressparser';

/** One mail address, as a person writes it: `alerts@example.com` or `Name <alerts@example.com>`. */
export type Mailbox = Readonly<{ name: string; address: string; domain: string }>;

/** Throws when it is not exactly one address. */
export function parseMailbox(text: string): Mailbox {
  const [entry, ...others] = addressparser(text, { flatten: true });
  const { name = '', address = '' } = entry ?? {};
  const [, domain] = /^[^\s@<>]+@([^\s@<>]+)$/.exec(address) ?? [];
  if (domain === undefined || others.length > 0) throw new Error(`Not one mail address: ${JSON.stringify(text)}`);
  return { name, address, domain };
}

/** The sender of a mail. */
export type Sender = Readonly<{
  address: string;
  /** The domain in every Message-ID and conversation id. */
  domain: string;
  /** The value of `From`, with a name. */
  header: string;
}>;

export function senderOf({ name, address, domain }: Mailbox, defaultName: string): Sender {
  const shown = (name || defaultName).replaceAll(/["\\\p{Cc}]/gu, '');
  return { address, domain, header: `"${shown}" <${address}>` };
}
