import type { MailFilter } from '../cli/app-port.ts';
import { previewLetter } from '../mail/preview-letters.ts';
import { readBounce } from '../mail/read-bounce.ts';
import { discardHeldMail, holdMail, type MailSelection, releaseMail } from '../monitoring/hold-mail.ts';
import type { PreviewKind } from '../monitoring/preview-kinds.ts';
import { mailView } from '../monitoring/read-health.ts';
import { readMail } from '../monitoring/read-mail.ts';
import { recordBounce } from '../monitoring/record-bounce.ts';
import type { Parts } from '../open-parts.ts';
import { holdPorts } from './hold-ports.ts';

/** Mail that is stored: held, released, looked at, returned. */
export function outbox(parts: Parts) {
  const { store, composer, clock, config, log, newId, returnPath } = parts;
  return {
    holdMail: (selection: MailSelection) => holdMail(selection, holdPorts(parts)),
    releaseMail: (selection: MailSelection) => releaseMail(selection, holdPorts(parts)),
    discardMail: (selection: MailSelection) => discardHeldMail(selection, holdPorts(parts)),
    listMail: async (filter: MailFilter) => (await store.mailLog.list({ ...filter, after: null })).map(mailView),
    showMail: async (id: string) =>
      readMail(id, { mail: store.mailLog, records: store.tenantRecords, mailer: await composer(), clock }),
    recordBounce: (source: Uint8Array) => {
      const { mailLog: mail, tenantRecords: records, operatorMail } = store;
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
export function mailServer({ composer, clock }: Parts) {
  return {
    previewMail: async (kind: PreviewKind, locale: string) =>
      (await composer()).compose(previewLetter(kind, { at: clock.now(), locale })),
    testMail: async (to: string) => {
      const mailer = await composer();
      return await mailer.send(mailer.compose(previewLetter('operator-test', { at: clock.now(), to })));
    },
  };
}
