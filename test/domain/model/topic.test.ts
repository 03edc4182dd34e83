import { describe, expect, it } from '@jest/globals';
import { isSameStep, type Step, stepFromText, stepToText } from '../../../src/domain/model/topic.ts';

describe('The text of a step', () => {
  it.each([
    '',
    'alert',
    'alert:',
    'alert:1.2',
    'alert:-1',
    'alert:x',
    'an alert:1',
    'a reminder:1.3',
    'reminder:1.3.5',
    'reminder:3',
    'reminder:1.',
    'reminder:.1',
    'told',
  ])('that this version does not know is kept as it is: "%s"', (text) => {
    expect(stepFromText(text)).toEqual({ kind: 'other', text });
    expect(stepToText(stepFromText(text))).toBe(text);
  });

  it.each<[Step, string]>([
    [{ kind: 'alert', number: 1 }, 'alert:1'],
    [{ kind: 'alert', number: 12 }, 'alert:12'],
    [{ kind: 'reminder', alert: 1, slot: 3 }, 'reminder:1.3'],
    [{ kind: 'reminder', alert: 0, slot: 0 }, 'reminder:0.0'],
    [{ kind: 'reminder', alert: 12, slot: 34 }, 'reminder:12.34'],
    [{ kind: 'flapping' }, 'flapping'],
    [{ kind: 'recovered' }, 'recovered'],
    [{ kind: 'removed' }, 'removed'],
  ])('%j is written and read as %s', (step, text) => {
    expect(stepToText(step)).toBe(text);
    expect(stepFromText(text)).toEqual(step);
  });
});

describe('Two steps', () => {
  it.each<[boolean, string, string]>([
    [true, 'alert:1', 'alert:1'],
    [false, 'alert:1', 'alert:2'],
    [false, 'reminder:1.1', 'reminder:11.1'],
    [false, 'reminder:1.2', 'alert:1'],
    [true, 'removed', 'removed'],
    [false, 'removed', 'recovered'],
  ])('are the same: %s, for %s and %s', (expected, a, b) => {
    expect(isSameStep(stepFromText(a), stepFromText(b))).toBe(expected);
  });
});
