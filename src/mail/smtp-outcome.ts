import { refusedBy } from '../domain/delivery/refusal.ts';
import type { DeliveryOutcome } from '../domain/model/message-content.ts';
import { withCertificateHint } from '../words/untrusted-certificate.ts';
import { oneLine } from './one-line.ts';

/** The fields that nodemailer sets on its errors; `command` names the stage that failed. */
type SmtpError = Readonly<{ code: string; command: string; responseCode: number | null; response: string }>;

/** nodemailer's codes for a network failure, which is neither our fault nor the recipient's. */
const networkCodes = ['ECONNECTION', 'ETIMEDOUT', 'ESOCKET', 'EDNS', 'EPROTOCOL', 'EABORT'];
/** nodemailer's messages about its own pool and signals, reworded in terms of the mail server. */
const plainer = new Map([
  ['Reached maximum number of retries after connection was closed', 'The server closed the connection'],
  ['Message sending aborted', 'The server took too long'],
]);
/** Codes about our login (RFC 4954) or our order of commands, whatever the command that they answer. */
const repliesAboutUs = [503, 530, 534, 535, 538];

type Sending = Readonly<{
  scrub: (text: string) => string;
  /** The final dot was sent: without a reply to it the outcome is unknown. */
  isAllSent: boolean;
}>;

/** Translates an error of nodemailer into the mail's outcome: whose fault it is, and whether to try again. */
export function outcomeOfError(error: unknown, { scrub, isAllSent }: Sending): DeliveryOutcome {
  const smtp = readError(error);
  const response = oneLine(scrub(smtp.response));
  if (smtp.responseCode === null && isAllSent) return { outcome: 'unknown', response };
  if (smtp.responseCode === null) return outcomeWithoutReply(smtp, response);
  if (smtp.responseCode < 500) return { outcome: 'deferred', response, isOurFault: isRelayingDeferred(smtp) };
  const refused = refusedBy(smtp.response);
  if (isLoginOrSender(smtp) || refused === 'us') return { outcome: 'deferred', response, isOurFault: true };
  return { outcome: 'refused', response, isAddressBad: refused === 'mailbox' };
}

export function acceptedOutcome(response: string, scrub: (text: string) => string): DeliveryOutcome {
  return { outcome: 'accepted', response: oneLine(scrub(response)) };
}

function outcomeWithoutReply({ code, command }: SmtpError, response: string): DeliveryOutcome {
  // nodemailer itself turns down an address that no SMTP command could carry.
  if (code === 'EENVELOPE' && command === 'API') return { outcome: 'refused', response, isAddressBad: true };
  return { outcome: 'deferred', response, isOurFault: !networkCodes.includes(code) };
}

function isLoginOrSender({ command, responseCode }: SmtpError): boolean {
  if (command !== 'RCPT TO' && command !== 'DATA') return true;
  return responseCode !== null && repliesAboutUs.includes(responseCode);
}

function isRelayingDeferred({ command, response }: SmtpError): boolean {
  return command === 'RCPT TO' && isRelayingDenied(response);
}

/** Postfix answers 454 instead of 554 to a client that may not relay, and stays with that answer. */
export function isRelayingDenied(response: string): boolean {
  return /\brelay(ing)? (access )?(is )?(denied|not permitted|not allowed)/i.test(response);
}

/** What the server said, else what the library says. */
export function responseOf(error: unknown): string {
  return readError(error).response;
}

function readError(error: unknown): SmtpError {
  const { code, command, responseCode, response, message } = Object(error) as Record<string, unknown>;
  const text = typeof response === 'string' ? response : typeof message === 'string' ? message : String(error);
  return {
    code: typeof code === 'string' ? code : '',
    command: typeof command === 'string' ? command : '',
    responseCode: typeof responseCode === 'number' ? responseCode : null,
    response: plainer.get(text) ?? (typeof response === 'string' ? text : withCertificateHint(text)),
  };
}
