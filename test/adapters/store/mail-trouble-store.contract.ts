import { describe, expect, it } from '@jest/globals';
import { anOperatorNotification, NOW } from '../../support/builders.ts';
import type { FreshStore } from '../../support/store-fixtures.ts';

export function mailTroubleBookContract(fresh: FreshStore): void {
  describe('mail trouble', () => {
    const trouble = { id: 'trouble-1', since: NOW, response: '535 5.7.8 Authentication failed' };
    const restored = { about: 'mail_works_again', since: NOW, until: NOW + 1, response: trouble.response } as const;
    const report = anOperatorNotification({ report: restored });

    it('begins once, and is found until it ends', async () => {
      const { mailTroubles } = await fresh();
      expect(await mailTroubles.current()).toBeNull();
      expect(await mailTroubles.begin(trouble)).toBe(true);
      expect(await mailTroubles.begin({ ...trouble, id: 'trouble-2', since: NOW + 1 })).toBe(false);
      expect(await mailTroubles.current()).toEqual(trouble);
    });

    it('of two that begin at once one alone is stored', async () => {
      const { mailTroubles } = await fresh();
      const began = await Promise.all(['trouble-1', 'trouble-2'].map((id) => mailTroubles.begin({ ...trouble, id })));
      expect(began.toSorted()).toEqual([false, true]);
    });

    it('ends once, with its mail, and may begin again', async () => {
      const { mailTroubles, mail } = await fresh();
      await mailTroubles.begin(trouble);
      expect(await mailTroubles.end(trouble.id, NOW + 1, [report])).toBe(true);
      expect(await mailTroubles.end(trouble.id, NOW + 2, [{ ...report, id: 'another' }])).toBe(false);
      expect(await mailTroubles.current()).toBeNull();
      expect(await mail.find(report.id)).toEqual(report);
      expect(await mail.find('another')).toBeNull();
      expect(await mailTroubles.begin({ ...trouble, id: 'trouble-2' })).toBe(true);
    });

    it('is no hold that anybody could end by command', async () => {
      const { mailTroubles, holds } = await fresh();
      await mailTroubles.begin(trouble);
      expect(await holds.active()).toEqual([]);
    });
  });
}
