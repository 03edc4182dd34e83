import type { Mailbox } from '../domain/model/email-address.ts';
import type { Mailer, MailServerCheck } from '../monitoring/ports.ts';
import type { Brand } from '../words/brand.ts';
import { composeMessage } from './compose-message.ts';
import { createConnectLinks } from './connect-links.ts';
import { createLinks, type LinksOptions } from './links.ts';
import { loadTemplates } from './load-templates.ts';
import { messageIdOf } from './mail-headers.ts';
import type { ReconnectSteps } from './reconnect-steps.ts';
import { createReturnPath, type ReturnPathOptions } from './return-path.ts';
import { senderOf } from './sender.ts';
import { createSmtpClient, type SmtpClient, type SmtpOptions } from './smtp-client.ts';

export type MailerOptions = LinksOptions &
  SmtpOptions &
  Omit<ReturnPathOptions, 'mailFrom'> &
  Readonly<{
    /** Its domain also names messages. */
    mailFrom: Mailbox;
    replyTo: Mailbox | null;
    brand: Brand;
    /** The page that the mail's button opens. */
    reconnectUrl: string;
    reconnectSteps: ReconnectSteps;
  }>;

/** The port `Mailer`, with the functions that commands need besides. */
export type MailServer = Mailer &
  Pick<SmtpClient, 'close'> &
  Readonly<{
    /** Whether the server would take a mail to the operator, or to our own address where none is set. None is sent. */
    tryServer(operatorEmail: string | null): Promise<MailServerCheck>;
  }>;

/** Loads the templates and connects to nothing yet. */
export async function createMailer(options: MailerOptions): Promise<MailServer> {
  const composing = {
    ...options,
    templates: await loadTemplates(),
    links: createLinks(options),
    connectLinks: createConnectLinks(options),
    from: options.mailFrom,
    returnPath: createReturnPath({ ...options, mailFrom: options.mailFrom.address }),
  };
  const smtp = createSmtpClient(options);
  const sender = senderOf(options.mailFrom, options.brand.name);
  return {
    messageIdOf: (notificationId) => messageIdOf(notificationId, sender),
    compose: (content) => composeMessage(content, composing),
    ...smtp,
    tryServer: (operatorEmail) =>
      smtp.tryServer({ from: composing.returnPath.plain, to: operatorEmail ?? options.mailFrom.address }),
  };
}
