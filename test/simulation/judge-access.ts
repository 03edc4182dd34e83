import type { AccessLook } from './plan.ts';
import { INTERVAL_MS, SOON_MS, UNKNOWN_WAIT_MS } from './promises.ts';
import { calmSpans, type Stretch } from './truth.ts';
import { clockText, overlaps, type View } from './view.ts';

const kindOf = { revoked: 'reauthorize', forbidden: 'access_denied' } as const;
const PATIENCE_MS = SOON_MS + UNKNOWN_WAIT_MS + INTERVAL_MS;

/** Whether each owner was told when we lost access, once, and when we had it again. Each violation as a line. */
export function judgeAccess(view: View): readonly string[] {
  return view.plan.tenants.flatMap(({ id }) => {
    const stretches = view.access(id);
    return [
      ...stretches.flatMap((stretch) => missedLoss(view, id, stretch)),
      ...stretches.flatMap((stretch) => repeatedLoss(view, id, stretch)),
      ...falseLosses(view, id, stretches),
    ];
  });
}

function missedLoss(view: View, tenantId: string, stretch: Stretch<AccessLook>): readonly string[] {
  if (stretch.look === 'granted') return [];
  const [first] = overlaps([stretch], calmSpans(view.plan)).filter(({ from, to }) => to - from >= PATIENCE_MS);
  if (first === undefined) return [];
  const by = first.from + PATIENCE_MS;
  const kinds = Object.values(kindOf);
  const isTold = lossesOf(view, tenantId).some(
    ({ at, kind }) => at >= stretch.from && at <= by && kinds.some((each) => each === kind),
  );
  return isTold
    ? []
    : [
        `${tenantId} is ${stretch.look} since ${clockText(stretch.from)}, and its owner was not told by ${clockText(by)}`,
      ];
}

function repeatedLoss(view: View, tenantId: string, { from, to, look }: Stretch<AccessLook>): readonly string[] {
  if (look === 'granted') return [];
  const told = lossesOf(view, tenantId).filter(({ at, kind }) => at >= from && at < to && kind === kindOf[look]);
  return [...Map.groupBy(told, (mail) => mail.to)].flatMap(([reader, each]) =>
    each.length <= 1
      ? []
      : [`${tenantId} is ${look} since ${clockText(from)}, and ${reader} was told ${each.length} times`],
  );
}

function falseLosses(view: View, tenantId: string, stretches: readonly Stretch<AccessLook>[]): readonly string[] {
  return lossesOf(view, tenantId).flatMap(({ at, kind, to }) => {
    if (to !== `owner@${tenantId}.example`) return [`${to} was told ${clockText(at)} of ${kind}`];
    const isSo = stretches.some(
      (stretch) =>
        stretch.look !== 'granted' &&
        kindOf[stretch.look] === kind &&
        stretch.from <= at &&
        stretch.to >= at - PATIENCE_MS,
    );
    return isSo ? [] : [`${tenantId}: ${to} was told ${clockText(at)} of ${kind}, and it was not so`];
  });
}

function lossesOf({ firsts }: View, tenantId: string) {
  return firsts.filter(
    (mail) => mail.tenantId === tenantId && (mail.kind === 'reauthorize' || mail.kind === 'access_denied'),
  );
}
