import { describe, expect, it } from '@jest/globals';
import { assertKeysFit, lackingKeys } from '../../../src/monitoring/operations/keys.ts';
import type { KeyUse } from '../../../src/monitoring/ports.ts';

const known: KeyUse = { keyId: 'aaa', values: 4, isKnown: true, isFirst: true };
const unknown: KeyUse = { keyId: 'bbb', values: 1200, isKnown: false, isFirst: false };

function checked(uses: readonly KeyUse[]) {
  const reseal = async () => ({ resealed: 0, unreadable: 0, last: null });
  const secrets = {
    keysInUse: async () => uses,
    reseal,
    resealAnswers: reseal,
    resealWebhooks: reseal,
    resealApplications: reseal,
  };
  return assertKeysFit({ secrets });
}

describe('ENCRYPTION_KEY', () => {
  it.each<[string, readonly KeyUse[]]>([
    ['nothing is stored', []],
    ['it opens all', [known]],
    ['it opens some', [known, unknown]],
  ])('fits where %s', async (_, uses) => {
    await expect(checked(uses)).resolves.toBeUndefined();
  });

  it('does not fit where it opens nothing of what is stored', async () => {
    await expect(checked([unknown])).rejects.toThrow(
      'ENCRYPTION_KEY opens none of the 1,200 stored tokens: they were sealed with key bbb',
    );
  });

  it('lacks the keys of what it does not open', () => {
    expect(lackingKeys([known])).toBeNull();
    expect(lackingKeys([known, unknown])).toBe('1,200 were sealed with key bbb, which ENCRYPTION_KEY does not have');
  });
});
