import { describe, expect, it } from '@jest/globals';
import {
  type AdvancedIncident,
  advanceIncident,
  beginIncident,
  type ConnectionPast,
} from '../../../src/domain/detection/advance-incident.ts';
import type { Transition } from '../../../src/domain/model/connection.ts';
import type { Count, Flapping, Incident, IncidentState } from '../../../src/domain/model/incident.ts';
import { isFlapping } from '../../../src/domain/model/incident-table.ts';
import type { Verdict } from '../../../src/domain/model/verdict.ts';
import { decideMail } from '../../../src/domain/notification/alert-policy.ts';
import { aConfirmedIncident, anIncident, aTenant, NOW } from '../../support/builders.ts';
import { alertSettings } from '../../support/domain-settings.ts';
import { ms } from '../../support/domain-time.ts';

const suspected = anIncident({ openedAt: NOW - ms('15m'), confirmation: { bad: oneAgo('15m'), sameAction: null } });
const open = aConfirmedIncident({ openedAt: NOW - ms('15m'), confirmation: { sameAction: null } });
const recovering = aConfirmedIncident({ state: 'recovering', confirmation: { good: oneAgo('15m'), sameAction: null } });
const closedByCommand = aConfirmedIncident({ state: 'closed', closedAt: NOW, closeReason: 'by_command' });

const good: Verdict = { kind: 'good' };
const bad: Verdict = { kind: 'bad', action: 'reconnect', conditions: ['token_invalid'], proof: { by: 'polls' } };
const certain: Verdict = { ...bad, proof: { by: 'fact' } };

type Poll = Readonly<{ before: Incident | null; verdict: Verdict }>;
const opens: Poll = { before: suspected, verdict: bad };
const closes: Poll = { before: recovering, verdict: good };
const dismisses: Poll = { before: suspected, verdict: good };

function oneAgo(ago: string): Count {
  return { polls: 1, lastCountedAt: NOW - ms(ago) };
}

/** `closed 3h`: three hours ago. */
function transitions(...alerted: readonly string[]): readonly Transition[] {
  return alerted.map((transition) => {
    const [kind, ago = ''] = transition.split(' ');
    return { kind: kind as Transition['kind'], at: NOW - ms(ago) };
  });
}

function step({ before, verdict, ...given }: Poll & Partial<ConnectionPast>): AdvancedIncident {
  const past = { transitions: [], seenSince: NOW, isAfterGap: false, ...given };
  const seen = { verdict, at: NOW, isReplaced: false, past };
  const about = { tenantId: 'tenant-1', connectionId: 'connection-1', openedAt: NOW, foundAtBaseline: false };
  const after =
    before === null
      ? beginIncident({ ...about, newId: () => 'incident-1' }, seen, alertSettings())
      : advanceIncident(before, seen, alertSettings());
  if (after === null) throw new Error('the poll begins no incident');
  return after;
}

const three = ['opened 12h', 'closed 8h', 'opened 4h'];
const sixDismissed = [6, 5, 4, 3, 2, 1].map((hours) => `dismissed ${hours}h`);

