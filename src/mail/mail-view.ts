/** What a mail shows, in reading order. HTML and plain text are two renderings of it. */
export type MailView = Readonly<{
  language: string;
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
