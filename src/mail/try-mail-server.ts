import SMTPConnection, { type SMTPConnectionCustomAuthContext as Session } from 'nodemailer/lib/smtp-connection';
import SMTPTransport from 'nodemailer/lib/smtp-transport';
import { refusedBy } from '../domain/delivery/refusal.ts';
import { SECOND_MS } from '../domain/model/time.ts';
import type { MailServerCheck, MailServerStage } from '../monitoring/ports.ts';
import { oneLine } from './one-line.ts';
import { isRelayingDenied, responseOf } from './smtp-outcome.ts';
import { needsUtf8, withoutSmtpUtf8 } from './utf8-address.ts';

export type Envelope = Readonly<{ from: string; to: string }>;

type Trial = Readonly<{
  server: Readonly<{ url: string }>;
  envelope: Envelope;
  /** For the whole conversation. */
  timeoutMs: number;
  scrub: (text: string) => string;
}>;

type Reply = Readonly<{ status: number; response: string }>;
/** How far the conversation came, and what the server said to the sender or the recipient. */
type Progress = { stage: MailServerStage; reply: Reply | null };

/** Named like a SASL method: nodemailer runs a handler of such a name instead of a login. */
const ENVELOPE = 'LINKWATCH-ENVELOPE';

/**
 * Talks to the server as if a mail were to be sent, up to `RCPT TO`, then takes it back with `RSET`: no mail is sent.
 * nodemailer has no call for that, but a documented handler of authentication may send any command; here such a handler
 * runs after the real login. Never rejects.
 */
export async function tryMailServer({ server, envelope, timeoutMs, scrub }: Trial): Promise<MailServerCheck> {
  const { options, auth } = new SMTPTransport(server);
  const progress: Progress = { stage: 'connection', reply: null };
  const customAuth = { [ENVELOPE]: (session: Session) => offerEnvelope(session, envelope, progress) };
  const connection = new SMTPConnection({ ...options, customAuth });
  const broken = Promise.withResolvers<never>();
  const timer = setTimeout(() => broken.reject(new Error(`No answer within ${timeoutMs / SECOND_MS} s`)), timeoutMs);
  connection.on('error', broken.reject);
  connection.once('end', () => broken.reject(new Error('The server closed the connection')));
  try {
    await Promise.race([converse(connection, auth, progress), broken.promise]);
    connection.quit();
  } catch (error) {
    if (progress.reply === null) {
      return {
        outcome: 'failed',
        stage: progress.stage,
        response: oneLine(scrub(responseOf(error))),
        isAboutAddress: false,
      };
    }
  } finally {
    clearTimeout(timer);
    connection.close();
  }
  return judge(progress, scrub);
}

async function converse(connection: SMTPConnection, auth: SMTPTransport['auth'], progress: Progress): Promise<void> {
  await called((done) => connection.connect(done));
  // As sending does: where the server offers no login, a mail is sent without.
  if (auth && connection.allowsAuth) {
    progress.stage = 'login';
    await called((done) => connection.login(auth, done));
  }
  progress.stage = 'sender';
  await called((done) => connection.login({ method: ENVELOPE }, done));
}

function called(call: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => call((error) => (error ? reject(error) : resolve())));
}

async function offerEnvelope(session: Session, { from, to }: Envelope, progress: Progress): Promise<void> {
  const say = async (stage: MailServerStage, command: string) => {
    Object.assign(progress, { stage, reply: null });
    progress.reply = await session.sendCommand(command);
    return isTaken(progress.reply);
  };
  const foreign = [from, to].find(needsUtf8);
  if (foreign !== undefined && !session.extensions.includes('SMTPUTF8')) {
    progress.stage = foreign === from ? 'sender' : 'recipient';
    throw new Error(withoutSmtpUtf8(foreign));
  }
  const parameters = foreign === undefined ? '' : ' SMTPUTF8';
  if (await say('sender', `MAIL FROM:<${from}>${parameters}`)) await say('recipient', `RCPT TO:<${to}>`);
  await session.sendCommand('RSET');
}

function isTaken({ status }: Reply): boolean {
  return status >= 200 && status < 300;
}

function judge({ stage, reply }: Progress, scrub: (text: string) => string): MailServerCheck {
  const { status = 0, response: said = '' } = reply ?? {};
  const response = oneLine(scrub(said));
  if (reply !== null && isTaken(reply)) return { outcome: 'taken', response };
  const isForLater = status >= 400 && status < 500 && !isRelayingDenied(said);
  if (isForLater) return { outcome: 'deferred', stage, response };
  return { outcome: 'failed', stage, response, isAboutAddress: stage === 'recipient' && refusedBy(said) !== 'us' };
}
