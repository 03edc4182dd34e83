import type { AlertSettings } from '../../domain/model/settings.ts';
import { beginOperatorMail } from '../../domain/notification/operator-mail.ts';
import type { Clock, Log, MailTroubleStore, NewId } from '../ports.ts';
import type { Delivered } from './deliver-one.ts';

export type MailTroublePorts = Readonly<{
  clock: Clock;
  log: Log;
  newId: NewId;
  mailTroubles: MailTroubleStore;
  /** Null when nobody is configured: it is then only logged. */
  operatorEmail: string | null;
}>;

/** Watches one run of the delivery for a mail server that refuses us, and for the end of that. */
export type MailTroubleWatch = Readonly<{ see(delivered: Delivered): void; finish(): Promise<void> }>;

/** Nobody can be told by mail that mail does not work; that it works again, and what was wrong, can be told. */
export function watchMailTrouble(
  ports: MailTroublePorts,
  { outageAfterMs }: Pick<AlertSettings, 'outageAfterMs'>,
): MailTroubleWatch {
  let refusal: string | null = null;
  let isAccepted = false;
  return {
    see({ state, refusalOfUs }) {
      refusal ??= refusalOfUs;
      if (state === 'sent') isAccepted = true;
    },
    async finish() {
      if (isAccepted) await endTrouble(ports, outageAfterMs);
      else if (refusal !== null) await beginTrouble(refusal, ports);
    },
  };
}

async function beginTrouble(response: string, { clock, log, newId, mailTroubles }: MailTroublePorts): Promise<void> {
  const begun = await mailTroubles.begin({ id: newId(), since: clock.now(), response });
  if (begun) log.error({ response, reason: 'mail_server_refuses_us' }, 'mail trouble began');
}

/** What passed within minutes is worth no mail. */
async function endTrouble(ports: MailTroublePorts, outageAfterMs: number): Promise<void> {
  const trouble = await ports.mailTroubles.current();
  if (trouble === null) return;
  const now = ports.clock.now();
  const { id, since, response } = trouble;
  const report = { about: 'mail_works_again', since, until: now, response } as const;
  const isWorthTelling = now - since >= outageAfterMs;
  const mail = isWorthTelling ? beginOperatorMail(report, { ...ports, now, conversationId: null }) : [];
  if (await ports.mailTroubles.end(id, now, mail)) ports.log.warn({ since, response }, 'mail trouble ended');
}
