import type { CaughtMail } from '../../src/sandbox/caught-mail.ts';
import type { TakenMail } from './evidence.ts';

/** What a mail says to a reader, taken from its text alone: no row of Linkwatch's database is asked. */
export function readTakenMail(
  { to, subject, text, source, receivedAt }: CaughtMail,
  { tenantOf, isDropped }: Readonly<{ tenantOf: ReadonlyMap<string, string>; isDropped: boolean }>,
): TakenMail {
  const networks = [...text.matchAll(/^(Facebook|Instagram|LinkedIn|TikTok): /gm)].map(([, name = '']) => name);
  return {
    at: receivedAt.getTime(),
    messageId: /^Message-ID: (\S+)/im.exec(source)?.[1] ?? 'none',
    subject,
    tenantId: tenantOf.get(to[0] ?? '') ?? null,
    kind: /again since /.test(text) ? 'recovered' : /^What to do:/m.test(text) ? 'alert' : 'other',
    networks: networks.map((name) => name.toLowerCase()),
    isDropped,
  };
}
