import { expect, it } from '@jest/globals';
import { waitAfterFailuresMs, waitForRequestsMs } from '../../../src/domain/polling/waits.ts';
import { ms, utc } from '../../support/domain-time.ts';

it.each([
  [0, '0s'],
  [1, '0s'],
  [2, '10s'],
  [3, '20s'],
  [7, '320s'],
  [8, '10m'],
  [5000, '10m'],
])('after %i failures in a row a tenant waits %s', (inARow, wait) => {
  expect(waitAfterFailuresMs(inARow)).toBe(ms(wait));
});

it.each([
  ['2026-01-15 09:00', '10m'],
  ['2026-01-15 23:50', '10m'],
  ['2026-01-15 23:58', '2m'],
  ['2026-01-16 00:00', '10m'],
])('at %s tenants without a request wait %s', (now, wait) => {
  expect(waitForRequestsMs(utc(now))).toBe(ms(wait));
});
