import { randomBytes } from 'node:crypto';
import type { Config } from '../config/config.ts';
import { readBounded } from '../config/read-bounded.ts';
import { createBadgeLinks } from '../mail/badge-links.ts';
import { createConnectLinks } from '../mail/connect-links.ts';
import type { MailerOptions } from '../mail/create-mailer.ts';
import { deriveLinkKey, deriveReturnPathKey, deriveSessionKey } from '../mail/derive-keys.ts';
import { createFormTokens } from '../mail/form-tokens.ts';
import { createLinks } from '../mail/links.ts';
import { defaultReconnectSteps, type ReconnectSteps } from '../mail/reconnect-steps.ts';
import { createReturnPath } from '../mail/return-path.ts';
import { openOnce } from './open-once.ts';

/** The adapters that write mail, sign its links and addresses, and read returned mail. */
export async function openMailAdapters(config: Config) {
  const options = mailerOptionsOf(config, await readReconnectSteps(config));
  const mailer = openOnce(async () => (await import('../mail/create-mailer.ts')).createMailer(options));
  return {
    reconnectSteps: options.reconnectSteps,
    /** Loads nodemailer and the templates. */
    openMailer: mailer.open,
    closeMailer: async () => (await mailer.opened())?.close(),
    forms: createFormTokens(options),
    sessionKeys: keysOf(config, deriveSessionKey),
    links: createLinks(options),
    badgeLinks: createBadgeLinks(options),
    connectLinks: createConnectLinks(options),
    returnPath: createReturnPath({ ...options, mailFrom: options.mailFrom.address }),
  };
}

/** Placeholders stand in for what is not set, so that mail can be looked at where no mail server is configured. */
function mailerOptionsOf(config: Config, reconnectSteps: ReconnectSteps): MailerOptions {
  const { smtpUrl, from, ...mail } = config.mail;
  const mailFrom = from ?? { name: '', address: 'linkwatch@localhost' };
  return {
    ...mail,
    smtpUrl: smtpUrl ?? 'smtp://localhost',
    mailFrom,
    brand: config.brand,
    reconnectSteps,
    publicUrl: config.http.publicUrl,
    linkKeys: keysOf(config, deriveLinkKey),
    returnPathKeys: keysOf(config, deriveReturnPathKey),
  };
}

/** Without a configured key no link or signed address leaves this process, so a random key will do. */
function keysOf(
  { encryptionKeys }: Config,
  derive: (key: Uint8Array) => Uint8Array,
): readonly [Uint8Array, ...Uint8Array[]] {
  const [first, ...others] = encryptionKeys.map((key) => derive(key));
  return [first ?? new Uint8Array(randomBytes(32)), ...others];
}

async function readReconnectSteps({ mail }: Config): Promise<ReconnectSteps> {
  if (mail.reconnectStepsFile === null) return defaultReconnectSteps;
  const { parseReconnectSteps } = await import('../mail/parse-reconnect-steps.ts');
  const parsed = parseReconnectSteps(readBounded(mail.reconnectStepsFile).toString());
  if (parsed.ok) return parsed.steps;
  throw new Error(`RECONNECT_STEPS_FILE: ${parsed.problems.join('; ')}`);
}