describe('A transition of a connection', () => {
  it.each<[string, Poll, IncidentState, string | null]>([
    ['is trouble that becomes certain', opens, 'open', 'opened'],
    ['is trouble that is certain at once', { before: null, verdict: certain }, 'open', 'opened'],
    ['is a repair', closes, 'closed', 'closed'],
    ['is a suspicion that was none', dismisses, 'closed', 'dismissed'],
    ['is not a first suspicion', { before: null, verdict: bad }, 'suspected', null],
    ['is not trouble that goes on', { before: open, verdict: bad }, 'open', null],
    ['is not the first good poll', { before: open, verdict: good }, 'recovering', null],
    ['is not a relapse', { before: recovering, verdict: bad }, 'open', null],
    ['is not a removal', { before: open, verdict: { kind: 'removed' } }, 'closed', null],
    ['is not what the operator has closed', { before: closedByCommand, verdict: bad }, 'closed', null],
  ])('%s', (_, given, state, kind) => {
    const { incident, transitions: after } = step(given);
    expect(after).toEqual(kind === null ? [] : [{ kind, at: NOW }]);
    expect(incident).toMatchObject({ state, flapping: null });
  });

  describe('is none when a hold took the trouble and nobody was told, because it was the whole fleet’s', () => {
    const held = { openedAt: NOW - ms('3h'), alerting: { heldBy: 'hold-1' } } as const;
    const lastAlert = { action: 'reconnect', at: NOW - ms('1h'), conversationId: 'c' } as const;
    const repaired = aConfirmedIncident({ ...recovering, ...held });
    const told = aConfirmedIncident({ ...repaired, alerting: { ...repaired.alerting, lastAlert } });
    it.each<[string, Poll, readonly string[]]>([
      ['neither its repair nor its beginning', { before: repaired, verdict: good }, ['closed 8h']],
      ['nor a suspicion of it', { before: anIncident({ ...suspected, ...held }), verdict: good }, ['closed 8h']],
      ['but what was told of counts', { before: told, verdict: good }, ['closed 8h', 'opened 2h', 'closed 0s']],
    ])('%s', (_, poll, expected) => {
      const { incident, transitions: after } = step({ ...poll, transitions: transitions('closed 8h', 'opened 2h') });
      expect(after).toEqual(transitions(...expected));
      expect(incident.state).toBe('closed');
    });

    it('so that no flapping begins with its end', () => {
      const earlier = transitions(...three, 'opened 2h');
      expect(step({ before: repaired, verdict: good, transitions: earlier }).incident.flapping).toBeNull();
      expect(step({ before: told, verdict: good, transitions: earlier }).incident.flapping).not.toBeNull();
    });
  });

  it('is forgotten once it is older than FLAP_WINDOW', () => {
    const { transitions: after } = step({ ...opens, transitions: transitions('closed 25h', 'opened 24h') });
    expect(after).toEqual([...transitions('opened 24h'), { kind: 'opened', at: NOW }]);
  });
});

describe('flapping begins', () => {
  it.each<[string, Poll, readonly string[], Flapping['by'] | null]>([
    ['with the fourth turn, a break', opens, ['closed 8h', 'opened 6h', 'closed 4h'], 'changes'],
    ['with the fourth turn, a repair', closes, three, 'changes'],
    ['with the first still just within FLAP_WINDOW', closes, ['opened 24h', 'closed 8h', 'opened 4h'], 'changes'],
    ['not with the first just out of it', closes, ['opened 24h1s', 'closed 8h', 'opened 4h'], null],
    ['not with the third', opens, ['opened 8h', 'closed 4h'], null],
    ['not with a suspicion as the fourth', dismisses, three, null],
    ['not with suspicions among the four', closes, ['dismissed 8h', 'dismissed 7h', 'opened 4h'], null],
    ['with a break after six suspicions', opens, sixDismissed, 'suspicions'],
    ['not after five', opens, sixDismissed.slice(1), null],
    ['not with the sixth suspicion itself', dismisses, sixDismissed.slice(1), null],
    ['not with a repair after six', closes, sixDismissed, null],
    ['not six hours after the sixth', opens, Array(6).fill('dismissed 6h'), null],
    ['just before that', opens, Array(6).fill('dismissed 5h59m59s'), 'suspicions'],
  ])('%s', (_, given, earlier, by) => {
    expect(step({ ...given, transitions: transitions(...earlier) }).incident.flapping?.by ?? null).toBe(by);
  });

  it('as broken since its first bad poll', () => {
    const { incident } = step({ ...opens, transitions: transitions(...three) });
    expect(incident).toEqual({
      ...open,
      alerting: suspected.alerting,
      flapping: { since: NOW, by: 'changes', health: 'bad', steadySince: open.openedAt, settledAt: null },
    });
  });

  it('as working since its first good poll, and is not over yet', () => {
    const seenSince = NOW - ms('15m');
    expect(step({ ...closes, transitions: transitions(...three), seenSince }).incident).toEqual({
      ...recovering,
      confirmation: { ...recovering.confirmation, good: { polls: 2, lastCountedAt: NOW } },
      flapping: { since: NOW, by: 'changes', health: 'good', steadySince: seenSince, settledAt: null },
    });
  });
});

