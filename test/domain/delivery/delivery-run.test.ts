import { describe, expect, it } from '@jest/globals';
import {
  afterDelivery,
  type Delivered,
  type DeliveryRun,
  isStopped,
  isStoppedFor,
  NOTHING_DELIVERED,
} from '../../../src/domain/delivery/delivery-run.ts';

const accepted: Delivered = { outcome: { outcome: 'accepted', response: '250 OK' }, state: 'sent' };
const refused: Delivered = {
  outcome: { outcome: 'refused', response: '554 no', isAddressBad: false },
  state: 'failed',
};
const unknown: Delivered = { outcome: { outcome: 'unknown', response: 'timeout' }, state: 'pending' };
const deferred: Delivered = {
  outcome: { outcome: 'deferred', response: '451 later', isOurFault: false },
  state: 'pending',
};
const given: Delivered = { ...deferred, state: 'failed' };
const refusesUs = (response: string): Delivered => ({
  outcome: { outcome: 'deferred', response, isOurFault: true },
  state: 'pending',
});

function runOf(...deliveries: readonly (readonly [string, Delivered])[]): DeliveryRun {
  return deliveries.reduce((run, [domain, delivered]) => afterDelivery(run, domain, delivered), NOTHING_DELIVERED);
}

describe('A run of the delivery stops', () => {
  it.each<[string, DeliveryRun, boolean]>([
    ['not before anything was tried', NOTHING_DELIVERED, false],
    ['not when one domain defers again and again', runOf(['a', deferred], ['a', deferred], ['a', deferred]), false],
    ['not when two domains defer', runOf(['a', deferred], ['b', deferred]), false],
    ['when three domains defer', runOf(['a', deferred], ['b', deferred], ['c', deferred]), true],
    ['when three domains do not answer', runOf(['a', unknown], ['b', unknown], ['c', unknown]), true],
    ['when the third domain’s mail is given up', runOf(['a', deferred], ['b', deferred], ['c', given]), true],
    [
      'not when a server took a mail between',
      runOf(['a', deferred], ['b', deferred], ['d', accepted], ['c', deferred]),
      false,
    ],
    [
      'not when a server refused one for good between',
      runOf(['a', deferred], ['b', deferred], ['d', refused], ['c', deferred]),
      false,
    ],
  ])('%s', (_, run, expected) => {
    expect(isStopped(run)).toBe(expected);
  });
});

describe('A run of the delivery stops for one domain', () => {
  it.each<[string, DeliveryRun, boolean]>([
    ['not when it deferred twice', runOf(['a', deferred], ['a', unknown]), false],
    ['when it deferred three times in a row', runOf(['a', deferred], ['a', unknown], ['a', deferred]), true],
    [
      'when other domains took mail meanwhile',
      runOf(['a', deferred], ['a', deferred], ['b', accepted], ['a', deferred]),
      true,
    ],
    [
      'not when it took a mail between',
      runOf(['a', deferred], ['a', deferred], ['a', accepted], ['a', deferred]),
      false,
    ],
    ['not when another domain defers', runOf(['b', deferred], ['b', deferred], ['b', deferred]), false],
  ])('%s', (_, run, expected) => {
    expect(isStoppedFor(run, 'a')).toBe(expected);
  });
});

describe('A run of the delivery counts', () => {
  it('what was sent and what failed for good', () => {
    expect(runOf(['a', accepted], ['b', refused], ['a', accepted], ['b', deferred])).toMatchObject({
      sent: 2,
      failed: 1,
    });
  });

  it.each<[string, DeliveryRun, string | null]>([
    ['no refusal of us when only mails were deferred', runOf(['a', deferred]), null],
    ['the first refusal of us', runOf(['a', deferred], ['a', refusesUs('535 no')], ['b', refusesUs('421')]), '535 no'],
  ])('%s', (_, { refusalOfUs }, expected) => {
    expect(refusalOfUs).toBe(expected);
  });
});
