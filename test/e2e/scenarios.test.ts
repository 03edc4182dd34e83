import { describe, expect } from '@jest/globals';
import { inOrder } from '../scenarios/at-expected-minute.ts';
import { corpus } from '../scenarios/corpus.ts';
import { type Story, tenantsOf } from '../scenarios/story.ts';
import { expectedMail, lineOf } from '../scenarios/told-mail.ts';
import type { Troupe } from '../scenarios/troupe.ts';
import { newlyArrived } from '../scenarios/whole-mail.ts';
import { type Cast, planTogether } from '../scenarios/whole-plan.ts';
import { importMembers, live } from '../scenarios/whole-world.ts';
import { ms } from '../support/domain-time.ts';
import { storyOnBoth } from '../support/program-story.ts';
import type { World } from '../support/program-world.ts';

const whole = corpus.flatMap(({ stories }) => stories).filter((story) => story.whole);
const bySettings = Object.groupBy(whole, ({ settings = {} }) => JSON.stringify(settings));

/** Half an hour away, so that the schedule itself does nothing while the stories leave the hours out. */
const quietMinute = (new Date().getMinutes() + 30) % 60;
/** What breaks in thirty stories at once is no fleet's trouble. */
const together = { POLL_SCHEDULE: `${quietMinute} * * * *`, POLL_SPREAD: 'off', FLEET_MIN: '1000', DIGEST_AT: 'off' };

describe('stories told by the whole program, over HTTP and SMTP, as two daemons', () => {
  for (const stories of Object.values(bySettings)) {
    const [first] = stories ?? [];
    if (stories === undefined || first === undefined) continue;
    const tenants = stories.flatMap(tenantsOf).length;
    const title = `${stories.length} of them at once, with ${JSON.stringify(first.settings ?? 'the usual settings')}`;
    storyOnBoth(title, { tenants, settings: { ...together, ...first.settings } }, (world) => tellAll(stories, world));
  }
});

async function tellAll(stories: readonly Story[], world: World): Promise<void> {
  const casts = stories.map((story, index): Cast => ({ story, nameOf: (tenant) => `${tenant}-${index}` }));
  const moments = await planTogether(casts);
  const named = casts.flatMap(({ story, nameOf }) =>
    tenantsOf(story).map((each) => ({ ...each, name: nameOf(each.name) })),
  );
  const members = await importMembers(world, named);
  const troupe: Troupe = { world, members, daemons: await Promise.all([world.daemon(), world.daemon()]) };

  const arrived: Heard[] = [];
  const known = new Set<string>();
  let now = 0;
  for (const moment of moments) {
    await live(troupe, moment, moment.at - now);
    now = moment.at;
    for (const mail of await newlyArrived(troupe, known)) {
      known.add(mail.id);
      arrived.push({ at: moment.at, tenant: mail.tenant, line: mail.line });
      const html = expect.stringContaining(`lang="${members.get(mail.tenant)?.tenant.language ?? 'en'}"`);
      expect(mail.caught).toMatchObject([{ to: [mail.address], html }]);
    }
  }
  expect(casts.map((cast) => toldOf(cast, arrived))).toEqual(casts.map(expectedOf));
  expect(world.mails()).toHaveLength(known.size);
}

type Heard = Readonly<{ at: number; tenant: string; line: string }>;
type Told = Readonly<{ name: string; mail: readonly string[] }>;

/** Up to the story's end: the others may go on for longer. */
function toldOf({ story, nameOf }: Cast, arrived: readonly Heard[]): Told {
  const names = tenantsOf(story).map(({ name }) => nameOf(name));
  const heard = arrived.filter(({ tenant, at }) => names.includes(tenant) && at <= ms(story.until));
  return { name: story.name, mail: heard.map(({ line }) => line) };
}

/** Who, what kind and what about, in order; the minutes are the virtual clock's matter, and the operator everybody's. */
function expectedOf({ story, nameOf }: Cast): Told {
  const own = expectedMail(story).filter(({ kind }) => kind !== 'operator');
  const mail = inOrder(own).map((each) => {
    const [person, tenant = ''] = each.to.split('@');
    return lineOf({ ...each, to: `${person}@${nameOf(tenant)}` }).replace(/^\S+ /, '');
  });
  return { name: story.name, mail };
}
