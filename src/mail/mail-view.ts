import type { Speaker } from '../words/brand.ts';
import type { BrandColors } from '../words/brand-colors.ts';

/** The visible parts of a mail, in reading order. HTML and plain text are two renderings of them. */
export type MailView = Readonly<{
  subject: string;
  /** The line that mail programs show beside the subject. */
  preview: string;
  heading: string;
  intro: readonly string[];
  items: readonly MailItem[];
  /** How many more accounts there are than items, with the way to all of them; null when there are none. */
  more: Readonly<{ label: string; url: string | null }> | null;
  button: MailLink | null;
  /** Links beside the button, less prominent. */
  quietLinks: readonly MailLink[];
  steps: Readonly<{ title: string; items: readonly string[] }> | null;
  /** What a person needs to know before following the steps. */
  facts: Readonly<{ title: string; items: readonly string[] }> | null;
  sections: readonly MailSection[];
  commands: readonly MailCommand[];
  closing: readonly string[];
  footer: MailFooter;
}>;

/** A mail that asks for no action. */
export const onlyWords = {
  items: [],
  more: null,
  button: null,
  quietLinks: [],
  steps: null,
  facts: null,
  sections: [],
  commands: [],
} as const satisfies Partial<MailView>;

/** A view as a template gets it. */
export type ShownMail = MailView &
  Readonly<{
    /** BCP 47. */
    language: string;
    /** The colon as the language writes it, with the space that French sets before it. */
    colon: string;
    speaker: Speaker;
    colors: BrandColors;
  }>;

/** One social account. */
export type MailItem = Readonly<{
  network: string;
  account: string;
  tone: 'needs_you' | 'waiting' | 'well';
  lines: readonly string[];
}>;

/** One list of a report. */
export type MailSection = Readonly<{
  title: string;
  items: readonly Readonly<{ title: string; line: string }>[];
  /** How many more there are. */
  more: string | null;
  command: MailCommand | null;
}>;

/** A command for the operator's terminal. */
export type MailCommand = Readonly<{ label: string; line: string }>;

export type MailLink = Readonly<{ label: string; url: string }>;

export type MailFooter = Readonly<{
  page: MailLink | null;
  /** The same page, for the reader to pass on to whoever is meant instead. */
  forward: MailLink | null;
  smallPrint: readonly string[];
  links: readonly MailLink[];
}>;
