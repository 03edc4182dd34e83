import { describe, expect, it } from '@jest/globals';
import { type ChangeReason, changeReason } from '../../../src/domain/model/change.ts';
import type { Condition, Health } from '../../../src/domain/model/condition.ts';

const healthy = showing('healthy');
const invalid = showing('broken', 'token_invalid');
const scopeless = showing('broken', 'scopes_missing');
const profileless = showing('broken', 'no_profile');
const limited = showing('waiting', 'rate_limited');
const unanswered = showing('waiting', 'check_failed');
const unobserved = showing('unobserved');
const removed = showing('removed', 'removed');

function showing(health: Health, ...conditions: readonly Condition[]) {
  return { health, conditions };
}

type Showing = ReturnType<typeof showing>;

describe('what a change is called', () => {
  it.each<[string, Showing | null, Showing, ChangeReason | null]>([
    ['a connection that was not known before', null, healthy, 'first_seen'],
    ['a connection that is broken when first seen', null, invalid, 'first_seen'],
    ['the same as before', invalid, invalid, null],
    [
      'the same in another order',
      showing('broken', 'token_missing', 'rate_limited'),
      showing('broken', 'rate_limited', 'token_missing'),
      null,
    ],
    ['healthy, then broken', healthy, invalid, 'broke'],
    ['rate limited, then broken', limited, invalid, 'broke'],
    ['unobserved, then broken', unobserved, scopeless, 'broke'],
    ['something worse', profileless, invalid, 'worsened'],
    ['something easier', invalid, profileless, 'eased'],
    ['broken, then only rate limited', invalid, limited, 'eased'],
    ['another condition with the same remedy', invalid, scopeless, 'conditions_changed'],
    ['broken, then healthy', invalid, healthy, 'repaired'],
    ['a limit that passed', limited, healthy, 'repaired'],
    ['healthy, then rate limited', healthy, limited, 'waiting'],
    ['rate limited, then unanswered', limited, unanswered, 'waiting'],
    ['nothing known any more', healthy, unobserved, 'unknown'],
    ['gone', invalid, removed, 'removed'],
    ['gone, then back and well', removed, healthy, 'returned'],
    ['gone, then back and broken', removed, invalid, 'returned'],
  ])('%s', (_, before, after, reason) => {
    expect(changeReason(before, after)).toBe(reason);
  });
});
