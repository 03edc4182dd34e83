import { MINUTE_MS } from '../../src/domain/model/time.ts';
import { ms } from '../support/domain-time.ts';
import type { Happening } from './happenings.ts';
import { beginningOf, type Story, tenantsOf } from './story.ts';
import { liveStory } from './tell-story.ts';
import { expectedMail } from './told-mail.ts';

/** A story among those that are told together, whose tenants have names of their own. */
export type Cast = Readonly<{ story: Story; nameOf(tenant: string): string }>;

/** What happens at one moment of stories told together, and whom Linkwatch asks then. */
export type Moment = Readonly<{
  at: number;
  happenings: readonly Readonly<{ tenant: string; what: Happening }>[];
  polled: readonly string[];
}>;

type Entry = Readonly<{ at: number }> &
  (Readonly<{ tenant: string; what: Happening }> | Readonly<{ polled: string }> | object);

/**
 * The moments at which something is due, of all stories in one timeline. Who is asked when is as the use cases have
 * it on the virtual clock, without the polls that would show once more what is certain already.
 */
export async function planTogether(casts: readonly Cast[]): Promise<readonly Moment[]> {
  const due: Entry[] = [];
  for (const cast of casts) due.push(...mailsOf(cast), ...(await pollsOf(cast)));
  const happenings = casts.flatMap(happeningsOf).toSorted((a, b) => a.at - b.at);
  const moments = [...Map.groupBy(due, ({ at }) => at)].toSorted(([a], [b]) => a - b);
  return moments.map(([at, entries], index) => {
    // What happens between is seen by the next that looks.
    const since = moments[index - 1]?.[0] ?? Number.NEGATIVE_INFINITY;
    return {
      at,
      happenings: happenings.filter((each) => each.at > since && each.at <= at),
      polled: [...new Set(entries.flatMap((entry) => ('polled' in entry ? [entry.polled] : [])))],
    };
  });
}

function happeningsOf({ story, nameOf }: Cast): readonly Readonly<{ at: number; tenant: string; what: Happening }>[] {
  return story.script.flatMap(([when, what, ...names]) => {
    const meant = names.length > 0 ? names : tenantsOf(story).map(({ name }) => name);
    return meant.map((name) => ({ at: ms(when), tenant: nameOf(name), what }));
  });
}

/** More than the real time that a long run adds to the virtual one. */
const MOMENT_MS = 10 * MINUTE_MS;

/** A reminder says "still": the poll that shows it comes a moment before, as the hours between are left out. */
function mailsOf({ story, nameOf }: Cast): readonly Entry[] {
  return expectedMail(story).flatMap(({ at, kind, to }) => {
    const polled = nameOf(to.split('@')[1] ?? '');
    return kind.endsWith('reminder') ? [{ at: at - MOMENT_MS, polled }, { at }] : [{ at }];
  });
}

async function pollsOf({ story, nameOf }: Cast): Promise<readonly Entry[]> {
  const { world } = await liveStory(story);
  const polls = [...world.store.memory.state.polls.values()];
  return tenantsOf(story).flatMap(({ name }) => {
    const times = polls.filter(({ tenantId }) => tenantId === name).map(({ at }) => at - beginningOf(story));
    return times.filter((at) => isTelling(at, times, story)).map((at) => ({ at, polled: nameOf(name) }));
  });
}

const SOON_MS = 16 * MINUTE_MS;
const GROUP_MS = 3 * MINUTE_MS;

/** It follows something that happened, something is in doubt, or a mail follows from it. */
function isTelling(at: number, times: readonly number[], story: Story): boolean {
  const last = Math.max(...story.script.map(([when]) => ms(when)).filter((when) => when <= at));
  const isEarly = times.filter((other) => other >= last && other <= at).length <= 2;
  const isFollowed = expectedMail(story).some((mail) => mail.at >= at && mail.at - at <= GROUP_MS);
  return isEarly || isFollowed || times.some((other) => other !== at && Math.abs(other - at) <= SOON_MS);
}
