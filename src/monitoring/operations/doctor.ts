import { MINUTE_MS } from '../../domain/model/time.ts';
import { readSchedule } from '../../domain/polling/schedule.ts';
import type { MailServerCheck, ScheduleUse, SenderRecords } from '../ports.ts';
import type { DoctorCheck, MonitorView, WorkerView } from '../views.ts';
import { failed, passed, unchecked } from './doctor-check.ts';
import { mailServerCheck } from './mail-server-check.ts';
import { monitorChecks } from './monitor-checks.ts';
import { linksCheck, senderChecks } from './outside-checks.ts';
import { quotaChecks } from './quota-checks.ts';
import { workersCheck } from './worker-checks.ts';

/** A clock that is off by more makes tokens look expired, or fresh, when they are not. */
const TOLERATED_SKEW_MS = MINUTE_MS;
/** The doctor names so many problems of one kind; a later run shows the next. */
const SHOWN = 5;

/** Leases are rows, but bounds of time are settings of a session, and notifications come to one. */
export const SESSIONS_REMEDY =
  'Let the pooler give each connection a session of its own (PgBouncer: pool_mode = session), or name PostgreSQL itself in DATABASE_URL.';

/** How each part answered; null where it is not configured. */
export type Findings = Readonly<{
  database: Readonly<{ ok: true }> | Readonly<{ ok: false; problem: string; isMissing: boolean }>;
  /** The database for a person. */
  place: string;
  /** False behind a pooler in transaction mode; null where it could not be tried. */
  hasOwnSessions: boolean | null;
  /** What of the database other users of this machine may look into; null where it is a server's. */
  exposed: readonly string[] | null;
  mail: MailServerCheck | null;
  constantContact: Readonly<{ ok: true; clockSkewMs: number | null }> | Readonly<{ ok: false; problem: string }>;
  /** Whether ENCRYPTION_KEY opens what is stored; null where nothing is stored, or no key is set. */
  tokens: Readonly<{ ok: true }> | Readonly<{ ok: false; problem: string }> | null;
  /** PUBLIC_URL, the base of the links in mail, and who answers there. */
  publicUrl: string;
  publicAnswer: 'answers' | 'other' | 'silent';
  /** Null when no resolver answered; not looked up where no mail server is configured. */
  sender: SenderRecords | null;
  /** Whether the key and secret of each application are taken, and why not; null where none is configured. */
  clients: readonly Readonly<{
    isConfigured: boolean;
    name: string;
    client: Readonly<{ ok: true }> | Readonly<{ ok: false; problem: string; isUntried?: boolean }> | null;
  }>[];
  /** How the work of all processes gets on; null where there is no database to tell. */
  monitor: MonitorView | null;
  /** Null where the database does not tell. */
  workers: readonly WorkerView[] | null;
  /** Which schedules tenants keep to; null where the database does not tell. */
  schedules: readonly ScheduleUse[] | null;
}>;

/** One line for each part besides the configuration: it works, or what is wrong and what to do. */
export function diagnose({
  database,
  place,
  hasOwnSessions,
  exposed,
  tokens,
  mail,
  publicUrl,
  publicAnswer,
  sender,
  constantContact,
  clients,
  schedules,
  monitor,
  workers,
}: Findings): readonly DoctorCheck[] {
  return [
    database.ok
      ? passed('database', `${place} answers, can be written to, and its tables are up to date`)
      : failed(
          'database',
          `${place}: ${database.problem}`,
          database.isMissing
            ? 'The first `linkwatch connect` or `linkwatch start` makes one. If there should be one, check DATABASE_URL.'
            : 'Check DATABASE_URL, and that the database runs and may be written to.',
        ),
    ...(hasOwnSessions === false
      ? [failed('database sessions', 'DATABASE_URL leads to a pooler in transaction mode', SESSIONS_REMEDY)]
      : []),
    ...(exposed === null ? [] : [filesCheck(exposed)]),
    ...(tokens === null ? [] : [tokensCheck(tokens)]),
    mailServerCheck(mail),
    ...(mail === null ? [] : senderChecks(sender)),
    linksCheck(publicUrl, publicAnswer),
    constantContact.ok
      ? passed('Constant Contact', 'its API answers')
      : failed(
          'Constant Contact',
          constantContact.problem,
          'Check CONSTANT_CONTACT_API_URL, and this machine’s way out.',
        ),
    ...clients.map((each) => clientCheck(each, clients.length > 1)),
    ...quotaChecks(monitor?.applications ?? []),
    ...(schedules === null ? [] : [ownSchedulesCheck(schedules)]),
    clockCheck(constantContact.ok ? constantContact.clockSkewMs : null),
    ...(monitor === null ? [] : monitorChecks(monitor)),
    ...[workers === null ? null : workersCheck(workers, monitor?.problems ?? [])].filter((check) => check !== null),
  ];
}

function filesCheck(exposed: readonly string[]): DoctorCheck {
  if (exposed.length === 0) return passed('database files', 'no other user may look into them');
  return failed(
    'database files',
    `other users of this machine may look into ${exposed.join(', ')}`,
    'Give the database a folder of its own with mode 700, and its files mode 600.',
  );
}

function tokensCheck(tokens: Exclude<Findings['tokens'], null>): DoctorCheck {
  if (tokens.ok) return passed('stored tokens', 'ENCRYPTION_KEY opens them');
  return failed('stored tokens', tokens.problem, 'Set ENCRYPTION_KEY to the key they were stored with.');
}

function clientCheck({ isConfigured, name, client }: Findings['clients'][number], hasSeveral: boolean): DoctorCheck {
  const what = hasSeveral ? `API key and secret (${name})` : 'API key and secret';
  if (client === null) return failed(what, 'not configured', 'Set CONSTANT_CONTACT_CLIENT_ID.');
  if (client.ok) return passed(what, 'the token endpoint takes them');
  if (client.isUntried === true) return unchecked(what, `not tried: ${client.problem}`);
  const remedy = isConfigured
    ? 'Check CONSTANT_CONTACT_CLIENT_ID and CONSTANT_CONTACT_CLIENT_SECRET.'
    : 'Correct them: `linkwatch application update`.';
  return failed(what, client.problem, remedy);
}

function ownSchedulesCheck(uses: readonly ScheduleUse[]): DoctorCheck {
  const name = 'schedules of tenants';
  const problems = uses.flatMap(({ schedule, timezone, tenants, firstId }) => {
    const reading = schedule === null ? null : readSchedule(schedule, timezone);
    if (reading === null || reading.ok) return [];
    const others = tenants === 1 ? '' : ` and ${tenants - 1} more`;
    return [`“${schedule}” of ${firstId}${others}: ${reading.problem}`];
  });
  if (problems.length === 0) return passed(name, 'all can be read');
  const detail = `POLL_SCHEDULE is used instead of what cannot be read. ${problems.slice(0, SHOWN).join('; ')}`;
  return failed(name, detail, 'Set another one: `linkwatch tenant update ID --schedule CRON` (or `default`).');
}

function clockCheck(skewMs: number | null): DoctorCheck {
  if (skewMs === null) return unchecked('clock', 'not compared: no answer carried a time');
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  if (Math.abs(skewMs) <= TOLERATED_SKEW_MS) return passed('clock', `within ${seconds} s of Constant Contact’s`);
  const detail = `${seconds} s ${skewMs > 0 ? 'ahead of' : 'behind'} Constant Contact’s`;
  return failed('clock', detail, 'Let the machine keep its time by NTP.');
}
