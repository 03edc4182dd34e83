import type { Instant } from '../../src/domain/model/time.ts';
import {
  type AccessLook,
  type AccountId,
  firstPeople,
  type Happening,
  isTurn,
  type Look,
  type People,
  type Plan,
} from './plan.ts';
import { OUTAGE_OVER_MS } from './promises.ts';

/** A time in which something stayed as it was. */
export type Stretch<T> = Readonly<{ from: Instant; to: Instant; look: T }>;

/** How an account really was, one stretch after the other, from the beginning to the end. */
export function stretchesOf(plan: Plan, { tenantId, network }: AccountId): readonly Stretch<Look>[] {
  const turns = plan.happenings.flatMap((each) =>
    each.kind === 'account' && each.tenantId === tenantId && each.network === network ? [each] : [],
  );
  return stretches<Look>(plan, turns, 'fine');
}

export function accessOf(plan: Plan, tenantId: string): readonly Stretch<AccessLook>[] {
  const turns = plan.happenings.flatMap((each) => (each.kind === 'access' && each.tenantId === tenantId ? [each] : []));
  return stretches<AccessLook>(plan, turns, 'granted');
}

export function peopleOf(plan: Plan, tenantId: string): readonly Stretch<People>[] {
  const turns = plan.happenings.flatMap((each) => (each.kind === 'people' && each.tenantId === tenantId ? [each] : []));
  return plan.tenants
    .filter(({ id }) => id === tenantId)
    .flatMap((tenant) => stretches<People>(plan, turns, firstPeople(tenant)));
}

/** An address that mail about a tenant may go to, and from when until when. */
export type Reader = Readonly<{ address: string; from: Instant; to: Instant }>;

export function readersAmong(people: readonly Stretch<People>[]): readonly Reader[] {
  const times = people.flatMap(({ from, to, look: { owner, cc } }) =>
    [owner, ...(cc === null ? [] : [cc])].map((address) => ({ address, from, to })),
  );
  return [...Map.groupBy(times, ({ address }) => address)].map(([address, own]) => ({
    address,
    from: Math.min(...own.map(({ from }) => from)),
    to: Math.max(...own.map(({ to }) => to)),
  }));
}

function stretches<T>({ from, to }: Plan, turns: readonly Readonly<{ at: Instant; look: T }>[], first: T) {
  const all = [{ at: from, look: first }, ...turns];
  return all
    .map(({ at, look }, index): Stretch<T> => ({ from: at, to: all[index + 1]?.at ?? to, look }))
    .filter((stretch, index, each) => stretch.to > stretch.from || each.length === index + 1);
}

export function lookAt<T>(stretches: readonly Stretch<T>[], at: Instant): T | undefined {
  return stretches.findLast(({ from }) => from <= at)?.look;
}

/** The spans in which nothing kept Linkwatch from its work: no weather, no mishap, no outage of a network, no hold. */
export function calmSpans(plan: Plan): readonly Readonly<{ from: Instant; to: Instant }>[] {
  const disturbed = plan.happenings.flatMap(disturbance).toSorted((a, b) => a.from - b.from);
  const calm: Readonly<{ from: Instant; to: Instant }>[] = [];
  let since = plan.from;
  for (const { from, to } of disturbed) {
    if (from > since) calm.push({ from: since, to: from });
    since = Math.max(since, to);
  }
  return [...calm, { from: since, to: plan.to }];
}

/** What an outage began is over some hours after its beginning, however short it was. */
function disturbance(happening: Happening): readonly Readonly<{ from: Instant; to: Instant }>[] {
  if (isTurn(happening)) return [];
  const { from, to } = happening;
  return [{ from, to: happening.kind === 'outage' ? Math.max(to, from + OUTAGE_OVER_MS) : to }];
}

/** How often what the account shows turned within that time. */
export function turnsWithin(plan: Plan, account: AccountId, from: Instant, to: Instant): number {
  return turnsOf(plan, account).filter((at) => at >= from && at < to).length;
}

/** When the account may have begun to look otherwise, oldest first. */
export function turnsOf(plan: Plan, { tenantId, network }: AccountId): readonly Instant[] {
  const moments = plan.happenings.flatMap((each) => {
    if (each.kind === 'outage' && each.network === network) return [each.from, each.to];
    return each.kind === 'account' && each.tenantId === tenantId && each.network === network ? [each.at] : [];
  });
  return moments.toSorted((a, b) => a - b);
}
