import { describe, expect, it } from '@jest/globals';
import { parseReconnectSteps } from '../../../src/mail/parse-reconnect-steps.ts';
import { defaultReconnectSteps, type Repair, stepsFor } from '../../../src/mail/reconnect-steps.ts';
import { wordsFor } from '../../../src/words/words.ts';

const { say } = wordsFor('en');

const jane: Repair = { action: 'reconnect', network: 'facebook', networkName: 'Facebook', account: "Jane's Bakery" };

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
    const stepsOf = (repair: Repair) => stepsFor([repair], parsed.steps, say);
    expect(stepsOf(jane)).toEqual(["Only Jane's Bakery on Facebook."]);
    expect(stepsOf({ ...jane, network: 'linkedin' })).toHaveLength(3);
    expect(stepsOf({ ...jane, action: 'choose_profile' })).toHaveLength(3);
  });
});

describe('the steps', () => {
  it('for one account name the network and the account as they are written', () => {
    const steps = stepsFor([{ ...jane, account: '$& {network}' }], defaultReconnectSteps, say);
    expect(steps.at(-1)).toContain('Reconnect Facebook as $& {network}.');
    const own = { default: { reconnect: ['{account}: {network}'] } };
    expect(stepsFor([{ ...jane, account: '$& {network}' }], own, say)).toEqual(['$& {network}: Facebook']);
  });

  it('say whose login to use, and to allow everything', () => {
    const last = stepsFor([jane], defaultReconnectSteps, say).at(-1);
    expect(last).toContain('use the login of a full administrator of that page or account');
    expect(last).toContain('Allow every permission it asks for.');
  });

  it('do not stumble over a network named like a property of every object', () => {
    expect(stepsFor([{ ...jane, network: 'constructor' }], defaultReconnectSteps, say)).toHaveLength(3);
  });

  it('for several accounts are said once, however many there are', () => {
    const many = Array.from({ length: 30 }, (_, index): Repair => ({ ...jane, account: `Branch ${index}` }));
    const steps = stepsFor([...many, { ...jane, action: 'choose_profile' }], defaultReconnectSteps, say);
    expect(steps).toEqual([
      say('step.sign_in'),
      say('step.open_settings'),
      say('step.reconnect.several'),
      expect.stringContaining("For Facebook (Jane's Bakery), choose the page"),
    ]);
  });

  it('of the operator begin once for several accounts, and name each of them', () => {
    const own = { default: { reconnect: ['Sign in.', 'Reconnect {account}.'] }, x: { reconnect: ['Ask us.'] } };
    const bob = { ...jane, account: 'Bob' };
    expect(stepsFor([jane, bob], own, say)).toEqual(['Sign in.', "Reconnect Jane's Bakery.", 'Reconnect Bob.']);
    expect(stepsFor([jane, { ...bob, network: 'x' }], own, say)).toEqual([
      'Sign in.',
      "Reconnect Jane's Bakery.",
      'Ask us.',
    ]);
    expect(stepsFor([jane, jane], own, say)).toEqual(['Sign in.', "Reconnect Jane's Bakery."]);
    expect(stepsFor([], own, say)).toEqual([]);
  });
});
