import { describe, expect, it } from '@jest/globals';
import { openOnce } from '../../../src/composition/open-once.ts';

/** Fails as often as asked, then opens; counts the attempts. */
function scripted(failures: number) {
  const script = { attempts: 0 };
  const make = async () => {
    script.attempts += 1;
    if (script.attempts <= failures) throw new Error(`attempt ${script.attempts} failed`);
    return 'open';
  };
  return { script, ...openOnce(make) };
}

describe('Something that is opened once', () => {
  it('is opened by the first need and shared by all others', async () => {
    const { script, open } = scripted(0);
    expect(await Promise.all([open(), open(), open()])).toEqual(['open', 'open', 'open']);
    expect(script.attempts).toBe(1);
  });

  it('is tried again after a failed attempt, and the failure reaches everybody who waited for that attempt', async () => {
    const { script, open } = scripted(2);
    const first = await Promise.allSettled([open(), open()]);
    expect(first.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(open()).rejects.toThrow('attempt 2 failed');
    expect(await open()).toBe('open');
    expect(script.attempts).toBe(3);
  });

  it('is null before the first need and after a failed attempt, without opening anything', async () => {
    const { script, open, opened } = scripted(1);
    expect(await opened()).toBeNull();
    const attempt = open();
    expect(await opened()).toBeNull();
    await expect(attempt).rejects.toThrow('attempt 1 failed');
    expect(await opened()).toBeNull();
    expect(script.attempts).toBe(1);
    await open();
    expect(await opened()).toBe('open');
  });
});
