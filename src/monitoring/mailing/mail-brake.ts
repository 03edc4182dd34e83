import { beginHold } from '../../domain/model/hold.ts';
import { beginOperatorMail } from '../../domain/model/notification.ts';
import type { HoldStore, Stores, Surroundings } from '../ports.ts';

export type MailBrakePorts = Surroundings & Pick<Stores, 'outbox' | 'holds'>;

type HeldForBrake = Awaited<ReturnType<Stores['outbox']['heldForBrake']>>;

/**
 * Tells the operator once for as long as mail is held for the brake: an unusual volume of mail is probably a false
 * alarm, and held mail is one command away from going out. What is one too many is decided where a mail is claimed. The
 * process that held the mail may have died before it could tell, so any process tells.
 */
export async function tellOfBrake(ports: MailBrakePorts): Promise<void> {
  const held = await ports.outbox.heldForBrake();
  if (held.mails > 0 && !(await isBegun(ports.holds))) await beginBrake(held, ports);
}

async function isBegun(holds: HoldStore): Promise<boolean> {
  return (await holds.active()).some(({ cause }) => cause.kind === 'brake');
}

async function beginBrake({ mails: held, tenants }: HeldForBrake, ports: MailBrakePorts): Promise<void> {
  const { clock, holds, log, newId } = ports;
  const perHour = ports.settings.mailBrake;
  const now = clock.now();
  const begun = beginHold({ id: newId(), cause: { kind: 'brake' }, beganAt: now, tenants });
  const report = { about: 'brake', perHour, held } as const;
  if (await holds.begin(begun, beginOperatorMail(report, { ...ports, now, conversationId: begun.id }))) {
    log.error({ holdId: begun.id, perHour, held, reason: 'held_brake' }, 'hold began');
  }
}
