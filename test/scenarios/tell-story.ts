import type { Contact, Tenant } from '../../src/domain/model/tenant.ts';
import { MINUTE_MS } from '../../src/domain/model/time.ts';
import { aContact } from '../support/builders.ts';
import { configOf } from '../support/config-environment.ts';
import { ms } from '../support/domain-time.ts';
import { planBy } from '../support/schedules.ts';
import { aWorld, type World } from '../support/use-case-world.ts';
import { happen } from './happen.ts';
import { beginningOf, isCopied, peopleOf, type Story, type TenantOfStory, tenantsOf } from './story.ts';
import type { Telling } from './telling.ts';
import { type ToldMail, toldBy } from './told-mail.ts';

const HOURLY = '0 * * * *';

/** Lets a story happen to the real use cases over a memory store, on a virtual clock; every mail that was accepted. */
export async function tellStory(story: Story): Promise<readonly ToldMail[]> {
  return (await liveStory(story)).told;
}

/** The same, with the world as it is in the end. `tellsDigests` false: every poll is assessed, as no tenant is at rest. */
export async function liveStory(story: Story, { tellsDigests = true } = {}): Promise<Telling> {
  const telling: Telling = { story, world: await worldOf(story, tellsDigests), isStopped: false, aheadMs: 0, told: [] };
  for (const [when, what, ...tenants] of story.script) {
    if (ms(when) > 0) await liveUntil(telling, ms(when));
    for (const name of tenants.length > 0 ? tenants : tenantsOf(story).map((tenant) => tenant.name)) {
      await happen(telling, what, name);
    }
  }
  await liveUntil(telling, ms(story.until));
  return telling;
}

async function liveUntil(telling: Telling, at: number): Promise<void> {
  const { story, world, aheadMs, isStopped } = telling;
  const storyNow = world.clock.now() - aheadMs - beginningOf(story);
  const taken = world.mailer.taken.length;
  await (isStopped ? world.clock.advance(at - storyNow) : world.live(at - storyNow));
  for (const { content, at: takenAt } of world.mailer.taken.slice(taken)) {
    telling.told.push(toldBy(content, takenAt - aheadMs - beginningOf(story)));
  }
}

/** It begins a minute early, so that what a story says of its first moment is there for the first poll. */
async function worldOf(story: Story, tellsDigests: boolean): Promise<World> {
  const { alerts, polling, constantContact, digestAtMinute } = configOf({ DIGEST_AT: 'off', ...story.settings });
  const { requestsPerDay: perDay, quotaReserveShare: reserveShare } = constantContact;
  const tenants = tenantsOf(story);
  const isHourly = polling.schedule === HOURLY && tenants.every(({ schedule }) => schedule === undefined);
  return await aWorld({
    tenants: tenants.map(({ name }) => name),
    except: Object.fromEntries(tenants.map((tenant) => [tenant.name, rowOf(tenant, beginningOf(story))])),
    contacts: tenants.flatMap(furtherContacts),
    settings: alerts,
    quota: { perDay, reserveShare },
    digestAtMinute,
    ...(isHourly ? {} : { planRegularPoll: planBy(polling.schedule) }),
    startsAt: beginningOf(story) - MINUTE_MS,
    tellsDigests,
  });
}

function rowOf({ zone, language, schedule }: TenantOfStory, nextPollAt: number): Partial<Tenant> {
  return {
    nextPollAt,
    pagesAskedAt: null,
    ...(zone !== undefined && { timezone: zone }),
    ...(language !== undefined && { locale: language }),
    ...(schedule !== undefined && { schedule }),
  };
}

/** The owner is there already. */
function furtherContacts(tenant: TenantOfStory): readonly Contact[] {
  const { name } = tenant;
  return peopleOf(tenant)
    .filter((person) => person !== 'owner')
    .map((person) =>
      aContact({
        id: `${person}-of-${name}`,
        tenantId: name,
        email: `${person}@${name}.example`,
        role: isCopied(person) ? 'cc' : 'owner',
      }),
    );
}
