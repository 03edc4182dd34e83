import { describe, expect, it } from '@jest/globals';
import type { Hold, HoldCause } from '../../../src/domain/hold.ts';
import { HOUR_MS } from '../../../src/domain/time.ts';
import { aHold, anOperatorNotification, NOW } from '../../support/builders.ts';
import type { FreshStore } from '../../support/store-fixtures.ts';

export function holdBookContract(fresh: FreshStore): void {
  describe('the book of holds', () => {
    const causes: readonly HoldCause[] = [
      { kind: 'fleet', network: 'facebook', condition: 'token_invalid' },
      { kind: 'fleet', network: 'instagram', condition: 'token_invalid' },
      { kind: 'fleet', network: 'facebook', condition: 'removed' },
      { kind: 'access', failure: 'unauthorized' },
      { kind: 'access', failure: 'invalid_grant' },
      { kind: 'brake' },
      { kind: 'command' },
    ];

    it('gives back every kind of hold as it was begun, the longest first', async () => {
      const { holdBook } = await fresh();
      const holds = causes.map((cause, n) => aHold({ id: `hold-${n}`, cause, beganAt: NOW - n, sample: ['a', 'b"c'] }));
      for (const hold of holds) expect(await holdBook.begin(hold, [])).toBe(true);
      expect(await holdBook.active()).toEqual(holds.toReversed());
    });

    it('puts those that began together in the order of their ids', async () => {
      const { holdBook } = await fresh();
      const ids = ['c', 'a', 'b'];
      for (const [n, id] of ids.entries())
        await holdBook.begin(aHold({ id, cause: causes[n] ?? { kind: 'brake' } }), []);
      expect((await holdBook.active()).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    });

    it.each(causes)('has one of a cause at most, and no mail of the second: %j', async (cause) => {
      const { holdBook, mailLog } = await fresh();
      const first = aHold({ cause });
      expect(await holdBook.begin(first, [anOperatorNotification({ id: 'first' })])).toBe(true);
      expect(await holdBook.begin(aHold({ id: 'hold-2', cause }), [anOperatorNotification({ id: 'second' })])).toBe(
        false,
      );
      expect(await holdBook.active()).toEqual([first]);
      expect(await mailLog.find('first')).not.toBeNull();
      expect(await mailLog.find('second')).toBeNull();
    });

    it('begins one of two that begin at the same moment', async () => {
      const { holdBook, mailQueue } = await fresh();
      const begun = await Promise.all(
        ['a', 'b'].map((id) => holdBook.begin(aHold({ id }), [anOperatorNotification({ id: `mail-${id}` })])),
      );
      expect(begun.toSorted()).toEqual([false, true]);
      expect(await holdBook.active()).toHaveLength(1);
      expect(await mailQueue.dueMail(NOW, 10)).toHaveLength(1);
    });

    it('ends once, with its mail, and makes room for another of its cause', async () => {
      const { holdBook, mailLog } = await fresh();
      await holdBook.begin(aHold(), []);
      const ended: Hold = aHold({ endedAt: NOW + HOUR_MS, endReason: 'mostly_good_again' });
      expect(await holdBook.end(ended, [anOperatorNotification({ id: 'first' })])).toBe(true);
      expect(await holdBook.end(ended, [anOperatorNotification({ id: 'second' })])).toBe(false);
      expect(await holdBook.active()).toEqual([]);
      expect(await mailLog.find('first')).not.toBeNull();
      expect(await mailLog.find('second')).toBeNull();
      expect(await holdBook.begin(aHold({ id: 'hold-2' }), [])).toBe(true);
    });

    it('cannot end what never began', async () => {
      const { holdBook } = await fresh();
      expect(await holdBook.end(aHold({ endedAt: NOW, endReason: 'released' }), [])).toBe(false);
    });

    it('neither begins nor ends when its mail cannot be stored', async () => {
      const { holdBook } = await fresh();
      const mail = [anOperatorNotification({ tenantId: 'nobody' })];
      await expect(holdBook.begin(aHold(), mail)).rejects.toThrow(/foreign key constraint/i);
      expect(await holdBook.active()).toEqual([]);
      await holdBook.begin(aHold(), []);
      const ended = aHold({ endedAt: NOW, endReason: 'released' });
      await expect(holdBook.end(ended, mail)).rejects.toThrow(/foreign key constraint/i);
      expect(await holdBook.active()).toEqual([aHold()]);
    });
  });
}
