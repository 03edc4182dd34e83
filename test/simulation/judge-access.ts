import { type AccessLook, isOwners } from './plan.ts';
import { INTERVAL_MS, SOON_MS, UNKNOWN_WAIT_MS } from './promises.ts';
import type { Stretch } from './truth.ts';
import type { Owed } from './verdict.ts';
import { clockText, overlaps, type View } from './view.ts';

const kindOf = { revoked: 'reauthorize', forbidden: 'access_denied' } as const;
const PATIENCE_MS = SOON_MS + UNKNOWN_WAIT_MS + INTERVAL_MS;

type Loss = Stretch<AccessLook> & Readonly<{ look: keyof typeof kindOf }>;

/** The owner is told when we have lost access for long enough. */
export function owedLosses(view: View, tenantId: string): readonly Owed[] {
  return lossesOf(view, tenantId).flatMap((loss): readonly Owed[] => {
    const [quiet] = overlaps([loss], view.calm).filter(({ from, to }) => to - from >= PATIENCE_MS);
    if (quiet === undefined) return [];
    const by = quiet.from + PATIENCE_MS;
    const text = `${tenantId} is ${loss.look} since ${clockText(loss.from)}, which its owner hears by ${clockText(by)}`;
    return [{ text, isTold: mailsOf(view, tenantId).some(({ at }) => at >= loss.from && at <= by) }];
  });
}

export function doubledLosses(view: View, tenantId: string): readonly string[] {
  return lossesOf(view, tenantId).flatMap(({ from, to, look }) => {
    const told = mailsOf(view, tenantId).filter(({ at, kind }) => at >= from && at < to && kind === kindOf[look]);
    return [...Map.groupBy(told, (mail) => mail.to)]
      .filter(([, own]) => own.length > 1)
      .map(
        ([reader, own]) => `${tenantId} is ${look} since ${clockText(from)}: ${reader} was told ${own.length} times`,
      );
  });
}

export function falseLosses(view: View, tenantId: string): readonly string[] {
  const losses = lossesOf(view, tenantId);
  return mailsOf(view, tenantId).flatMap(({ at, kind, to }) => {
    const isSo = losses.some((loss) => kindOf[loss.look] === kind && loss.from <= at && loss.to >= at - PATIENCE_MS);
    const text = `${tenantId}: ${to} was told ${clockText(at)} of ${kind}`;
    return isSo && isOwners(to) ? [] : [text];
  });
}

function lossesOf(view: View, tenantId: string): readonly Loss[] {
  return view.access(tenantId).flatMap(({ look, ...span }) => (look === 'granted' ? [] : [{ ...span, look }]));
}

function mailsOf({ firsts }: View, tenantId: string) {
  const kinds: readonly string[] = Object.values(kindOf);
  return firsts.filter((mail) => mail.tenantId === tenantId && kinds.includes(mail.kind));
}
