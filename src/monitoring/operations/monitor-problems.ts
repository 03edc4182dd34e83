import { correctFault, type Fault } from '../../domain/model/fault.ts';
import type { Hold } from '../../domain/model/hold.ts';
import { HOUR_MS, type Instant, MINUTE_MS } from '../../domain/model/time.ts';
import { isRefusedEarly, isUsedUp } from '../../domain/polling/requests-today.ts';
import type { CanaryState, GrantProgress, MailProgress, PollProgress } from '../ports.ts';
import type { ApplicationDay } from '../read-application-days.ts';
import type { MonitorProblem, WorkerView } from '../views.ts';
import { faultProblem } from './fault-problems.ts';
import { grantProblems } from './grant-problems.ts';
import { holdProblem } from './hold-problem.ts';
import { critical, tenantsText, warning } from './monitor-problem.ts';
import { REFUSED_EARLY_REMEDY } from './refused-early.ts';
import { workerProblems } from './worker-checks.ts';

/** What is known about the monitor itself at one moment. */
export type MonitorFacts = Readonly<{
  now: Instant;
  /** What the disk of the database has left; null where that is another machine's. */
  freeBytes: number | null;
  polls: PollProgress;
  /** Tenants last polled by a clock that was ahead. */
  polledAhead: number;
  mail: MailProgress & Readonly<{ pending: number; held: number }>;
  /** Without one, mail stays pending. */
  hasMailServer: boolean;
  /** Those that have not ended. */
  faults: readonly Fault[];
  holds: readonly Hold[];
  /** Each application's requests of the day. */
  keys: readonly ApplicationDay[];
  /** How far apart the turns of due tenants are at most, where requests are short; 0 where they are not. */
  turnSpacingMs: number;
  grants: GrantProgress;
  /** How many tenants there are. */
  tenants: number;
  workers: readonly WorkerView[];
  /** Null without a canary. */
  canary: CanaryState | null;
  /** Between two of its mails. */
  canaryMayTakeMs: number;
  /** What the daemon alone knows; null in any other process. */
  daemon: DaemonFacts | null;
}>;

export type DaemonFacts = Readonly<{
  startedAt: Instant;
  /** For how long no round and no poll of it has begun or come to its end; the same of delivering mail. */
  idleMs: Readonly<{ round: number; mail: number }>;
  /** Tenants that the last round could not poll or store, for a reason of our own. */
  errors: number;
  hasTemplates: boolean;
  /** Why the latest round, or the latest delivery of mail, broke off; null when it came to its end. */
  brokenOff: Readonly<{ round: string | null; mail: string | null }>;
}>;

const DOCTOR = 'The daemon’s log says why; `linkwatch doctor` tries each part.';

/** Rounds come each second: work that waits for longer waits for a process that is not there, or does not get on. */
const OVERDUE_MS = 5 * MINUTE_MS;
/** One recipient's server may defer a first mail for some minutes, and that is no trouble of ours. */
const DEFERRED_MS = 15 * MINUTE_MS;
const MEBIBYTE = 1024 * 1024;
const NEARLY_FULL_BYTES = 100 * MEBIBYTE;
/** A round of a large fleet may write more. */
const FULL_BYTES = 8 * MEBIBYTE;

/**
 * All that is wrong with the monitor itself, the critical first. While a critical problem lasts the monitor cannot do
 * its job: nothing can be stored, mail cannot leave, or every poll fails for a reason of our own.
 */
export function monitorProblems(facts: MonitorFacts): readonly MonitorProblem[] {
  const { faults, now, holds } = facts;
  const problems = [
    diskProblem(facts),
    roundProblem(facts),
    mailProblem(facts),
    ...faults.map((fault) => faultProblem(correctFault(fault, now), facts.keys)),
    ...holds.map((hold) => holdProblem(hold, facts.mail.held)),
    ...grantProblems(facts),
    ...facts.keys.map((key) => quotaProblem(key, facts)),
    clockProblem(facts),
    ...workerProblems(facts.workers),
    canaryProblem(facts),
  ];
  return problems
    .filter((problem) => problem !== null)
    .toSorted((a, b) => Number(b.severity === 'critical') - Number(a.severity === 'critical'));
}

