import { beginHold } from '../../domain/model/hold.ts';
import { beginOperatorMail } from '../../domain/model/notification.ts';
import { HOUR_MS } from '../../domain/model/time.ts';
import type { HoldStore, Stores, Surroundings } from '../ports.ts';

export type MailBrakePorts = Surroundings & Pick<Stores, 'outbox' | 'holds'>;

/** How many more of the owners' mails may go out within the hour; each run of the delivery asks anew. */
export type MailBrake = Readonly<{
  /** Counts a mail that is about to be sent, and counts the same mail once; false when it is one too many. */
  take(id: string): boolean;
  /** The mail is not sent after all. */
  giveBack(id: string): void;
}>;

/** An unusual volume of mail is probably a false alarm. Held mail is one command away from going out. */
export async function openMailBrake({ clock, outbox, settings }: MailBrakePorts): Promise<MailBrake> {
  const left = settings.mailBrake - (await outbox.ownerMailSentSince(clock.now() - HOUR_MS));
  const taken = new Set<string>();
  return {
    take: (id) => {
      if (taken.size < left) taken.add(id);
      return taken.has(id);
    },
    giveBack: (id) => {
      taken.delete(id);
    },
  };
}

/**
 * Tells the operator once for as long as mail is held for the brake. The process that held the mail may have died
 * before it could tell, so any process tells.
 */
export async function tellOfBrake(ports: MailBrakePorts): Promise<void> {
  const held = await ports.outbox.heldForBrake();
  if (held > 0 && !(await isBegun(ports.holds))) await beginBrake(held, ports);
}

async function isBegun(holds: HoldStore): Promise<boolean> {
  return (await holds.active()).some(({ cause }) => cause.kind === 'brake');
}

async function beginBrake(held: number, ports: MailBrakePorts): Promise<void> {
  const { clock, holds, log, newId } = ports;
  const perHour = ports.settings.mailBrake;
  const now = clock.now();
  const begun = beginHold({ id: newId(), cause: { kind: 'brake' }, beganAt: now, tenants: held });
  const report = { about: 'brake', perHour, held } as const;
  if (await holds.begin(begun, beginOperatorMail(report, { ...ports, now, conversationId: begun.id }))) {
    log.error({ holdId: begun.id, perHour, held, reason: 'held_brake' }, 'hold began');
  }
}
