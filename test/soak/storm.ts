import type { CaughtMail } from '../../src/sandbox/caught-mail.ts';
import { withOutage } from '../support/program-outage.ts';
import { withWorld } from '../support/program-world.ts';
import type { DatabaseName } from '../support/store-fixtures.ts';
import { calmDown } from './calm.ts';
import type { Evidence } from './evidence.ts';
import { rageFor } from './rage.ts';
import { createStage, type Stage } from './stage.ts';
import { settings } from './storm-settings.ts';

export type StormOptions = Readonly<{
  database: DatabaseName;
  seed: string;
  tenants: number;
  minutes: number;
  say(line: string): void;
}>;

/** What a storm leaves; the log is what every daemon wrote, in order. */
export type Stormed = Readonly<{ evidence: Evidence; falls: number; freedClaims: number; log: string }>;

/** One storm over one database, from the import of its tenants to the last mail after it. */
export async function storm(options: StormOptions): Promise<Stormed> {
  const { database, tenants, seed } = options;
  const heard: { mail(caught: CaughtMail): void } = { mail: () => {} };
  const sandbox = { reuseRevokes: true, accessTokenLifetimeS: 240 };
  const places = { database, tenants, sandbox, settings, onMail: (caught: CaughtMail) => heard.mail(caught) };
  return await withWorld(places, (world) =>
    withOutage(world, async (outage) => {
      const stage = createStage(world, outage, seed, tenants);
      heard.mail = stage.take;
      return await play(stage, options);
    }),
  );
}

async function play(stage: Stage, options: StormOptions): Promise<Stormed> {
  const { world, daemons, life, mails, polls, leftByStop, sandboxIds } = stage;
  const ids = await world.importTenants();
  world.control.tenants().forEach(({ id }, index) => {
    sandboxIds.set(ids[index] ?? '', id);
  });
  const rage = await rageFor(stage, options);
  options.say('the troubles are over, and nothing breaks any more');
  const calm = await calmDown(stage, options.say);
  return {
    evidence: {
      breaks: life.breaks(),
      mails,
      polls,
      leftByStop,
      kills: rage.kills,
      mailTroubles: rage.mailTroubles,
      ...calm,
      outages: [...rage.outages, ...calm.outages],
      reusedTokens: world.control.counters().reusedRefreshTokens,
    },
    falls: rage.falls.length,
    freedClaims: rage.freedClaims,
    log: daemons.map((daemon, index) => `--- daemon ${index + 1}\n${daemon.stderr()}`).join('\n'),
  };
}
