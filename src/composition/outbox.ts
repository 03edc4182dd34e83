import { previewContent } from '../mail/preview-contents.ts';
import { readBounce } from '../mail/read-bounce.ts';
import type { MailFilter } from '../monitoring/application.ts';
import { discardHeldMail, holdMail, type MailSelection, releaseMail } from '../monitoring/mailing/hold-mail.ts';
import type { PreviewKind } from '../monitoring/mailing/preview-kinds.ts';
import { recordBounce } from '../monitoring/mailing/record-bounce.ts';
import { mailView } from '../monitoring/reading/read-health.ts';
import { readMail } from '../monitoring/reading/read-mail.ts';
import type { Adapters } from './adapters.ts';
import { holdPorts } from './hold-ports.ts';

/** Mail that is stored: held, released, looked at, returned. */
export function outbox(adapters: Adapters) {
  const { store, composer, clock, config, log, newId, returnPath } = adapters;
  return {
    holdMail: (selection: MailSelection) => holdMail(selection, holdPorts(adapters)),
    releaseMail: (selection: MailSelection) => releaseMail(selection, holdPorts(adapters)),
    discardMail: (selection: MailSelection) => discardHeldMail(selection, holdPorts(adapters)),
    listMail: async ({ tenantId, state, limit }: MailFilter) => {
      const page = await store.mail.list({ tenantId, state: state ?? undefined, limit, cursor: null });
      return page.items.map(mailView);
    },
    showMail: async (id: string) =>
      readMail(id, { mail: store.mail, records: store.records, mailer: await composer(), clock }),
    recordBounce: (source: Uint8Array) => {
      const { mail, records, operatorMail } = store;
      const { operatorEmail } = config.mail;
      const reading = {
        read: readBounce,
        readAddress: returnPath.read,
        hasReturnPath: config.mail.returnPath !== null,
      };
      return recordBounce(source, { clock, log, newId, mail, records, operatorMail, operatorEmail, ...reading });
    },
  };
}

/** What asks the mail server, or nobody, but never the database. */
export function mailServer({ composer, clock }: Adapters) {
  return {
    previewMail: async (kind: PreviewKind, locale: string) =>
      (await composer()).compose(previewContent(kind, { at: clock.now(), locale })),
    testMail: async (to: string) => {
      const mailer = await composer();
      return await mailer.send(mailer.compose(previewContent('operator-test', { at: clock.now(), to })));
    },
  };
}
