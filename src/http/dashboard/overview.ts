import { dayEndsAt } from '../../domain/polling/requests-today.ts';
import type { HoldView, MonitorProblem, MonitorView } from '../../monitoring/views.ts';
import { formatDuration } from '../../words/format-time.ts';
import { ago, escaped, type Look, moment, withCode } from './frame.ts';
import { holdText, holdTitle } from './hold-words.ts';
import { countText, groupedCount, nameText } from './names.ts';
import type { Tone } from './tenant-rows.ts';

type AlsoKnown = Readonly<{
  /** Who holds mail by command; null where nobody does, or nobody knows. */
  holder: string | null;
  /** Tenants whose polls have failed for a day; null while a large fleet is counted for the first time. */
  failing: number | null;
}>;

/** Whether the monitor itself is well, as the top of the overview says it. */
export function monitorWords(monitor: MonitorView, { holder, failing }: AlsoKnown, look: Look) {
  const { problems } = monitor;
  return {
    ...summaryOf(monitor, failing),
    problems: problems.map((problem) => ({
      tone: problem.severity === 'critical' ? 'bad' : 'warn',
      title: titleOf(problem, monitor),
      detail: sentence(problem.detail),
      when: whenText(problem, look),
      by: holdOf(problem, monitor)?.kind === 'command' ? holder : null,
      remedy: withCode(problem.remedy),
      link: linkFor(problem.what, look),
    })),
    figures: figuresOf(monitor, look),
  };
}

/** Before anything was polled nothing is known to be well. */
function summaryOf(
  { problems, lastRoundAt }: MonitorView,
  failing: number | null,
): Readonly<{ tone: Exclude<Tone, 'gone'>; sentence: string }> {
  const isCritical = problems.some(({ severity }) => severity === 'critical');
  if (problems.length === 1) return { tone: isCritical ? 'bad' : 'warn', sentence: 'The monitor has a problem' };
  if (problems.length > 1) {
    return { tone: isCritical ? 'bad' : 'warn', sentence: `The monitor has ${problems.length} problems` };
  }
  if (lastRoundAt === null) return { tone: 'unknown', sentence: 'Nothing has been polled yet' };
  if (failing === null) return { tone: 'unknown', sentence: 'The monitor is well, and the tenants are being counted' };
  if (failing > 0) {
    const whose = countText(failing, 'tenant');
    return { tone: 'warn', sentence: `The monitor is well, but polls of ${whose} have failed for a day` };
  }
  return { tone: 'good', sentence: 'The monitor is well' };
}

function sentence(text: string): string {
  const whole = /[.!?…]$/.test(text) ? text : `${text}.`;
  return `${whole.charAt(0).toUpperCase()}${whole.slice(1)}`;
}

/** HTML: since when it is so, or for requests that are used up when the day ends; null where neither is known. */
function whenText({ what, since }: MonitorProblem, look: Look): string | null {
  if (what === 'quota') {
    const until = dayEndsAt(look.now);
    return `The day ends ${ago(until, look)} (${moment(until, look)}).`;
  }
  return since === null ? null : `Since ${moment(since, look)} (${formatDuration(Math.max(0, look.now - since))}).`;
}

/** The hold that a problem is about. Two that began at once are told apart by the network that the words name. */
function holdOf({ what, since, detail }: MonitorProblem, { holds }: MonitorView): HoldView | null {
  if (what !== 'hold') return null;
  const begun = holds.filter((hold) => hold.since === since);
  return begun.find(({ network }) => network !== null && detail.includes(network)) ?? begun[0] ?? null;
}

function titleOf(problem: MonitorProblem, monitor: MonitorView): string {
  const hold = holdOf(problem, monitor);
  return hold === null ? titles[problem.what] : holdTitle(hold);
}

