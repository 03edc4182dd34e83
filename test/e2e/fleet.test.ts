import { describe, expect } from '@jest/globals';
import type { RoundAnswer } from '../support/program-answers.ts';
import { storyOnBoth } from '../support/program-story.ts';
import { storedPolls } from '../support/stored-polls.ts';

const TENANTS = 300;
const CONNECTIONS = 3 * TENANTS;

describe('a fleet', () => {
  storyOnBoth('that shows nothing new adds no rows', { tenants: TENANTS }, async ({ database: { raw }, ...world }) => {
    const ids = await world.importTenants();
    expect(new Set(ids).size).toBe(TENANTS);

    const first = await world.json<RoundAnswer>(['poll']);
    expect(first).toMatchObject({ polled: TENANTS, failed: 0, mail: { sent: 0, pending: 0 } });
    expect(first.changes).toHaveLength(CONNECTIONS);
    expect(await raw.db.snapshot.count()).toBe(CONNECTIONS);

    expect(await world.json<RoundAnswer>(['poll'])).toMatchObject({ polled: TENANTS, failed: 0, changes: [] });
    expect(await raw.db.snapshot.count()).toBe(CONNECTIONS);
    expect(await raw.db.snapshot.count({ where: { polls: 2 } })).toBe(CONNECTIONS);
    expect(await raw.db.change.count()).toBe(CONNECTIONS);
    expect(await raw.db.poll.count()).toBe(TENANTS);
    expect(await storedPolls(raw)).toHaveLength(2 * TENANTS);
    expect(world.control.counters()).toMatchObject({ refreshes: TENANTS, requests: { connections: 2 * TENANTS } });
  });
});
