import type { MailServerCheck, MailServerStage } from '../ports.ts';
import type { DoctorCheck } from '../views.ts';
import { failed, passed } from './doctor-check.ts';

const NAME = 'mail server';

/** Where the conversation ended, as the first words of a line. */
const ended: Readonly<Record<MailServerStage, string>> = {
  connection: 'it cannot be talked to',
  login: 'it does not take our login',
  sender: 'it does not take our sender (MAIL FROM)',
  recipient: 'it does not take mail to the operator (RCPT TO)',
};

const remedies: Readonly<Record<MailServerStage, string>> = {
  connection: 'Check SMTP_URL: host, port, and smtp:// or smtps://; then its certificate, and this machine’s way out.',
  login: 'Check the user and the password in SMTP_URL.',
  sender: 'Set MAIL_FROM, or MAIL_RETURN_PATH, to an address that this server lets this login send from.',
  recipient:
    'Put the user and the password that may send there into SMTP_URL, or let that server relay for this machine.',
};

const OTHER_RECIPIENT = 'Set OPERATOR_EMAIL to an address that takes mail.';

/** How far a mail to the operator would come. */
export function mailServerCheck(mail: MailServerCheck | null): DoctorCheck {
  if (mail === null) return failed(NAME, 'not configured', 'Set SMTP_URL, MAIL_FROM and OPERATOR_EMAIL.');
  const { outcome, response } = mail;
  if (outcome === 'taken') return passed(NAME, `it would take mail to the operator: ${response}`);
  if (outcome === 'deferred') {
    return passed(NAME, `deferred: it would take mail later (greylisting, for instance). It says: ${response}`);
  }
  const remedy = mail.isAboutAddress ? OTHER_RECIPIENT : remedies[mail.stage];
  return failed(NAME, `${ended[mail.stage]}: ${response}`, remedy);
}
