import type { ComposedMail, DeliveryOutcome, MessageContent } from '../../src/domain/model/message-content.ts';
import type { Instant } from '../../src/domain/model/time.ts';
import type { Clock, Mailer } from '../../src/monitoring/ports.ts';

export const accepted: DeliveryOutcome = { outcome: 'accepted', response: '250 2.0.0 queued' };
export const deferred: DeliveryOutcome = { outcome: 'deferred', response: 'connection refused', isOurFault: false };
export const refused: DeliveryOutcome = { outcome: 'refused', response: '554 5.7.1 spam', isAddressBad: false };
export const unknownAddress: DeliveryOutcome = {
  outcome: 'refused',
  response: '550 5.1.1 no such user',
  isAddressBad: true,
};

/** One attempt to send, whatever came of it. */
export type Attempt = Readonly<{ at: Instant; mail: ComposedMail; content: MessageContent }>;

export type ScriptedMailer = Mailer &
  Readonly<{
    /** What the server answers from now on; it accepts unless told otherwise. */
    answers(outcome: DeliveryOutcome): void;
    /** What it answers to the mail for one address from now on. */
    answersTo(address: string, outcome: DeliveryOutcome): void;
    /** It answers nothing until the release, which gives each of the held attempts its answer. */
    holds(): (outcome: DeliveryOutcome) => void;
    /** The same for the next attempt alone. */
    holdsNext(): (outcome: DeliveryOutcome) => void;
    /** The same for mail to one domain. */
    holdsMailTo(domain: string): (outcome: DeliveryOutcome) => void;
    /** Mail to this address cannot even be written. */
    cannotWriteTo(address: string): void;
    attempts: readonly Attempt[];
    /** Those of them that the server accepted. */
    taken: readonly Attempt[];
    /** What the server accepted, readable: `jane@bakery.example alert: reconnect facebook`. */
    accepted(): readonly string[];
    /** The same, with the minute in UTC before it: `2026-01-15 14:00 jane@…`. */
    diary(): readonly string[];
    mostInFlight(): number;
  }>;

/** A mail server as a script says, and a post office that writes the shortest possible mail. */
export function scriptedMailer(clock: Pick<Clock, 'now'>): ScriptedMailer {
  const attempts: Attempt[] = [];
  const taken: Attempt[] = [];
  const contents = new Map<string, MessageContent>();
  const byAddress = new Map<string, DeliveryOutcome>();
  const unwritable = new Set<string>();
  let standing: DeliveryOutcome = accepted;
  let held: Promise<DeliveryOutcome> | null = null;
  let heldNext: Promise<DeliveryOutcome> | null = null;
  const heldByDomain = new Map<string, Promise<DeliveryOutcome>>();
  let inFlight = 0;
  let mostInFlight = 0;

  return {
    answers: (outcome) => {
      standing = outcome;
    },
    answersTo: (address, outcome) => byAddress.set(address, outcome),
    holds: () => {
      const { promise, resolve } = Promise.withResolvers<DeliveryOutcome>();
      held = promise;
      return (outcome) => {
        held = null;
        resolve(outcome);
      };
    },
    holdsNext: () => {
      const { promise, resolve } = Promise.withResolvers<DeliveryOutcome>();
      heldNext = promise;
      return resolve;
    },
    holdsMailTo: (domain) => {
      const { promise, resolve } = Promise.withResolvers<DeliveryOutcome>();
      heldByDomain.set(domain, promise);
      return resolve;
    },
    cannotWriteTo: (address) => unwritable.add(address),
    attempts,
    taken,
    accepted: () => taken.map(lineOf),
    diary: () => taken.map((attempt) => `${minuteOf(attempt.at)} ${lineOf(attempt)}`),
    mostInFlight: () => mostInFlight,
    messageIdOf,
    compose: (content) => {
      if (unwritable.has(content.to)) throw new Error('no words for it');
      const mail = composed(content);
      contents.set(mail.messageId, content);
      return mail;
    },
    send: async (mail) => {
      const content = contents.get(mail.messageId);
      if (content === undefined) throw new Error('nobody wrote this mail');
      attempts.push({ at: clock.now(), mail, content });
      inFlight += 1;
      mostInFlight = Math.max(mostInFlight, inFlight);
      const answer = heldNext ?? held ?? heldByDomain.get(mail.to.split('@')[1] ?? '');
      heldNext = null;
      const outcome = (await answer) ?? byAddress.get(mail.to) ?? standing;
      inFlight -= 1;
      if (outcome.outcome === 'accepted') taken.push({ at: clock.now(), mail, content });
      return outcome;
    },
  };
}

function messageIdOf(notificationId: string): string {
  return `<${notificationId}@linkwatch.example>`;
}

function composed(content: MessageContent): ComposedMail {
  const subject = `${content.kind}: ${content.report?.about ?? problemsOf(content)}`;
  return {
    messageId: messageIdOf(content.notificationId),
    envelopeFrom: 'alerts@linkwatch.example',
    to: content.to,
    subject,
    html: `<p>${subject}</p>`,
    text: subject,
    headers: {},
  };
}

function lineOf({ mail }: Attempt): string {
  return `${mail.to} ${mail.subject}`;
}

function minuteOf(at: Instant): string {
  return new Date(at).toISOString().slice(0, 16).replace('T', ' ');
}

function problemsOf({ problems }: MessageContent): string {
  return problems.map(({ action, connection }) => `${action} ${connection?.network ?? 'account'}`).join(', ');
}
