import type { Fault } from '../model/fault.ts';
import type { OperatorReport } from '../model/operator-report.ts';
import type { AlertSettings } from '../model/settings.ts';
import type { FaultStep } from './fault-step.ts';

/** What a run of the delivery met: how many mails were sent, and what the server said when it refused us. */
export type MailServerView = Readonly<{ sent: number; refusalOfUs: string | null }>;

/** A run in which it neither took a mail nor refused us begins nothing, and ends nothing. */
export function tellsOfMailServer({ sent, refusalOfUs }: MailServerView): boolean {
  return sent > 0 || refusalOfUs !== null;
}

export function decideMailServer(current: Fault | null, { sent, refusalOfUs }: MailServerView): FaultStep {
  if (current !== null) {
    return sent > 0 ? { kind: 'end', reason: 'mail_server_takes_mail' } : { kind: 'wait', reason: 'still_refused' };
  }
  const isRefused = sent === 0 && refusalOfUs !== null;
  return isRefused ? { kind: 'begin', reason: 'mail_server_refuses_us' } : { kind: 'none', reason: 'no_refusal' };
}

/** No mail can tell that mail does not work. Its end is told, unless it passed within minutes. */
export function mailServerReport(
  step: FaultStep,
  { cause, since, endedAt }: Fault,
  { outageAfterMs }: Pick<AlertSettings, 'outageAfterMs'>,
): OperatorReport | null {
  if (step.kind !== 'end' || cause.kind !== 'mail' || endedAt === null) return null;
  if (endedAt - since < outageAfterMs) return null;
  return { about: 'mail_works_again', since, until: endedAt, response: cause.response };
}
