import { afterEach, describe, expect, it } from '@jest/globals';
import { anOwnerPage } from '../../support/owner-pages.ts';
import { formTokenIn, type OwnerServer, requestsArrived, startOwnerServer } from './owner-server.ts';

/** Some more than can be at work and wait. */
const CROWD = 200;
const REFUSED = 'too many readers at once: some get a 503';

let open: OwnerServer | null = null;
afterEach(async () => {
  await open?.server.close();
  open = null;
});

/** A server whose database answers nothing until `answer` is called, and then everything at once. */
async function startSlow() {
  const slow = Promise.withResolvers<void>();
  const seen = { now: 0, most: 0 };
  const slowly = async <Answer>(answer: Answer): Promise<Answer> => {
    seen.now += 1;
    seen.most = Math.max(seen.most, seen.now);
    await slow.promise;
    seen.now -= 1;
    return answer;
  };
  open = await startOwnerServer({ owner: { page: () => slowly(anOwnerPage()) } });
  return { ...open, answer: slow.resolve, seen };
}

describe('a crowd of readers', () => {
  it('reads a few pages at a time; some wait, the rest is asked to come again, and nobody hears anything else', async () => {
    const { get, logged, server, answer, seen } = await startSlow();
    const arrived = requestsArrived(server, CROWD);
    const responses = Array.from({ length: CROWD }, () => get('/o/good', { headers: { 'accept-language': 'de' } }));
    await arrived;
    answer();
    const statuses = Map.groupBy(await Promise.all(responses), ({ status }) => status);
    expect([...statuses.keys()].toSorted()).toEqual([200, 503]);
    expect(seen.most).toBeLessThanOrEqual(2);
    for (const refused of statuses.get(503) ?? []) {
      expect(refused.headers.get('retry-after')).toBe('60');
      await expect(refused.text()).resolves.toContain('<html lang="de">');
    }
    expect(logged.filter(({ message }) => message === REFUSED)).toHaveLength(1);
    expect(logged.filter(({ level }) => level === 'error')).toEqual([]);
    expect((await get('/o/good')).status).toBe(200);
  });

  it('keeps no health check waiting', async () => {
    const { get, server, answer } = await startSlow();
    const arrived = requestsArrived(server, CROWD);
    const responses = Array.from({ length: CROWD }, () => get('/o/good'));
    await arrived;
    expect((await get('/livez')).status).toBe(200);
    expect((await get('/readyz')).status).toBe(200);
    answer();
    await Promise.all(responses);
  });

  it('that waits for checks keeps nobody from reading', async () => {
    const slow = Promise.withResolvers<'no_answer'>();
    open = await startOwnerServer({ owner: { checkNow: () => slow.promise } });
    const { get, post, server } = open;
    const form = formTokenIn(await (await get('/o/good/check')).text());
    const arrived = requestsArrived(server, 60);
    const checks = Array.from({ length: 60 }, () => post('/o/good/check', new URLSearchParams({ form })));
    await arrived;
    expect((await get('/o/good')).status).toBe(200);
    slow.resolve('no_answer');
    const statuses = new Set((await Promise.all(checks)).map(({ status }) => status));
    expect([...statuses].toSorted()).toEqual([303, 503]);
  });
});
