import type { Hold } from '../domain/hold.ts';
import { beginOperatorMail } from '../domain/operator-mail.ts';
import type { AlertSettings } from '../domain/settings.ts';
import { HOUR_MS } from '../domain/time.ts';
import type { Clock, HoldBook, Log, MailQueue, NewId } from './ports.ts';

export type MailBrakePorts = Readonly<{
  clock: Clock;
  log: Log;
  newId: NewId;
  mailQueue: MailQueue;
  holds: HoldBook;
  /** Null when nobody is configured: a brake is then only logged. */
  operatorEmail: string | null;
}>;

/** How many more of the owners' mails may go out within the hour; each run of the delivery asks anew. */
export type MailBrake = Readonly<{
  /** Counts one mail that is about to be sent; false when it is one too many. */
  take(): boolean;
  /** It was not sent after all. */
  giveBack(): void;
  /** It was one too many, and is held. */
  hold(): void;
  /** Tells the operator, once for as long as anything is held for it. */
  finish(): Promise<void>;
}>;

/** When more is told than ever happens, it is seldom true; what is held is one command away from going out. */
export async function openMailBrake(
  ports: MailBrakePorts,
  { mailBrake }: Pick<AlertSettings, 'mailBrake'>,
): Promise<MailBrake> {
  let left = mailBrake - (await ports.mailQueue.ownerMailSentSince(ports.clock.now() - HOUR_MS));
  let held = 0;
  return {
    take: () => {
      if (left <= 0) return false;
      left -= 1;
      return true;
    },
    giveBack: () => {
      left += 1;
    },
    hold: () => {
      held += 1;
    },
    finish: async () => {
      if (held > 0) await beginBrake(held, mailBrake, ports);
    },
  };
}

async function beginBrake(held: number, perHour: number, ports: MailBrakePorts): Promise<void> {
  const { clock, holds, log, newId } = ports;
  const now = clock.now();
  const cause = { kind: 'brake' } as const;
  const ended = { endedAt: null, endReason: null };
  const begun: Hold = { id: newId(), cause, since: now, beganAt: now, ...ended, tenants: held, sample: [] };
  const report = { about: 'brake', perHour, held } as const;
  if (await holds.begin(begun, beginOperatorMail(report, { ...ports, now, conversationId: begun.id }))) {
    log.error({ holdId: begun.id, perHour, held, reason: 'held_brake' }, 'hold began');
  }
}
