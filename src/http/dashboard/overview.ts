import type { AuditView, MonitorProblem, MonitorView } from '../../monitoring/views.ts';
import { ago, type Look, moment } from './frame.ts';

/** Whether the monitor itself is well, as the top of the overview says it. */
export function monitorWords(monitor: MonitorView, look: Look) {
  const { problems } = monitor;
  const isCritical = problems.some(({ severity }) => severity === 'critical');
  return {
    tone: isCritical ? 'bad' : problems.length > 0 ? 'warn' : 'good',
    sentence: sentenceOf(problems),
    problems: problems.map((problem) => ({
      tone: problem.severity === 'critical' ? 'bad' : 'warn',
      title: titles[problem.what],
      detail: problem.detail,
      since: problem.since === null ? null : moment(problem.since, look),
      remedy: withCode(problem.remedy),
    })),
    figures: figuresOf(monitor, look),
  };
}

/** Commands stand between backticks, in the words of the command line. */
function withCode(text: string): string {
  return escaped(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>');
}

function sentenceOf(problems: readonly MonitorProblem[]): string {
  if (problems.length === 0) return 'The monitor is well';
  return problems.length === 1 ? 'The monitor has a problem' : `The monitor has ${problems.length} problems`;
}

const titles: Readonly<Record<MonitorProblem['what'], string>> = {
  database: 'Database',
  disk: 'Disk',
  rounds: 'Polls',
  mail: 'Mail',
  access: 'Access to Constant Contact',
  grants: 'Permissions',
  outage: 'Constant Contact',
  hold: 'Mail is held back',
  quota: 'Requests of the day',
  clock: 'Clock',
  workers: 'Workers',
  canary: 'Canary',
};

type Figure = Readonly<{ label: string; value: string; href: string | null }>;

function figuresOf({ lastRoundAt, mail, quota, database, outage }: MonitorView, look: Look): readonly Figure[] {
  const { base } = look;
  return [
    { label: 'Last poll stored', value: ago(lastRoundAt, look), href: null },
    ...(mail === null ? [] : mailFigures(mail, look)),
    ...(quota === null ? [] : [{ label: 'Requests today', value: quotaText(quota), href: '/plan' }]),
    ...(outage === null ? [] : [{ label: 'Outage since', value: moment(outage.since, look), href: null }]),
    { label: 'Database', value: escaped(database), href: null },
  ].map((figure) => ({ ...figure, href: figure.href === null ? null : `${base}${figure.href}` }));
}

function mailFigures(mail: NonNullable<MonitorView['mail']>, look: Look): readonly Figure[] {
  const { pending, held, oldestPendingAt, lastResponse } = mail;
  const oldest = oldestPendingAt === null ? '' : ` <span class="quiet">oldest ${ago(oldestPendingAt, look)}</span>`;
  return [
    { label: 'Mail to send', value: `${pending}${oldest}`, href: '/mail?state=pending' },
    { label: 'Mail held', value: String(held), href: '/mail?state=held' },
    { label: 'Mail server said', value: escaped(lastResponse ?? 'nothing yet'), href: null },
  ];
}

function quotaText({ used, limit, stretch }: NonNullable<MonitorView['quota']>): string {
  const share = limit === null ? `${used}` : `${used} of ${limit}`;
  return stretch === 1 ? share : `${share}, intervals ×${Number(stretch.toPrecision(3))}`;
}

/** For the few values that are put into the page as HTML beside times. */
export function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}

/** Whoever holds mail by command, as the audit tells an `admin`. */
export function holderText(holds: MonitorView['holds'], entries: readonly AuditView[]): string | null {
  const hold = holds.find(({ kind }) => kind === 'command');
  if (hold === undefined) return null;
  const entry = entries.toSorted((a, b) => a.at - b.at).find(({ at }) => at >= hold.since);
  if (entry === undefined) return null;
  const { kind, id } = entry.actor;
  return `${kind.replaceAll('_', ' ')}${id === null ? '' : ` ${id}`}`;
}
