import { DAY_MS } from '../../src/domain/model/time.ts';
import { NOW } from './builders.ts';

export const tomorrow = NOW + DAY_MS;

/** A browser that came back from Constant Contact. */
export const returned = { redirectUri: 'https://linkwatch.example/callback', state: 'state', verifier: 'v', query: {} };

export const aDevice = {
  deviceCode: 'device',
  userCode: 'ABCDEFGH',
  verificationUri: '',
  expiresAt: tomorrow,
  intervalMs: 1,
};
