import type { MessageContent } from '../../domain/model/message-content.ts';
import type { Instant } from '../../domain/model/time.ts';
import type { Mail } from '../application.ts';
import type { Mailer } from '../ports.ts';
import { mailView } from '../reading/read-health.ts';
import { readMail } from '../reading/read-mail.ts';
import { assertOperator, scopeOf } from '../viewer.ts';
import { discardHeldMail, type HoldMailPorts, holdMail, releaseMail } from './hold-mail.ts';
import type { PreviewKind } from './preview-kinds.ts';
import { type RecordBouncePorts, recordBounce } from './record-bounce.ts';

export type MailPorts = HoldMailPorts &
  RecordBouncePorts &
  Readonly<{
    openMailer(): Promise<Mailer>;
    /** Made-up content of that kind. */
    previewContent(kind: PreviewKind, options: Readonly<{ at: Instant; to?: string; locale?: string }>): MessageContent;
  }>;

/** Mail that is stored: read, held, released, discarded, returned; and mail to look at, which is not. */
export function createMail(ports: MailPorts): Mail {
  const { mail, clock, openMailer, previewContent } = ports;
  return {
    list: async (viewer, { tenantId, state, limit }) => {
      const scope = scopeOf(viewer, tenantId);
      if (scope === null) return [];
      const page = await mail.list({ ...scope, state: state ?? undefined, limit, cursor: null });
      return page.items.map(mailView);
    },
    find: async (viewer, id) => await readMail(viewer, id, { ...ports, mailer: await openMailer() }),
    hold: (viewer, selection) => holdMail(viewer, selection, ports),
    release: (viewer, selection) => releaseMail(viewer, selection, ports),
    discard: (viewer, selection) => discardHeldMail(viewer, selection, ports),
    preview: async (viewer, kind, locale) => {
      assertOperator(viewer);
      return (await openMailer()).compose(previewContent(kind, { at: clock.now(), locale }));
    },
    test: async (viewer, to) => {
      assertOperator(viewer);
      const mailer = await openMailer();
      return await mailer.send(mailer.compose(previewContent('operator-test', { at: clock.now(), to })));
    },
    recordBounce: async (viewer, source) => {
      assertOperator(viewer);
      return await recordBounce(source, ports);
    },
  };
}
