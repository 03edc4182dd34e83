import { describe, expect, it } from '@jest/globals';
import type { Hold, HoldCause } from '../../../src/domain/model/hold.ts';
import { HOUR_MS } from '../../../src/domain/model/time.ts';
import { aHold, anOperatorNotification, anUnstorableNotification, NOW } from '../../support/builders.ts';
import type { FreshStore } from '../../support/store-fixtures.ts';

export function holdBookContract(fresh: FreshStore): void {
  describe('the book of holds', () => {
    const causes: readonly HoldCause[] = [
      { kind: 'fleet', network: 'facebook', condition: 'token_invalid' },
      { kind: 'fleet', network: 'instagram', condition: 'token_invalid' },
      { kind: 'fleet', network: 'facebook', condition: 'removed' },
      { kind: 'brake' },
      { kind: 'command' },
    ];

    it('gives back every kind of hold as it was begun, the longest first', async () => {
      const { holds } = await fresh();
      const begun = causes.map((cause, n) => aHold({ id: `hold-${n}`, cause, beganAt: NOW - n, sample: ['a', 'b"c'] }));
      for (const hold of begun) expect(await holds.begin(hold, [])).toBe(true);
      expect(await holds.active()).toEqual(begun.toReversed());
    });

    it('puts those that began together in the order of their ids', async () => {
      const { holds } = await fresh();
      const ids = ['c', 'a', 'b'];
      for (const [n, id] of ids.entries()) await holds.begin(aHold({ id, cause: causes[n] ?? { kind: 'brake' } }), []);
      expect((await holds.active()).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    });

    it.each(causes)('has one of a cause at most, and no mail of the second: %j', async (cause) => {
      const { holds, mail } = await fresh();
      const first = aHold({ cause });
      expect(await holds.begin(first, [anOperatorNotification({ id: 'first' })])).toBe(true);
      expect(await holds.begin(aHold({ id: 'hold-2', cause }), [anOperatorNotification({ id: 'second' })])).toBe(false);
      expect(await holds.active()).toEqual([first]);
      expect(await mail.find('first')).not.toBeNull();
      expect(await mail.find('second')).toBeNull();
    });

    it('begins one of two that begin at the same moment', async () => {
      const { holds, outbox } = await fresh();
      const begun = await Promise.all(
        ['a', 'b'].map((id) => holds.begin(aHold({ id }), [anOperatorNotification({ id: `mail-${id}` })])),
      );
      expect(begun.toSorted()).toEqual([false, true]);
      expect(await holds.active()).toHaveLength(1);
      expect(await outbox.dueMail(NOW, 10)).toHaveLength(1);
    });

    it('ends once, with its mail, and makes room for another of its cause', async () => {
      const { holds, mail } = await fresh();
      await holds.begin(aHold(), []);
      const ended: Hold = aHold({ endedAt: NOW + HOUR_MS, endReason: 'mostly_good_again' });
      expect(await holds.end(ended, [anOperatorNotification({ id: 'first' })])).toBe(true);
      expect(await holds.end(ended, [anOperatorNotification({ id: 'second' })])).toBe(false);
      expect(await holds.active()).toEqual([]);
      expect(await mail.find('first')).not.toBeNull();
      expect(await mail.find('second')).toBeNull();
      expect(await holds.begin(aHold({ id: 'hold-2' }), [])).toBe(true);
    });

    it('cannot end what never began', async () => {
      const { holds } = await fresh();
      expect(await holds.end(aHold({ endedAt: NOW, endReason: 'released' }), [])).toBe(false);
    });

    it('neither begins nor ends when its mail cannot be stored', async () => {
      const { holds } = await fresh();
      const mail = [anUnstorableNotification()];
      await expect(holds.begin(aHold(), mail)).rejects.toThrow(/foreign key constraint/i);
      expect(await holds.active()).toEqual([]);
      await holds.begin(aHold(), []);
      const ended = aHold({ endedAt: NOW, endReason: 'released' });
      await expect(holds.end(ended, mail)).rejects.toThrow(/foreign key constraint/i);
      expect(await holds.active()).toEqual([aHold()]);
    });
  });
}
