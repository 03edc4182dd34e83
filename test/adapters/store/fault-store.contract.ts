import { describe, expect, it } from '@jest/globals';
import type { FaultCause } from '../../../src/domain/model/fault.ts';
import { HOUR_MS, MINUTE_MS } from '../../../src/domain/model/time.ts';
import { aFault, anOperatorNotification, anUnstorableNotification, NOW } from '../../support/builders.ts';
import type { FreshStore } from '../../support/store-fixtures.ts';

export function faultStoreContract(fresh: FreshStore): void {
  describe('the store of faults', () => {
    const causes: readonly FaultCause[] = [
      { kind: 'upstream', failure: 'timeout' },
      { kind: 'access', failure: 'unauthorized', tenants: 12 },
      { kind: 'access', failure: 'invalid_grant', tenants: 3 },
      { kind: 'access', failure: 'invalid_grant', tenants: 3, applicationId: 'brand' },
      { kind: 'application', failure: 'invalid_client', applicationId: null },
      { kind: 'application', failure: 'invalid_client', applicationId: 'brand' },
      { kind: 'quota', applicationId: 'brand' },
      { kind: 'mail', response: '535 5.7.8 “Authentication” failed' },
    ];

    it('gives back every kind of fault as it was stored, the oldest first', async () => {
      const { faults } = await fresh();
      const open = causes.map((cause, n) => aFault({ id: `fault-${n}`, cause, since: NOW - n }));
      for (const fault of open) expect(await faults.save(null, fault, [])).toBe(true);
      expect(await faults.open()).toEqual(open.toReversed());
    });

    it.each(causes)('has one open fault of a key at most, and no mail of the second: %j', async (cause) => {
      const { faults, mail } = await fresh();
      const first = aFault({ cause });
      expect(await faults.save(null, first, [anOperatorNotification({ id: 'first' })])).toBe(true);
      const second = aFault({ id: 'fault-2', cause });
      expect(await faults.save(null, second, [anOperatorNotification({ id: 'second' })])).toBe(false);
      expect(await faults.open()).toEqual([first]);
      expect(await mail.find('first')).not.toBeNull();
      expect(await mail.find('second')).toBeNull();
    });

    it('begins one of two that begin at the same moment', async () => {
      const { faults, outbox } = await fresh();
      const begun = await Promise.all(
        ['a', 'b'].map((id) => faults.save(null, aFault({ id }), [anOperatorNotification({ id: `mail-${id}` })])),
      );
      expect(begun.toSorted()).toEqual([false, true]);
      expect(await faults.open()).toHaveLength(1);
      expect(await outbox.dueMail(NOW, 10)).toHaveLength(1);
    });

    it('takes a fault from suspected to told to over, each step with its mail', async () => {
      const { faults, mail } = await fresh();
      expect(await faults.open()).toEqual([]);

      const suspected = aFault();
      expect(await faults.save(null, suspected, [])).toBe(true);
      expect(await faults.open()).toEqual([suspected]);

      const cause = { kind: 'upstream', failure: 'server' } as const;
      const confirmed = { ...suspected, confirmedAt: NOW + MINUTE_MS, cause };
      const report = anOperatorNotification();
      expect(await faults.save(suspected, confirmed, [report])).toBe(true);
      expect(await faults.open()).toEqual([confirmed]);
      expect(await mail.find(report.id)).toEqual(report);

      expect(await faults.save(confirmed, { ...confirmed, endedAt: NOW + HOUR_MS }, [])).toBe(true);
      expect(await faults.open()).toEqual([]);
      expect(await faults.save(null, aFault({ id: 'fault-2' }), [])).toBe(true);
    });

    it('forgets a suspicion', async () => {
      const { faults } = await fresh();
      await faults.save(null, aFault(), []);
      expect(await faults.save(aFault(), null, [])).toBe(true);
      expect(await faults.open()).toEqual([]);
    });

    it('stores no step, and none of its mail, when another process has moved on', async () => {
      const { faults, mail } = await fresh();
      const [suspected, confirmed] = [aFault(), aFault({ confirmedAt: NOW })];
      const reports = [anOperatorNotification()];
      await faults.save(null, suspected, []);

      await faults.save(suspected, confirmed, []);
      expect(await faults.save(suspected, confirmed, reports)).toBe(false);
      expect(await faults.save(suspected, null, reports)).toBe(false);

      expect(await faults.open()).toEqual([confirmed]);
      expect(await mail.find('operator-notification-1')).toBeNull();
    });

    it('stores no step whose mail cannot be stored', async () => {
      const { faults } = await fresh();
      const report = anUnstorableNotification();
      await expect(faults.save(null, aFault(), [report])).rejects.toThrow(/foreign key constraint/i);
      expect(await faults.open()).toEqual([]);
    });
  });
}
