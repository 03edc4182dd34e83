import { tenantHealths } from '../../domain/model/condition.ts';
import type { FleetNow } from '../../monitoring/application.ts';
import type { TenantCounts } from '../../monitoring/ports.ts';
import type { Look } from './frame.ts';
import { groupedCount } from './names.ts';
import { type Tone, toneOf } from './tenant-rows.ts';

/** A count with the way to its list; a count of nothing is of the tone `none`. */
export type Tile = Readonly<{ count: string; label: string; href: string; tone: Tone | 'none' }>;

type Counted = Readonly<{ count: number; label: string; href: string; tone: Tone }>;

function tileOf({ count, label, href, tone }: Counted, { base }: Pick<Look, 'base'>): Tile {
  return { count: groupedCount(count), label, href: `${base}${href}`, tone: count === 0 ? 'none' : tone };
}

/** What stands for a count that is still being made. */
export const UNCOUNTED = '…';

/** Null where there is no tenant yet. `counts`: null while they are being made. */
export function healthTiles(counts: TenantCounts | null, look: Pick<Look, 'base'>): readonly Tile[] | null {
  if (counts !== null && Object.values(counts).every((count) => count === 0)) return null;
  return tenantHealths.map((health) => {
    const tile = { label: health, href: `/tenants?health=${health}`, tone: toneOf(health) };
    return counts === null
      ? { ...tile, count: UNCOUNTED, href: `${look.base}${tile.href}` }
      : tileOf({ ...tile, count: counts[health] }, look);
  });
}

/** What waits for a person. */
export function needTiles({ untold, failing }: FleetNow, look: Pick<Look, 'base'>): readonly Tile[] {
  return [
    { count: untold, label: 'broken, and nobody told', href: '/untold', tone: 'bad' } as const,
    { count: failing, label: 'polls have failed for a day', href: '/tenants?failing=day', tone: 'warn' } as const,
  ].map((counted) => tileOf(counted, look));
}

/** What the last day has brought. */
export function changeTiles({ broke, repaired, mailed }: FleetNow, look: Pick<Look, 'base'>): readonly Tile[] {
  return [
    { count: broke, label: 'broke', href: '/incidents?lately=broke', tone: 'warn' } as const,
    { count: repaired, label: 'repaired', href: '/incidents?lately=repaired', tone: 'good' } as const,
    {
      count: mailed,
      label: mailed === 1 ? 'mail sent to owners' : 'mails sent to owners',
      href: '/mail?lately=sent',
      tone: 'unknown',
    } as const,
  ].map((counted) => tileOf(counted, look));
}
