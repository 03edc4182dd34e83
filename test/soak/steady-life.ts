import type { Control } from '../../src/sandbox/control.ts';
import { pick, type Random } from '../../src/sandbox/seeded-random.ts';
import { breakConnection, repairConnection } from '../support/program-connections.ts';
import type { Break, TakenMail } from './evidence.ts';

const NETWORK = 'facebook';
/** An owner who was told repairs it within this. */
const REPAIRED_WITHIN_MS = 10_000;

export type SteadyLife = Readonly<{
  goOn(now: number): void;
  hear(mail: TakenMail): void;
  breaks(): readonly Break[];
  /** Every break was told, repaired, and thanked for. */
  isOver(): boolean;
  toldSoFar(): number;
}>;

type Trouble = Omit<Break, 'to'> & { to: number | null; repairAt: number; isTold: boolean; isThanked: boolean };

type LifeOptions = Readonly<{ control: Control; random: Random; breaks: number; withinMs: number }>;

/** So many accounts of different tenants break, one after the other, and each is repaired once its owner is told. */
export function createSteadyLife({ control, random, breaks, withinMs }: LifeOptions): SteadyLife {
  const well = control.tenants().map(({ id }) => id);
  const troubles: Trouble[] = [];
  let beganAt: number | null = null;

  function breakOne(now: number): void {
    const tenantId = pick(random, well);
    well.splice(well.indexOf(tenantId), 1);
    breakConnection(control, control.tenant(tenantId), NETWORK);
    const repairAt = Number.POSITIVE_INFINITY;
    troubles.push({
      tenantId,
      network: NETWORK,
      from: now,
      to: null,
      isLasting: true,
      repairAt,
      isTold: false,
      isThanked: false,
    });
  }

  return {
    goOn(now) {
      beganAt ??= now;
      const due = Math.min(breaks, Math.floor(((now - beganAt) / withinMs) * breaks));
      while (troubles.length < due) breakOne(now);
      for (const trouble of troubles) {
        if (trouble.to !== null || trouble.repairAt > now) continue;
        repairConnection(control, control.tenant(trouble.tenantId), NETWORK);
        trouble.to = now;
      }
    },
    hear({ tenantId, kind, at }) {
      const trouble = troubles.find((each) => each.tenantId === tenantId);
      if (trouble === undefined) return;
      if (kind === 'recovered') trouble.isThanked = true;
      if (kind !== 'alert' || trouble.isTold) return;
      trouble.isTold = true;
      trouble.repairAt = at + random() * REPAIRED_WITHIN_MS;
    },
    breaks: () => troubles.map(({ repairAt: _, isTold: __, isThanked: ___, ...each }) => each),
    isOver: () => troubles.length === breaks && troubles.every(({ isThanked }) => isThanked),
    toldSoFar: () => troubles.filter(({ isTold }) => isTold).length,
  };
}
