import { z } from 'zod';
import { conditions, tenantHealths } from '../../domain/model/condition.ts';
import { pastOrders } from '../../domain/model/tenant.ts';
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../../domain/model/time.ts';
import { firstShown } from '../../domain/model/zone-clock.ts';
import type { PastFilter } from '../../monitoring/ports.ts';
import type { Look } from './frame.ts';
import { day, localTimeOf } from './history-range.ts';
import { addressOf, askedText } from './list-page.ts';

/** The query of the page's address. A value that is not valid counts as not given. */
const query = z.object({
  at: z.iso.datetime({ offset: true }).optional().catch(undefined),
  day,
  time: z.iso.time({ precision: -1 }).catch('00:00'),
  tenant: askedText(200),
  q: askedText(200),
  health: z.enum(tenantHealths).optional().catch(undefined),
  condition: z.enum(conditions).optional().catch(undefined),
  network: askedText(100),
  order: z.enum(pastOrders).catch('id'),
  cursor: askedText(2000),
});

type Asked = z.output<typeof query>;

/**
 * `isLocal`: the moment stands in the address as the clocks of the reader's zone show it, which means another one
 * elsewhere.
 */
export type AskedPast = Omit<Asked, 'at' | 'day' | 'time'> & Readonly<{ at: Instant; isLocal: boolean }>;

/** Without a moment it is a day ago. */
export function readAskedPast(given: unknown, { now, zone }: Pick<Look, 'now' | 'zone'>): AskedPast {
  const { at, day: date, time, ...rest } = query.catch(query.parse({})).parse(given);
  if (at !== undefined) return { ...rest, at: Date.parse(at), isLocal: false };
  if (date !== undefined) return { ...rest, at: firstShown(zone, Date.parse(`${date}T${time}Z`)), isLocal: true };
  return { ...rest, at: now - (now % MINUTE_MS) - DAY_MS, isLocal: false };
}

export function filterOf({ q, health, condition, network }: AskedPast): PastFilter {
  return {
    search: q || undefined,
    condition,
    network: network?.toLowerCase() || undefined,
    health: health === undefined ? undefined : [health],
  };
}

/** The address of the page, on which the moment means the same to every reader. */
export function pastAddress({ base }: Pick<Look, 'base'>, { at, isLocal: _, order, ...rest }: AskedPast): string {
  const shownOrder = order === 'id' ? undefined : order;
  return addressOf(`${base}/at`, { at: new Date(at).toISOString(), ...rest, order: shownOrder });
}

const steps = [
  { label: 'a day earlier', ms: -DAY_MS },
  { label: 'an hour earlier', ms: -HOUR_MS },
  { label: 'an hour later', ms: HOUR_MS },
  { label: 'a day later', ms: DAY_MS },
] as const;

/** The form's values, and the ways to other moments that are not to come. */
export function momentChoice(asked: AskedPast, look: Look) {
  const local = localTimeOf(asked.at, look.zone);
  return {
    day: local.slice(0, 10),
    time: local.slice(11, 16),
    lastDay: localTimeOf(look.now, look.zone).slice(0, 10),
    steps: steps
      .map(({ label, ms }) => ({ label, at: asked.at + ms }))
      .filter(({ at }) => at >= 0 && at <= look.now)
      .map(({ label, at }) => ({ label, href: pastAddress(look, { ...asked, at, cursor: undefined }) })),
  };
}
