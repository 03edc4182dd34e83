/** A mail as it arrived. */
export type CaughtMail = Readonly<{
  id: number;
  receivedAt: Date;
  from: string;
  /** MAIL FROM: the address to which the mail would be returned. */
  envelopeFrom: string;
  to: readonly string[];
  subject: string;
  text: string;
  html: string;
  /** The whole message, headers first, as it was sent. */
  source: string;
}>;

/** Whom a mail was for. */
export type Reader = 'owner' | 'operator';