/** What is left to say when the database itself cannot be asked. */
export function databaseProblem(detail: string, hint: string | null): MonitorProblem {
  const remedy = hint ?? 'Check DATABASE_URL, and that the database runs and may be written to.';
  return critical('database', null, detail, remedy);
}

function diskProblem({ freeBytes }: MonitorFacts): MonitorProblem | null {
  if (freeBytes === null || freeBytes >= NEARLY_FULL_BYTES) return null;
  const detail = `${Math.floor(freeBytes / MEBIBYTE)} MiB are left on the disk of the database`;
  const remedy = 'Make room on it, or move the database to a larger disk.';
  return freeBytes < FULL_BYTES ? critical('disk', null, detail, remedy) : warning('disk', null, detail, remedy);
}

function roundProblem({ now, polls, turnSpacingMs, daemon }: MonitorFacts): MonitorProblem | null {
  if (daemon !== null && daemon.brokenOff.round !== null) {
    return critical('rounds', null, `the latest round broke off: ${daemon.brokenOff.round}`, DOCTOR);
  }
  if (daemon !== null && daemon.errors > 0) {
    const detail = `${tenantsText(daemon.errors)} could not be polled or stored in the last round`;
    return critical('rounds', null, detail, DOCTOR);
  }
  if (daemon !== null && daemon.idleMs.round > OVERDUE_MS) return stuckProblem('rounds', daemon.idleMs.round, now);
  const { due, lastAt } = polls;
  // A long queue moves all the same, be it slowly for lack of requests, and a daemon has only just begun with it.
  const movedAt = Math.max(due?.since ?? now, lastAt ?? 0, daemon?.startedAt ?? 0);
  if (due === null || now - movedAt <= OVERDUE_MS + 2 * turnSpacingMs) return null;
  const howMany = `${due.isMore ? 'more than ' : ''}${tenantsText(due.tenants)}`;
  const detail = `${howMany} should have been polled by now, and no round has stored a poll meanwhile`;
  return critical('rounds', due.since, detail, 'Is `linkwatch start` running? If it is, its log says why.');
}

/** Work that hangs hides from the database what it should have done: nobody writes the reminder that is due. */
function stuckProblem(what: 'rounds' | 'mail', idleMs: number, now: Instant): MonitorProblem {
  const work = what === 'rounds' ? 'no round' : 'no delivery of mail';
  const detail = `${work} has moved for ${Math.round(idleMs / MINUTE_MS)} minutes`;
  return critical(what, now - idleMs, detail, 'The daemon’s log says why; restart the daemon.');
}

function mailProblem(facts: MonitorFacts): MonitorProblem | null {
  return deliveryProblem(facts) ?? (facts.hasMailServer ? mailServerProblem(facts) : noMailServerProblem(facts));
}

/** What keeps the daemon from composing or sending any mail, whatever the mail server. */
function deliveryProblem({ now, daemon }: MonitorFacts): MonitorProblem | null {
  if (daemon === null) return null;
  if (daemon.idleMs.mail > OVERDUE_MS) return stuckProblem('mail', daemon.idleMs.mail, now);
  if (!daemon.hasTemplates) {
    return critical('mail', null, 'the mail templates cannot be loaded', 'The daemon’s log says why.');
  }
  if (daemon.brokenOff.mail === null) return null;
  return critical('mail', null, `the latest delivery of mail broke off: ${daemon.brokenOff.mail}`, DOCTOR);
}

function noMailServerProblem({ mail }: MonitorFacts): MonitorProblem | null {
  if (mail.pending === 0) return null;
  const detail = `no mail server is configured, and ${waiting(mail)}`;
  return critical('mail', mail.oldestPendingAt, detail, 'Set SMTP_URL, MAIL_FROM and OPERATOR_EMAIL.');
}

