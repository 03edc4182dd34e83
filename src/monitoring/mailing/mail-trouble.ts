import type { DeliveryRun } from '../../domain/delivery/delivery-run.ts';
import { beginOperatorMail } from '../../domain/model/notification.ts';
import type { Stores, Surroundings } from '../ports.ts';

export type MailTroublePorts = Surroundings & Pick<Stores, 'mailTroubles'>;

/**
 * Looks whether a run of the delivery met a mail server that refuses us, or one that takes mail again. No mail can tell
 * that mail does not work; that it works again, and what was wrong, can be told.
 */
export async function watchMailTrouble({ sent, refusalOfUs }: DeliveryRun, ports: MailTroublePorts): Promise<void> {
  if (sent > 0) await endTrouble(ports);
  else if (refusalOfUs !== null) await beginTrouble(refusalOfUs, ports);
}

async function beginTrouble(response: string, { clock, log, newId, mailTroubles }: MailTroublePorts): Promise<void> {
  const begun = await mailTroubles.begin({ id: newId(), since: clock.now(), response });
  if (begun) log.error({ response, reason: 'mail_server_refuses_us' }, 'mail trouble began');
}

/** Trouble that passed within minutes is worth no mail. */
async function endTrouble(ports: MailTroublePorts): Promise<void> {
  const trouble = await ports.mailTroubles.current();
  if (trouble === null) return;
  const now = ports.clock.now();
  const { id, since, response } = trouble;
  const report = { about: 'mail_works_again', since, until: now, response } as const;
  const isWorthTelling = now - since >= ports.settings.outageAfterMs;
  const mail = isWorthTelling ? beginOperatorMail(report, { ...ports, now, conversationId: null }) : [];
  if (await ports.mailTroubles.end(id, now, mail)) ports.log.warn({ since, response }, 'mail trouble ended');
}
