import { describe, expect, it } from '@jest/globals';
import { createApplication } from '../../../src/monitoring/create-application.ts';
import type { Viewer } from '../../../src/monitoring/viewer.ts';
import { ms } from '../../support/domain-time.ts';
import { aWorld } from '../../support/use-case-world.ts';

const operator: Viewer = { kind: 'operator' };

describe('The state of the monitor', () => {
  it('has the tenants counted whose times lie ahead once a minute, and at once when the clock was set back', async () => {
    const { ports, clock } = await aWorld();
    let counts = 0;
    const countPolledAhead: typeof ports.polls.countPolledAhead = (now) => {
      counts += 1;
      return ports.polls.countPolledAhead(now);
    };
    const { operations } = createApplication({ ...ports, polls: { ...ports.polls, countPolledAhead } });
    await operations.monitor(operator);
    clock.jump(ms('59s'));
    expect((await operations.monitor(operator)).problems).toEqual([]);
    expect(counts).toBe(1);
    clock.jump(-ms('1d'));
    expect((await operations.monitor(operator)).problems).toMatchObject([{ what: 'clock' }]);
    expect(counts).toBe(2);
    clock.jump(ms('1m'));
    await operations.monitor(operator);
    expect(counts).toBe(3);
  });

  it('says that nothing can be stored, tries it once in half a minute, and at once after it failed', async () => {
    const { ports, clock } = await aWorld();
    let [tries, isReadOnly] = [0, false];
    const tryWriting = async () => {
      tries += 1;
      if (isReadOnly) throw new Error('attempt to write a readonly database');
    };
    const { operations } = createApplication({ ...ports, tryWriting });
    await operations.monitor(operator);
    isReadOnly = true;
    clock.jump(ms('29s'));
    expect((await operations.monitor(operator)).problems).toEqual([]);
    clock.jump(ms('1s'));
    expect((await operations.monitor(operator)).problems).toMatchObject([
      { what: 'database', severity: 'critical', detail: 'attempt to write a readonly database' },
    ]);
    isReadOnly = false;
    expect((await operations.monitor(operator)).problems).toEqual([]);
    expect(tries).toBe(3);
  });

  it('does not take waiting for another writer for a database that cannot be written to', async () => {
    const { ports, clock } = await aWorld();
    const writing = Promise.withResolvers<void>();
    const { operations } = createApplication({ ...ports, tryWriting: () => writing.promise });
    const read = operations.monitor(operator);
    await clock.advance(ms('1s'));
    expect((await read).problems).toEqual([]);
    writing.reject(new Error('database is locked'));
    expect((await operations.monitor(operator)).problems).toEqual([]);
  });

  it('includes what the daemon alone knows, for whoever asks in its process', async () => {
    const { ports, clock } = await aWorld();
    const well = { startedAt: clock.now(), idleMs: { round: 0, mail: 0 }, errors: 0, hasTemplates: true };
    const runDaemon: typeof ports.runDaemon = async ({ includeDaemon }) =>
      includeDaemon(() => ({ ...well, brokenOff: { round: 'disk I/O error', mail: null } }));
    const { operations } = createApplication({ ...ports, runDaemon });
    expect((await operations.monitor(operator)).problems).toEqual([]);
    await operations.start(operator, { signal: new AbortController().signal, onListening: () => undefined });
    expect((await operations.monitor(operator)).problems).toMatchObject([
      { what: 'rounds', severity: 'critical', detail: 'the latest round broke off: disk I/O error' },
    ]);
  });
});
