import { MINUTE_MS } from '../../src/domain/model/time.ts';
import type { Control } from '../../src/sandbox/control.ts';
import { pick, type Random } from '../../src/sandbox/seeded-random.ts';
import { HEALTHY_STATUS } from '../../src/sandbox/wire-format.ts';
import { connectionOf } from '../support/program-connections.ts';
import type { Account, Break, TakenMail } from './evidence.ts';

/** What becomes of the accounts of all tenants, and the truth about it. */
export type AccountsLife = Readonly<{
  /** Lets happen what is due: repairs, and new breaks by chance. */
  goOn(now: number): void;
  /** An owner reads his mail. */
  hear(mail: TakenMail): void;
  breaks(): readonly Break[];
}>;

export type LifeOptions = Readonly<{ control: Control; random: Random; breaksPerMinute: number }>;

const ways = [{ token_is_valid: false }, { has_token: false }, { token_has_scopes: false }] as const;
const LASTING_SHARE = 0.75;
/** Of the owners who are told; the others leave it as it is. */
const REPAIRING_SHARE = 0.8;
const PASSES_WITHIN_MS = 40_000;
const REPAIRED_WITHIN_MS = 30_000;

type Place = {
  readonly tenantId: string;
  readonly network: string;
  state: 'well' | 'broken' | 'told' | 'over' | 'spent';
};
type Trouble = Omit<Break, 'to'> & { to: number | null; repairAt: number };

type Scene = LifeOptions & { readonly places: readonly Place[]; readonly troubles: Trouble[]; lookedAt: number | null };

/**
 * A lasting break stays until its owner is told, as nobody else repairs it; so whether he had to be told is never a
 * matter of time. An account breaks again only when its last break is told to the end, and after a break that passes
 * by itself never, so that each mail is about one break alone.
 */
export function createAccountsLife(options: LifeOptions): AccountsLife {
  const scene: Scene = { ...options, places: placesOf(options.control), troubles: [], lookedAt: null };
  return {
    goOn: (now) => goOn(scene, now),
    hear(mail) {
      const { tenantId, networks } = mail;
      const meant = scene.places.filter((each) => each.tenantId === tenantId && networks.includes(each.network));
      for (const place of meant) hearOf(scene, place, mail);
    },
    breaks: () => scene.troubles.map(({ repairAt: _, ...each }) => each),
  };
}

function goOn(scene: Scene, now: number): void {
  const { troubles, random, breaksPerMinute } = scene;
  for (const trouble of troubles) if (trouble.to === null && trouble.repairAt <= now) repair(scene, trouble, now);
  const share = ((now - (scene.lookedAt ?? now)) * breaksPerMinute) / MINUTE_MS;
  scene.lookedAt = now;
  if (random() < share) breakOne(scene, now);
}

function breakOne({ places, troubles, control, random }: Scene, now: number): void {
  const well = places.filter(({ state }) => state === 'well');
  if (well.length === 0) return;
  const place = pick(random, well);
  const { tenantId, network } = place;
  const isLasting = random() < LASTING_SHARE;
  const repairAt = isLasting ? Number.POSITIVE_INFINITY : now + random() * PASSES_WITHIN_MS;
  place.state = isLasting ? 'broken' : 'spent';
  control.patchStatus(tenantId, connectionOf(control.tenant(tenantId), network), pick(random, ways));
  troubles.push({ tenantId, network, from: now, to: null, isLasting, repairAt });
}

function repair({ places, control }: Scene, trouble: Trouble, now: number): void {
  const { tenantId, network } = trouble;
  control.patchStatus(tenantId, connectionOf(control.tenant(tenantId), network), { ...HEALTHY_STATUS });
  trouble.to = now;
  const place = places.find((each) => isOf(each, trouble));
  if (place?.state === 'told') place.state = 'over';
}

function hearOf({ troubles, random }: Scene, place: Place, { kind, at }: TakenMail): void {
  if (kind === 'recovered' && place.state === 'over') place.state = 'well';
  if (kind !== 'alert' || place.state !== 'broken') return;
  place.state = 'told';
  const trouble = troubles.findLast((each) => isOf(each, place));
  if (trouble !== undefined && random() < REPAIRING_SHARE) trouble.repairAt = at + random() * REPAIRED_WITHIN_MS;
}

function isOf({ tenantId, network }: Account, other: Account): boolean {
  return tenantId === other.tenantId && network === other.network;
}

function placesOf(control: Control): readonly Place[] {
  return control.tenants().flatMap(({ id, connections }) =>
    connections.map(({ account_info }) => ({
      tenantId: id,
      network: String(account_info?.network),
      state: 'well' as const,
    })),
  );
}
