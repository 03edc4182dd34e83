import { PAGES_SPEAK_FOR_MS } from '../detection/page-reading.ts';
import { isAskedEarly } from '../holds/join-hold.ts';
import type { Connection } from '../model/connection.ts';
import type { Hold } from '../model/hold.ts';
import type { Incident } from '../model/incident.ts';
import type { Tenant } from '../model/tenant.ts';
import { HOUR_MS, type Instant, MINUTE_MS } from '../model/time.ts';
import type { Demand } from './day-plan.ts';
import { type RequestsToday, restOfDay } from './requests-today.ts';

/** Why the second witness is to be asked with a poll: it would settle a doubt, or the daily look is due. */
export type PageLook = 'doubt' | 'daily';

/** A little less than a day, so that a poll that comes some seconds early does not put it off by an interval. */
const DAILY_AFTER_MS = 23 * HOUR_MS + 30 * MINUTE_MS;

type Asked = Pick<Tenant, 'pagesAskedAt' | 'pagesWanted'>;

export function pageLookDue({ pagesAskedAt, pagesWanted }: Asked, now: Instant): PageLook | null {
  if (pagesWanted) return 'doubt';
  return pagesAskedAt === null || now - pagesAskedAt >= DAILY_AFTER_MS ? 'daily' : null;
}

/**
 * Whether a request is left for the look. The daily one leaves all polls of the day that are still planned theirs. A
 * doubt is worth more than a poll, which would come a little later for it.
 */
export function hasRoomForLook(look: PageLook, today: RequestsToday, { demand, now }: Spending): boolean {
  const { used, limit, forPolls, isExhausted } = today;
  if (isExhausted) return false;
  if (limit === null || forPolls === null) return true;
  // The other half of the reserve is for the polls that make a suspect certain.
  if (look === 'doubt') return used < (forPolls + limit) / 2;
  return used + Math.ceil((demand.askedPerDay / demand.stretch) * restOfDay(now)) < forPolls;
}

type Spending = Readonly<{ demand: Demand; now: Instant }>;

type Known = Readonly<{
  connections: readonly Connection[];
  incidents: readonly Incident[];
  holds: readonly Hold[];
  pagesAskedAt: Instant | null;
  at: Instant;
}>;

/** Whether the next poll should ask, by what is known after this one. */
export function isPageLookWanted({ connections, incidents, holds, pagesAskedAt, at }: Known): boolean {
  const isUnasked = ({ openedAt }: Incident) => pagesAskedAt === null || pagesAskedAt <= openedAt;
  const isHeld = ({ id }: Connection) =>
    incidents.some((incident) => incident.connectionId === id && !isAskedEarly(incident, holds));
  return (
    incidents.some((incident) => isSuspectedBreak(incident) && isUnasked(incident) && isAskedEarly(incident, holds)) ||
    connections.some((connection) => hasPagesToAskAbout(connection, at) && !isHeld(connection))
  );
}

/** Once per suspicion, with the poll that would make it certain. */
function isSuspectedBreak({ state, connectionId, action }: Incident): boolean {
  return state === 'suspected' && connectionId !== null && (action === 'reconnect' || action === 'choose_profile');
}

/** Whether a look should find out if unreachable pages work again; not while the connection itself explains them. */
function hasPagesToAskAbout({ unreachablePages, removedAt, period }: Connection, at: Instant): boolean {
  if (unreachablePages === null || removedAt !== null) return false;
  if (unreachablePages.isCause) return at - unreachablePages.seenAt <= PAGES_SPEAK_FOR_MS;
  return period?.health === 'healthy';
}
