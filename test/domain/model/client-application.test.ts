import { describe, expect, it } from '@jest/globals';
import { isDefaultName, isSameApplicationName } from '../../../src/domain/model/client-application.ts';

describe('The name of an application', () => {
  it.each([
    ['agency', 'agency', true],
    ['Agency', 'aGENCY', true],
    ['Straße', 'strasse', false],
    ['agency', 'agency 2', false],
  ])('%s and %s are the same: %s', (a, b, expected) => {
    expect(isSameApplicationName(a, b)).toBe(expected);
  });

  it.each([
    ['default', true],
    ['Default', true],
    ['defaults', false],
    ['', false],
  ])('"%s" is the one of the configuration: %s', (name, expected) => {
    expect(isDefaultName(name)).toBe(expected);
  });
});
