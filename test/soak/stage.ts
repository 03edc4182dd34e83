import type { CaughtMail } from '../../src/sandbox/caught-mail.ts';
import { seededRandom } from '../../src/sandbox/seeded-random.ts';
import type { Child } from '../support/program-child.ts';
import type { DatabaseOutage } from '../support/program-outage.ts';
import { OPERATOR } from '../support/program-places.ts';
import type { World } from '../support/program-world.ts';
import { type AccountsLife, createAccountsLife } from './accounts-life.ts';
import type { SeenPoll, TakenMail } from './evidence.ts';
import { readTakenMail } from './taken-mail.ts';
import { DROPS, type RunningTrack } from './troubles.ts';

/** Of the tenants, each minute. */
const BREAKING_SHARE = 0.6;

/** What all parts of a storm share. */
export type Stage = Readonly<{
  world: World;
  outage: DatabaseOutage;
  seed: string;
  life: AccountsLife;
  mails: TakenMail[];
  polls: SeenPoll[];
  /** How many polls of each row are noted. */
  noted: Map<number, number>;
  daemons: Child[];
  /** Tenants that a daemon which was told to stop left claimed. */
  leftByStop: string[];
  /** The stand-in's id of each tenant, by Linkwatch's. */
  sandboxIds: Map<string, string>;
  /** While a storm lasts, its troubles with the mail server. */
  mailTrack: { current: RunningTrack | null };
  take(caught: CaughtMail): void;
}>;

export function createStage(world: World, outage: DatabaseOutage, seed: string, tenants: number): Stage {
  const { control } = world;
  const tenantOf = new Map(control.tenants().map(({ id, contactEmail }) => [contactEmail, id]));
  if (tenantOf.size !== tenants || tenantOf.has(OPERATOR)) throw new Error('Two tenants have one address.');
  const life = createAccountsLife({
    control,
    random: seededRandom(`${seed}/life`),
    breaksPerMinute: tenants * BREAKING_SHARE,
  });
  const mails: TakenMail[] = [];
  const mailTrack: Stage['mailTrack'] = { current: null };
  return {
    world,
    outage,
    seed,
    life,
    mails,
    mailTrack,
    polls: [],
    noted: new Map(),
    daemons: [],
    leftByStop: [],
    sandboxIds: new Map(),
    take(caught) {
      const mail = readTakenMail(caught, { tenantOf, isDropped: mailTrack.current?.now() === DROPS });
      mails.push(mail);
      life.hear(mail);
    },
  };
}
