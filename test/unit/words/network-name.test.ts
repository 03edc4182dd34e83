import { describe, expect, it } from '@jest/globals';
import { networkName } from '../../../src/words/network-name.ts';

describe('the name of a network', () => {
  it.each([
    ['facebook', 'Facebook'],
    ['linkedin', 'LinkedIn'],
    ['TIKTOK', 'TikTok'],
    ['google_business', 'Google Business'],
    ['blue_sky', 'Blue sky'],
    ['mastodon', 'Mastodon'],
    ['constructor', 'Constructor'],
    ['', ''],
  ])('%j is written %j', (network, name) => {
    expect(networkName(network)).toBe(name);
  });
});
