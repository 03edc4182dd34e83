import { describe, expect, it } from '@jest/globals';
import { defaultReconnectSteps, mergeSteps, parseReconnectSteps, stepsFor } from '../../../src/mail/reconnect-steps.ts';

const jane = { network: 'facebook', networkName: 'Facebook', account: "Jane's Bakery" };

describe('the file of reconnect steps', () => {
  it.each([
    ['{', [expect.stringContaining('not JSON')]],
    ['[]', [expect.stringContaining('it is an object')]],
    ['null', [expect.stringContaining('it is an object')]],
    [
      '{"facebook": ["Sign in."]}',
      [expect.stringContaining('facebook: has the lists "reconnect", "choose_profile" and "connect"')],
    ],
    ['{"facebook": {"repair": ["Sign in."]}}', [expect.stringContaining('facebook: has the lists')]],
    ['{"facebook": {"reconnect": "Sign in."}}', ['facebook.reconnect: steps are a list: ["…", "…"]']],
    ['{"facebook": {"reconnect": []}}', ['facebook.reconnect: a list has at least one step']],
    ['{"facebook": {"reconnect": ["Sign in.", 2]}}', ['facebook.reconnect[1]: a step is text in quotes']],
    ['{"x": {"reconnect": [" "]}}', ['x.reconnect[0]: a step is not empty']],
    ['{"x": {"reconnect": ["As {name}."]}}', ['x.reconnect[0]: knows no {name}; write {network} or {account}']],
  ])('%s is refused with the place and the remedy', (json, problems) => {
    expect(parseReconnectSteps(json)).toEqual({ ok: false, problems });
  });

  it('names every problem at once', () => {
    const parsed = parseReconnectSteps('{"a": {"reconnect": []}, "b": {"choose_profile": [1]}}');
    expect(parsed).toMatchObject({
      ok: false,
      problems: [expect.stringContaining('a.'), expect.stringContaining('b.')],
    });
  });

  it('replaces only what it says', () => {
    const parsed = parseReconnectSteps('{"Facebook": {"reconnect": ["Only {account} on {network}."]}}');
    if (!parsed.ok) throw new Error(parsed.problems.join());
    expect(stepsFor(parsed.steps, 'reconnect', jane)).toEqual(["Only Jane's Bakery on Facebook."]);
    expect(stepsFor(parsed.steps, 'reconnect', { ...jane, network: 'linkedin' })).toHaveLength(3);
    expect(stepsFor(parsed.steps, 'choose_profile', jane)).toHaveLength(3);
  });
});

describe('the steps for an account', () => {
  it('name the network and the account as they are written', () => {
    const steps = stepsFor(defaultReconnectSteps, 'reconnect', { ...jane, account: '$& {network}' });
    expect(steps.at(-1)).toContain('Reconnect Facebook as $& {network}.');
  });

  it('do not stumble over a network named like a property of every object', () => {
    expect(stepsFor(defaultReconnectSteps, 'reconnect', { ...jane, network: 'constructor' })).toHaveLength(3);
  });

  it('begin once for several accounts, and name each of them', () => {
    expect(
      mergeSteps([
        ['a', 'b', 'c1'],
        ['a', 'b', 'c2'],
      ]),
    ).toEqual(['a', 'b', 'c1', 'c2']);
    expect(mergeSteps([['a', 'b'], ['x']])).toEqual(['a', 'b', 'x']);
    expect(
      mergeSteps([
        ['a', 'b'],
        ['a', 'b'],
      ]),
    ).toEqual(['a', 'b']);
    expect(mergeSteps([])).toEqual([]);
  });
});
