import type { Mailer } from '../monitoring/ports.ts';
import { composeMessage } from './compose-message.ts';
import { createLinks, type LinksOptions } from './links.ts';
import { loadTemplates } from './load-templates.ts';
import type { ReconnectSteps } from './reconnect-steps.ts';
import { createReturnPath, type ReturnPathOptions } from './return-path.ts';
import { parseMailbox } from './sender.ts';
import { createSmtpClient, type SmtpClient, type SmtpOptions } from './smtp-client.ts';

export type MailerOptions = LinksOptions &
  SmtpOptions &
  Omit<ReturnPathOptions, 'mailFrom'> &
  Readonly<{
    /** `alerts@example.com` or `Name <alerts@example.com>`; its domain also names messages. */
    mailFrom: string;
    replyTo: string | null;
    /** The address that readers write to when there is no `replyTo`. */
    operatorEmail: string;
    /** The page that the mail's button opens. */
    reconnectUrl: string;
    reconnectSteps: ReconnectSteps;
  }>;

/** The port `Mailer`, with the functions that commands need besides. */
export type MailServer = Mailer & Pick<SmtpClient, 'verify' | 'close'>;

/** Compiles the templates and connects to nothing yet. Rejects when an address cannot be parsed. */
export async function createMailer(options: MailerOptions): Promise<MailServer> {
  const from = parseMailbox(options.mailFrom);
  const composing = {
    ...options,
    templates: await loadTemplates(),
    links: createLinks(options),
    from,
    returnPath: createReturnPath({ ...options, mailFrom: from.address }),
    helpAddress: parseMailbox(options.replyTo ?? options.operatorEmail).address,
  };
  return { compose: (content) => composeMessage(content, composing), ...createSmtpClient(options) };
}
