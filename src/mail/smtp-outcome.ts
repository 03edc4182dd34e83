import type { DeliveryOutcome } from '../domain/model/message-content.ts';
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
  if (smtp.responseCode < 500) return { outcome: 'deferred', response, isOurFault: false };
  if (isOurFault(smtp)) return { outcome: 'deferred', response, isOurFault: true };
  return { outcome: 'refused', response, isAddressBad: isAddressBad(smtp) };
}

export function acceptedOutcome(response: string, scrub: (text: string) => string): DeliveryOutcome {
  return { outcome: 'accepted', response: oneLine(scrub(response)) };
}

function outcomeWithoutReply({ code, command }: SmtpError, response: string): DeliveryOutcome {
  // nodemailer itself turns down an address that no SMTP command could carry.
  if (code === 'EENVELOPE' && command === 'API') return { outcome: 'refused', response, isAddressBad: true };
  return { outcome: 'deferred', response, isOurFault: !networkCodes.includes(code) };
}

function isOurFault({ command, responseCode, response }: SmtpError): boolean {
  if (command !== 'RCPT TO' && command !== 'DATA') return true;
  if (responseCode !== null && repliesAboutUs.includes(responseCode)) return true;
  // RFC 3463: 5.1.7 and 5.1.8 are about the sender's address, which some servers judge only at RCPT.
  return /\b5\.1\.[78]\b/.test(response);
}

/** RFC 3463: 5.1.x is about the address. A server without such codes says 550 to a mailbox it does not have. */
function isAddressBad({ command, responseCode, response }: SmtpError): boolean {
  const [, enhanced] = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response) ?? [];
  if (enhanced !== undefined) return enhanced.startsWith('5.1.');
  return command === 'RCPT TO' && responseCode === 550;
}

function readError(error: unknown): SmtpError {
  const { code, command, responseCode, response, message } = Object(error) as Record<string, unknown>;
  const text = typeof response === 'string' ? response : typeof message === 'string' ? message : String(error);
  return {
    code: typeof code === 'string' ? code : '',
    command: typeof command === 'string' ? command : '',
    responseCode: typeof responseCode === 'number' ? responseCode : null,
    response: plainer.get(text) ?? text,
  };
}
