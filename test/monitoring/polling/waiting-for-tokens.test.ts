import { describe, expect, it, jest } from '@jest/globals';
import { aGrant } from '../../support/builders.ts';
import { ms } from '../../support/domain-time.ts';
import { settled } from '../../support/use-case-clock.ts';
import { theConfigured } from '../../support/use-case-upstreams.ts';
import { aWorld, manyTenants } from '../../support/use-case-world.ts';

const NEW = manyTenants(100);
const KNOWN = 'with-a-token';

/** A hundred new accounts that are due before the one with a token, while the token endpoint serves one a second. */
async function aFlood() {
  const world = await aWorld({ tenants: [...NEW, KNOWN], pollConcurrency: 2 });
  const { clock, store, ports } = world;
  for (const id of [...NEW, KNOWN]) {
    const grant = aGrant({ accessToken: id === KNOWN ? 'token' : null, expiresAt: null });
    store.memory.state.grants.set(id, {
      grant: { ...grant, revision: 1, applicationId: null },
      given: grant.refreshToken,
      refreshedAt: null,
      trouble: null,
      lease: null,
    });
  }
  const application = theConfigured({ tokenRequestsPerSecond: 1 });
  const upstreams = {
    ...ports.upstreams,
    applications: async () => [application],
    application: async () => application,
  };
  const waiting: string[] = [];
  const served = Promise.withResolvers<void>();
  const accessToken: typeof ports.access.accessToken = async (id) => {
    if (id !== KNOWN) {
      waiting.push(id);
      await served.promise;
    }
    return await world.access.accessToken(id);
  };
  const access = { ...ports.access, accessToken };
  const due = () => store.polls.dueTenants({ now: clock.now(), applicationId: null, limit: 1_000 });
  return { ...world, waiting, served, other: { upstreams, access }, due };
}

describe('Tenants that wait for a token', () => {
  it('keep those waiting for nothing that have one, and are few at once', async () => {
    const { poll, other, constantContact, waiting, served } = await aFlood();
    const round = poll({}, other);
    await settled();
    expect(constantContact.asked()).toEqual([KNOWN]);
    expect(waiting).toHaveLength(5);
    served.resolve();
    expect(await round).toMatchObject({ polled: 6, failed: 0, errors: 0, skipped: 0 });
  });

  it('are due again one after the other where they were too many', async () => {
    const { poll, other, served, due, clock } = await aFlood();
    const round = poll({}, other);
    await settled();
    served.resolve();
    await round;
    expect(await due()).toEqual([]);
    await clock.advance(ms('35s'));
    expect(await due()).toHaveLength(30);
    await clock.advance(ms('1m5s'));
    expect(await due()).toHaveLength(95);
  });

  it('are put off together, each until its own turn, however many they are', async () => {
    const { poll, other, served, store } = await aFlood();
    const back = jest.spyOn(store.polls, 'giveBackTenants');
    const round = poll({}, other);
    await settled();
    served.resolve();
    await round;
    expect(back).toHaveBeenCalledTimes(1);
    const [{ tenants }] = back.mock.calls[0] as Parameters<typeof store.polls.giveBackTenants>;
    expect(tenants).toHaveLength(95);
  });

  it('keep no page waiting: those of a page that was offered come due again', async () => {
    const { poll, other, waiting, constantContact } = await aFlood();
    const page = { dueAmong: [...NEW.slice(0, 50), KNOWN] };
    expect(await poll({ scope: page }, other)).toMatchObject({ polled: 1, failed: 0, errors: 0, skipped: 0 });
    expect(constantContact.asked()).toEqual([KNOWN]);
    expect(waiting).toEqual([]);
  });

  it('are all waited for where somebody names them', async () => {
    const { poll, other, served } = await aFlood();
    served.resolve();
    expect(await poll({ scope: 'all' }, other)).toMatchObject({ polled: 101, errors: 0 });
  });
});