const titles: Readonly<Record<MonitorProblem['what'], string>> = {
  database: 'The database',
  disk: 'The disk is nearly full',
  rounds: 'Polls',
  mail: 'Mail does not get out',
  access: 'Access to Constant Contact',
  grants: 'Permissions of accounts',
  outage: 'Constant Contact',
  hold: 'Mail is held back',
  quota: 'No requests are left for today',
  clock: 'The clock',
  workers: 'Workers',
  canary: 'The canary',
};

type Link = Readonly<{ href: string; label: string }>;

/** Where the dashboard itself shows more of a problem, or ends it. */
const links: Readonly<Partial<Record<MonitorProblem['what'], Link>>> = {
  mail: { href: '/mail?state=pending', label: 'Mail that waits' },
  hold: { href: '/mail?state=held', label: 'See what is held, and release it' },
  quota: { href: '/plan', label: 'What would make it enough' },
  outage: { href: '/tenants?failing=now', label: 'Tenants whose polls fail' },
  access: { href: '/tenants?failing=now', label: 'Tenants whose polls fail' },
  grants: { href: '/tenants?state=reauthorize', label: 'Tenants that have to authorise again' },
};

function linkFor(what: MonitorProblem['what'], { base }: Look): Link | null {
  const link = links[what];
  return link === undefined ? null : { ...link, href: `${base}${link.href}` };
}

type Figure = Readonly<{ label: string; value: string; href: string | null }>;

/** Values are HTML. */
function figuresOf(monitor: MonitorView, look: Look): readonly Figure[] {
  const { lastRoundAt, mail, database, outage, holds } = monitor;
  const { base } = look;
  return [
    { label: 'Last poll stored', value: ago(lastRoundAt, look), href: null },
    ...(outage === null
      ? []
      : [{ label: 'Outage since', value: moment(outage.since, look), href: '/tenants?failing=now' }]),
    ...(mail === null ? [] : mailFigures(mail, holds, look)),
    ...quotaFigures(monitor),
    {
      label: 'Database',
      value: `<span class="clip" title="${escaped(database)}">${escaped(database)}</span>`,
      href: null,
    },
  ].map((figure) => ({ ...figure, href: figure.href === null ? null : `${base}${figure.href}` }));
}

/** The requests of each application, named where there are several. */
function quotaFigures({ quota, applications }: MonitorView): readonly Figure[] {
  const label = 'Polls left today';
  if (applications.length < 2) return quota === null ? [] : [{ label, value: quotaText(quota), href: '/plan' }];
  return applications.map(({ name, quota: own }) => ({
    label: `${label}: ${nameText(name)}`,
    value: quotaText(own),
    href: `/plan?${new URLSearchParams({ application: name })}`,
  }));
}

function mailFigures(
  mail: NonNullable<MonitorView['mail']>,
  holds: MonitorView['holds'],
  look: Look,
): readonly Figure[] {
  const { pending, held, oldestPendingAt, lastResponse } = mail;
  const oldest = oldestPendingAt === null ? '' : quietly(`, oldest ${ago(oldestPendingAt, look)}`);
  const why = holds.length === 0 ? '' : quietly(`, ${escaped(holds.map(holdText).join(', '))}`);
  return [
    { label: 'Mail to send', value: `${groupedCount(pending)}${oldest}`, href: '/mail?state=pending' },
    { label: 'Mail held', value: `${groupedCount(held)}${why}`, href: '/mail?state=held' },
    { label: 'Mail server said', value: escaped(lastResponse ?? 'nothing yet'), href: null },
  ];
}

function quietly(html: string): string {
  return `<span class="quiet">${html}</span>`;
}

/** What is kept for re-checks is not there for polls. */
function quotaText({ used, forPolls, isExhausted, stretch }: NonNullable<MonitorView['quota']>): string {
  const left =
    forPolls === null
      ? `no limit${quietly(`, ${groupedCount(used)} used`)}`
      : `${groupedCount(isExhausted ? 0 : Math.max(0, forPolls - used))}${quietly(` of ${groupedCount(forPolls)}`)}`;
  return stretch === 1 ? left : `${left}${quietly(`, intervals ×${Number(stretch.toPrecision(3))}`)}`;
}