function mailServerProblem({ now, mail, faults, daemon }: MonitorFacts): MonitorProblem | null {
  const refusal = refusalIn(faults);
  if (refusal !== null) {
    const detail = `the mail server refuses all mail, and ${waiting(mail)}. It said: ${refusal.response}`;
    return critical('mail', refusal.since, detail, 'Check SMTP_URL and MAIL_FROM; `linkwatch doctor` tries them.');
  }
  if (isTakenByNoServer(mail, now)) {
    const detail = `the mail server has taken no mail, and ${waiting(mail)}. It said: ${mail.lastResponse ?? 'nothing'}`;
    return critical('mail', mail.failingSince, detail, 'Look at the mail server; `linkwatch doctor` tries it.');
  }
  const movedAt = Math.max(mail.dueSince ?? now, mail.lastSentAt ?? 0, daemon?.startedAt ?? 0);
  if (mail.dueSince === null || now - movedAt <= OVERDUE_MS) return null;
  const detail = `mail is due, and nothing has tried to send it; ${waiting(mail)}`;
  return critical('mail', mail.dueSince, detail, 'Is `linkwatch start` running? If it is, its log says why.');
}

function waiting({ pending }: MonitorFacts['mail']): string {
  return pending === 1 ? '1 mail waits' : `${pending.toLocaleString('en-US')} mails wait`;
}

function refusalIn(faults: readonly Fault[]): Readonly<{ response: string; since: Instant }> | null {
  for (const { cause, since } of faults) if (cause.kind === 'mail') return { response: cause.response, since };
  return null;
}

function isTakenByNoServer({ failingSince, lastSentAt }: MailProgress, now: Instant): boolean {
  if (failingSince === null || now - failingSince < DEFERRED_MS) return false;
  return lastSentAt === null || lastSentAt < failingSince;
}

const LAST_LONGER = '`linkwatch plan` says what would make them last.';

function quotaProblem({ application, today }: ApplicationDay, facts: MonitorFacts): MonitorProblem | null {
  if (!isUsedUp(today)) return null;
  const { used, limit, isExhausted } = today;
  const refused = isExhausted ? ', and Constant Contact refuses more' : '';
  const share = limit === null ? `${used} requests are used today` : `${used} of the day’s ${limit} requests are used`;
  const whose = facts.keys.length < 2 ? '' : ` of application ${application.name}`;
  const detail = `${share}${refused}: no tenant${whose} is polled by its schedule until the day ends, at 00:00 UTC`;
  return warning('quota', null, detail, isRefusedEarly(today) ? REFUSED_EARLY_REMEDY : LAST_LONGER);
}

function clockProblem({ polledAhead }: MonitorFacts): MonitorProblem | null {
  if (polledAhead === 0) return null;
  const detail = `${tenantsText(polledAhead)} ${polledAhead === 1 ? 'was' : 'were'} last polled in the future: the clock was ahead then, or is behind now`;
  return warning('clock', null, detail, 'If the clock is right now, the next poll of each corrects it.');
}

/** Only a warning: the fleet's own mail may get through where the canary's does not. */
function canaryProblem({ now, canary, canaryMayTakeMs }: MonitorFacts): MonitorProblem | null {
  if (canary === null) return null;
  const remedy = 'The log’s lines with "canary": true say why.';
  const { since, lastSuccessAt, failure } = canary;
  if (failure !== null) return warning('canary', lastSuccessAt, `its latest run broke off: ${failure}`, remedy);
  const quietSince = lastSuccessAt ?? since;
  if (quietSince === null || now - quietSince <= canaryMayTakeMs) return null;
  const detail = `no break has been told to CANARY_EMAIL for ${Math.round((now - quietSince) / HOUR_MS)} hours`;
  return warning('canary', quietSince, detail, remedy);
}
