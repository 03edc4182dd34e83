import { describe, expect, it } from '@jest/globals';
import { anOperatorNotification, NOW } from '../../support/builders.ts';
import type { FreshStore } from '../../support/store-fixtures.ts';

export function mailTroubleBookContract(fresh: FreshStore): void {
  describe('mail trouble', () => {
    const trouble = { id: 'trouble-1', since: NOW, response: '535 5.7.8 Authentication failed' };
    const mail = anOperatorNotification({ reason: 'mail_works_again' });

    it('begins once, and is found until it ends', async () => {
      const { mailTroubleBook } = await fresh();
      expect(await mailTroubleBook.current()).toBeNull();
      expect(await mailTroubleBook.begin(trouble)).toBe(true);
      expect(await mailTroubleBook.begin({ ...trouble, id: 'trouble-2', since: NOW + 1 })).toBe(false);
      expect(await mailTroubleBook.current()).toEqual(trouble);
    });

    it('of two that begin at once one alone is stored', async () => {
      const { mailTroubleBook } = await fresh();
      const began = await Promise.all(
        ['trouble-1', 'trouble-2'].map((id) => mailTroubleBook.begin({ ...trouble, id })),
      );
      expect(began.toSorted()).toEqual([false, true]);
    });

    it('ends once, with its mail, and may begin again', async () => {
      const { mailTroubleBook, mailLog } = await fresh();
      await mailTroubleBook.begin(trouble);
      expect(await mailTroubleBook.end(trouble.id, NOW + 1, [mail])).toBe(true);
      expect(await mailTroubleBook.end(trouble.id, NOW + 2, [{ ...mail, id: 'another' }])).toBe(false);
      expect(await mailTroubleBook.current()).toBeNull();
      expect(await mailLog.find(mail.id)).toEqual(mail);
      expect(await mailLog.find('another')).toBeNull();
      expect(await mailTroubleBook.begin({ ...trouble, id: 'trouble-2' })).toBe(true);
    });

    it('is no hold that anybody could end by command', async () => {
      const { mailTroubleBook, holdBook, digestBook } = await fresh();
      await mailTroubleBook.begin(trouble);
      expect(await holdBook.active()).toEqual([]);
      const digest = await digestBook.read({ now: NOW, lines: 20, escalateAfterMs: 0, checkFailedAfterMs: 0 });
      expect(digest.held).toEqual({ items: [], total: 0 });
    });
  });
}
