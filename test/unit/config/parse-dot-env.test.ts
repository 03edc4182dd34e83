import { describe, expect, it } from '@jest/globals';
import { parseDotEnv } from '../../../src/config/parse-dot-env.ts';

const TEXT = 'HTTP_PORT=8081\nBRAND="Caf\u00e9"\n';

describe('a .env', () => {
  it.each([
    ['as any editor saves it', Buffer.from(TEXT)],
    ['with the mark that some editors begin with', Buffer.from(`\ufeff${TEXT}`)],
    ['with the line ends of Windows', Buffer.from(TEXT.replaceAll('\n', '\r\n'))],
  ])('%s is read', (_, bytes) => {
    expect(parseDotEnv(bytes)).toEqual({ ok: true, values: { HTTP_PORT: '8081', BRAND: 'Caf\u00e9' } });
  });

  it.each([
    ['UTF-16, little end first', Buffer.from(`\ufeff${TEXT}`, 'utf16le'), 'UTF-16'],
    ['UTF-16, big end first', Buffer.from(`\ufeff${TEXT}`, 'utf16le').swap16(), 'UTF-16'],
    ['UTF-16 without its mark', Buffer.from(TEXT, 'utf16le'), 'UTF-16'],
    ['an empty file in UTF-16', Buffer.from('\ufeff', 'utf16le'), 'UTF-16'],
    ['an old code page', Buffer.from(TEXT, 'latin1'), 'not UTF-8'],
    ['UTF-8 that is cut short', Buffer.from(TEXT).subarray(0, -3), 'not UTF-8'],
  ])('in %s is refused', (_, bytes, problem) => {
    expect(parseDotEnv(bytes)).toEqual({ ok: false, problem: expect.stringContaining(problem) });
  });

  it('that is empty says nothing', () => {
    expect(parseDotEnv(new Uint8Array())).toEqual({ ok: true, values: {} });
  });
});
