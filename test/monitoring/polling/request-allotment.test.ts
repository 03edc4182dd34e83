import { describe, expect, it } from '@jest/globals';
import { createUsedUpNotice } from '../../../src/monitoring/polling/request-allotment.ts';
import { NOW } from '../../support/builders.ts';
import { ms } from '../../support/domain-time.ts';
import { collectingLog } from '../../support/use-case-log.ts';

describe('The notice that the requests of the day are used up', () => {
  it('is not given while everybody is asked', () => {
    const log = collectingLog();
    createUsedUpNotice(log)(0, NOW);
    expect(log.entries).toEqual([]);
  });

  it('is given by the first round that skips somebody, and anew the next day', () => {
    const log = collectingLog();
    const notice = createUsedUpNotice(log);
    notice(7, NOW);
    notice(3, NOW + ms('1h'));
    notice(5, NOW + ms('1d'));
    expect(log.messages('warn')).toHaveLength(2);
    expect(log.entries.map(({ fields }) => fields)).toEqual([{ skipped: 7 }, { skipped: 5 }]);
  });
});
