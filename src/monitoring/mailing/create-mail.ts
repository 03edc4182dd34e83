import type { MessageContent } from '../../domain/model/message-content.ts';
import type { Instant } from '../../domain/model/time.ts';
import type { Mail } from '../application.ts';
import { holdView } from '../hold-view.ts';
import { mapPage } from '../pages.ts';
import type { Mailer } from '../ports.ts';
import { type ExplainPorts, explain, explainContact } from '../reading/explain.ts';
import { mailView, readMail } from '../reading/read-mail.ts';
import { forFleet, pageSeen } from '../viewer.ts';
import { createMailHolds, type HoldMailPorts } from './hold-mail.ts';
import type { PreviewKind } from './preview-kinds.ts';
import { type RecordBouncePorts, recordBounce } from './record-bounce.ts';

export type MailPorts = HoldMailPorts &
  ExplainPorts &
  RecordBouncePorts &
  Readonly<{
    openMailer(): Promise<Mailer>;
    /** Null when OPERATOR_EMAIL is not set. */
    operatorEmail: string | null;
    /** Made-up content of that kind. */
    previewContent(kind: PreviewKind, options: Readonly<{ at: Instant; to?: string; locale?: string }>): MessageContent;
  }>;

/** Mail that is stored: read, held, released, discarded, returned; and mail to look at, which is not. */
export function createMail(ports: MailPorts): Mail {
  const { mail, holds, clock, openMailer, operatorEmail, previewContent } = ports;
  return {
    list: async (viewer, query) => {
      const page = await pageSeen(viewer, query.tenantId, (scope) => mail.list({ ...query, ...scope }));
      return mapPage(page, mailView);
    },
    find: async (viewer, id) => await readMail(viewer, id, { ...ports, mailer: await openMailer() }),
    explain: (viewer, request) => explain(viewer, request, ports),
    explainContact: (viewer, request) => explainContact(viewer, request, ports),
    holds: forFleet('read', async () => (await holds.active()).map(holdView)),
    ...createMailHolds(ports),
    preview: forFleet('read', async (kind: PreviewKind, locale: string) =>
      (await openMailer()).compose(previewContent(kind, { at: clock.now(), locale })),
    ),
    test: forFleet('operate', async (address: string | null) => {
      const to = address ?? operatorEmail;
      if (to === null) return { outcome: 'no_address' };
      const mailer = await openMailer();
      return { to, ...(await mailer.send(mailer.compose(previewContent('operator-test', { at: clock.now(), to })))) };
    }),
    recordBounce: forFleet('operate', (source: Uint8Array) => recordBounce(source, ports)),
  };
}