describe('while it flaps', () => {
  const flapping = (given: Partial<Flapping> = {}): Flapping => ({
    since: NOW - ms('8h'),
    by: 'changes',
    health: 'bad',
    steadySince: NOW - ms('5h'),
    settledAt: null,
    ...given,
  });
  const on = (incident: Incident, given: Partial<Flapping> = {}) => ({ ...incident, flapping: flapping(given) });
  const wasGood = { health: 'good' } as const;

  const neutral: Verdict = { kind: 'neutral' };

  it.each<[string, Incident, Omit<Poll, 'before'> & Partial<ConnectionPast>, Partial<Flapping>]>([
    ['the same health goes on', on(open), { verdict: bad }, {}],
    ['another begins', on(open, wasGood), { verdict: bad }, { steadySince: NOW }],
    ['a good poll after bad ones begins one', on(recovering), { verdict: good }, { health: 'good', steadySince: NOW }],
    ['a gap begins it anew', on(open), { verdict: bad, isAfterGap: true }, { steadySince: NOW }],
    ['nothing is known, and nothing changes', on(open), { verdict: neutral }, {}],
    ['nor after a gap', on(open), { verdict: neutral, isAfterGap: true }, {}],
  ])('%s', (_, before, given, expected) => {
    expect(step({ before, ...given }).incident.flapping).toEqual(flapping(expected));
  });

  it('what goes on as it was is not stored anew', () => {
    const before = on(open);
    expect(step({ before, verdict: bad }).incident).toBe(before);
  });

  it('a repair is not believed before six hours', () => {
    const before = on(recovering, { ...wasGood, steadySince: NOW - ms('6h') + 1 });
    expect(step({ before, verdict: good }).incident).toMatchObject({
      state: 'recovering',
      closedAt: null,
      closeReason: null,
    });
  });

  it('a repair that holds for six hours is one, and its turns are forgotten', () => {
    const before = on(recovering, { ...wasGood, steadySince: NOW - ms('6h') });
    const { incident, transitions: left } = step({ before, verdict: good, transitions: transitions(...three) });
    expect(incident).toMatchObject({ state: 'closed', closeReason: 'recovered' });
    expect(decideMail(incident, aTenant(), alertSettings())).toMatchObject({ kind: 'recovered' });
    expect(left).toEqual([]);
  });

  it('a break that holds for six hours is settled, and its turns are forgotten', () => {
    const before = on(open, { steadySince: NOW - ms('6h') });
    const { incident, transitions: left } = step({ before, verdict: bad, transitions: transitions(...three) });
    expect(incident.flapping?.settledAt).toBe(NOW);
    expect(isFlapping(incident)).toBe(false);
    expect(left).toEqual([]);
    expect(decideMail(incident, aTenant(), alertSettings())).toMatchObject({ kind: 'alert', reason: 'settled_broken' });
  });

  it('a removal is a removal', () => {
    const gone = step({ before: on(open), verdict: { kind: 'removed' } }).incident;
    expect(gone).toMatchObject({ state: 'closed', closedAt: NOW, closeReason: 'removed', flapping: flapping() });
    expect(decideMail(gone, aTenant(), alertSettings())).toMatchObject({ kind: 'removed' });
  });

  it.each<[string, Incident, object]>([
    ['broken: that it flaps', on(open), { kind: 'flapping', topic: { step: { kind: 'flapping' } } }],
    ['about to be repaired: that it flaps', on(recovering), { kind: 'flapping' }],
    [
      'worse than was told: that it flaps',
      { ...on(open), confirmation: { ...open.confirmation, certainAction: 'reauthorize' } },
      { kind: 'flapping' },
    ],
    ['of suspicions alone: nothing', on(open, { by: 'suspicions' }), { kind: 'silent', reason: 'unsettled' }],
  ])('what is told when it is %s', (_, incident, expected) => {
    expect(decideMail(incident, aTenant(), alertSettings())).toMatchObject(expected);
  });
});
