import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Eta } from 'eta';
import type { ComposedMail, MessageContent } from '../../src/domain/model/message-content.ts';
import type { Instant } from '../../src/domain/model/time.ts';
import { createMailer, type MailServer } from '../../src/mail/create-mailer.ts';
import { previewContent } from '../../src/mail/preview-contents.ts';
import { type PreviewKind, previewKinds } from '../../src/monitoring/mailing/preview-kinds.ts';
import { mailerOptions } from '../support/mail-contents.ts';

type Place = Readonly<{ language: string; locale: string; timezone: string }>;

/** A reader of each language. */
const places: readonly Place[] = [
  { language: 'en', locale: 'en-US', timezone: 'America/New_York' },
  { language: 'de', locale: 'de-DE', timezone: 'Europe/Berlin' },
  { language: 'fr', locale: 'fr-FR', timezone: 'Europe/Paris' },
  { language: 'es', locale: 'es-ES', timezone: 'Europe/Madrid' },
  { language: 'pt', locale: 'pt-BR', timezone: 'America/Sao_Paulo' },
];

/** One page, complete in itself, of every mail there is: each language, light beside dark, and the plain text. */
export async function renderGallery(at: Instant): Promise<string> {
  const mailer = await createMailer(mailerOptions());
  const sections = previewKinds.map((kind) => ({ kind, mails: mailsOf(kind, at, mailer) }));
  const languages = places.map(({ language }) => language);
  const template = readFileSync(join(import.meta.dirname, 'mail-gallery.eta'), 'utf8');
  return new Eta({ autoEscape: true }).renderString(template, { languages, sections });
}

function mailsOf(kind: PreviewKind, at: Instant, mailer: MailServer) {
  return places.flatMap((place) => {
    const content = previewContent(kind, { at, locale: place.locale });
    // The operator's mail is in English alone.
    if ((content.recipient?.contact ?? null) === null && place.language !== 'en') return [];
    const mail = mailer.compose(letterTo(place, content));
    return [{ ...place, ...mail, light: forced(mail, 'light'), dark: forced(mail, 'dark') }];
  });
}

function letterTo({ timezone }: Place, content: MessageContent): MessageContent {
  const { recipient } = content;
  return recipient === null
    ? content
    : { ...content, recipient: { ...recipient, tenant: { ...recipient.tenant, timezone } } };
}

/** A page's scheme is its reader's own; here both are shown to the same reader. */
function forced({ html }: ComposedMail, scheme: 'light' | 'dark'): string {
  return html
    .replaceAll('(prefers-color-scheme: dark)', scheme === 'dark' ? 'all' : 'not all')
    .replaceAll('content="light dark"', `content="${scheme}"`)
    .replaceAll(/(color-scheme[s]?: )light dark/g, `$1${scheme}`);
}
