import { HOUR_MS } from '../../src/domain/model/time.ts';
import { ms } from '../support/domain-time.ts';
import { scheduleOf } from '../support/schedules.ts';
import type { Happening, Look, Looks } from './happenings.ts';
import { addressOf, beginningOf, peopleOf, type Story, type TenantOfStory, tenantsOf } from './story.ts';
import type { ToldMail } from './told-mail.ts';

/** What one tenant of a story shows at some moment, and what the policy saw of it last. */
type Watched = {
  readonly tenant: TenantOfStory;
  readonly people: Set<string>;
  readonly seen: Map<string, string>;
  answer: Looks | 'reauthorize' | 'privileges' | 'nothing';
  isPaused: boolean;
};

type Run = { isStopped: boolean; readonly deaf: Set<string>; readonly told: ToldMail[] };

const HEALTHY = 'healthy';

/**
 * The yardstick: polls by the schedule, and mails everybody at once on every difference from the poll before. It
 * remembers what it saw across restarts; mail that is not taken at once is lost.
 */
export function naiveMail(story: Story): readonly ToldMail[] {
  const run: Run = { isStopped: false, deaf: new Set(), told: [] };
  const all = tenantsOf(story).map(
    (tenant): Watched => ({
      tenant,
      people: new Set(peopleOf(tenant)),
      seen: new Map(),
      answer: 'nothing',
      isPaused: false,
    }),
  );
  const steps = story.script.map(([when, what, ...names]) => ({ at: ms(when), what, names }));
  const polls = all.flatMap((watched) => slotsOf(story, watched.tenant).map((at) => ({ at, watched })));
  for (const { at, watched } of polls.toSorted((a, b) => a.at - b.at)) {
    while (steps[0] !== undefined && steps[0].at <= at) {
      const { what, names } = steps.shift() as (typeof steps)[number];
      for (const each of all.filter(({ tenant }) => names.length === 0 || names.includes(tenant.name))) {
        happen(what, each, { story, run });
      }
    }
    if (!run.isStopped && !watched.isPaused) look(watched, at, run);
  }
  return run.told;
}

function slotsOf(story: Story, { schedule, zone = 'America/New_York' }: TenantOfStory): readonly number[] {
  const begin = beginningOf(story);
  const slots = [0];
  const own = schedule === undefined ? null : scheduleOf(schedule, zone);
  const next = (at: number) => (own === null ? at + HOUR_MS : own.momentOf(own.numberAt(begin + at) + 1) - begin);
  for (let at = next(0); at <= ms(story.until); at = next(at)) slots.push(at);
  return slots;
}

function happen(what: Happening, watched: Watched, { story, run }: Readonly<{ story: Story; run: Run }>): void {
  switch (what.kind) {
    case 'shows':
    case 'authorised':
      watched.answer = what.looks;
      return;
    case 'fails':
      watched.answer = accessActionOf(what.failure);
      return;
    case 'paused':
    case 'resumed':
      watched.isPaused = what.kind === 'paused';
      return;
    case 'stopped':
    case 'started':
      run.isStopped = what.kind === 'stopped';
      return;
    case 'unsubscribes':
      watched.people.delete(what.person);
      return;
    case 'owner_becomes':
      watched.people.delete('owner');
      watched.people.add(what.person);
      return;
    case 'mail_server': {
      const people = [...watched.people].map((person) => `${person}@${watched.tenant.name}`);
      for (const address of what.to === null ? people : [addressOf(story, what.to)]) {
        if (what.does === 'accept') run.deaf.delete(address);
        else run.deaf.add(address);
      }
    }
  }
}

function accessActionOf(failure: string): Watched['answer'] {
  if (failure === 'invalid_grant' || failure === 'unauthorized') return 'reauthorize';
  return failure === 'forbidden' ? 'privileges' : 'nothing';
}

function look(watched: Watched, at: number, run: Run): void {
  const { answer, seen } = watched;
  if (answer === 'nothing') return;
  const accounts = typeof answer === 'string' ? { 'our access': answer } : { ...absent(seen), ...namesOf(answer) };
  for (const [account, now] of Object.entries(accounts)) {
    const before = seen.get(account) ?? HEALTHY;
    seen.set(account, now);
    if (before !== now) for (const person of watched.people) tell({ watched, person, account, now, at }, run);
  }
}

/** Whatever was there before, unless it is listed again. Our own access works when anything is listed. */
function absent(seen: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...seen.keys()].map((account) => [account, account === 'our access' ? HEALTHY : 'removed']),
  );
}

function namesOf(looks: Looks): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(looks).map(([account, status]) => [account, actionFor(status)]));
}

function actionFor({ hasToken, tokenIsValid, tokenHasScopes, isActiveUser, rateLimited, error }: Look): string {
  if ([hasToken, tokenIsValid, tokenHasScopes].includes(false)) return 'reconnect';
  if (isActiveUser === false) return 'choose_profile';
  if (rateLimited === true) return 'wait';
  return (error ?? null) === null ? HEALTHY : 'none';
}

type NotificationIntent = Readonly<{ watched: Watched; person: string; account: string; now: string; at: number }>;

function tell({ watched, person, account, now, at }: NotificationIntent, run: Run): void {
  const to = `${person}@${watched.tenant.name}`;
  if (run.deaf.has(to)) return;
  if (now === HEALTHY) run.told.push({ at, kind: 'recovered', to, about: [account] });
  else if (now === 'removed') run.told.push({ at, kind: 'removed', to, about: [account] });
  else if (account === 'our access') run.told.push({ at, kind: kindOf(now), to, about: [`${now} ${account}`] });
  else run.told.push({ at, kind: 'alert', to, about: [`${now} ${account}`] });
}

function kindOf(action: string) {
  return action === 'privileges' ? 'access_denied' : 'reauthorize';
}
