/** What a mail shows, in reading order. HTML and plain text are two renderings of it. */
export type MailView = Readonly<{
  subject: string;
  /** The line that mail programs show beside the subject. */
  preview: string;
  heading: string;
  intro: readonly string[];
  items: readonly MailItem[];
  button: MailLink | null;
  steps: Readonly<{ title: string; items: readonly string[] }> | null;
  closing: readonly string[];
  footer: MailFooter;
}>;

/** A view as a template gets it. */
export type ShownMail = MailView &
  Readonly<{
    /** BCP 47. */
    language: string;
    /** As the language writes it, a space before it included. */
    colon: string;
  }>;

/** One social account. */
export type MailItem = Readonly<{
  network: string;
  account: string;
  tone: 'needs_you' | 'waiting' | 'well';
  lines: readonly string[];
}>;

export type MailLink = Readonly<{ label: string; url: string }>;

export type MailFooter = Readonly<{
  page: MailLink | null;
  smallPrint: readonly string[];
  unsubscribe: MailLink | null;
}>;
