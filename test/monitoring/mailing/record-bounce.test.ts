import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ReturnedMail } from '../../../src/domain/delivery/bounce.ts';
import { recordBounce } from '../../../src/monitoring/mailing/record-bounce.ts';
import { ms } from '../../support/domain-time.ts';
import { removeTenant } from '../../support/store-records.ts';
import { mailTo, withAlertsDue, withOperatorMail } from '../../support/use-case-alerts.ts';
import { OPERATOR, type World } from '../../support/use-case-world.ts';

type Bounce = Extract<ReturnedMail, { kind: 'bounce' }>;

const OWNER = 'owner@bakery.example';

let world: World;
beforeEach(async () => {
  world = await withAlertsDue(['bakery']);
  await world.deliver();
});

/** Signed addresses look like `ID!signed` here, and `ID!forged`. */
function feed(given: Partial<Bounce> & Partial<Bounce['report']>, { hasReturnPath = true } = {}) {
  const { sentTo = [], messageIds = [], action = 'failed', status = '5.1.1', response = '550 no such user' } = given;
  const readBounce = async (): Promise<ReturnedMail> => ({
    kind: 'bounce',
    report: { action, status, response },
    sentTo,
    messageIds,
  });
  return recordBounce(new Uint8Array(), { ...portsOf(world), readBounce, hasReturnPath });
}

function portsOf({ ports }: World) {
  const readReturnAddress = (address: string) => {
    const [notificationId = '', kind] = address.split('!');
    return kind === undefined
      ? null
      : { kind: kind === 'signed' ? ('valid' as const) : ('forged' as const), notificationId };
  };
  return { ...ports, readReturnAddress };
}

function idOf(address: string): string {
  return mailTo(world, address)?.id ?? 'nobody';
}

describe('a bounce to a signed address', () => {
  it('fails the mail it names, and says so of its incident and its contact', async () => {
    expect(await feed({ sentTo: ['bounces@x', `${idOf(OWNER)}!signed`] })).toEqual({
      outcome: 'recorded',
      id: idOf(OWNER),
      to: [OWNER],
      kind: 'alert',
      status: '5.1.1',
      response: '550 no such user',
      reason: 'address_refused',
      isRepeated: false,
      contactState: 'active',
    });
    expect(mailTo(world, OWNER)).toMatchObject({
      state: 'failed',
      reason: 'address_refused',
      response: '550 no such user',
    });
    expect(incidents()).toMatchObject([{ alerting: { decision: 'mail_bounced', lastAlert: { action: 'reconnect' } } }]);
    expect(contact()).toMatchObject({ refusals: 1, state: 'active' });
  });

  it('counts once when it is fed in twice, even at the same moment', async () => {
    const twice = await Promise.all([1, 2].map(() => feed({ sentTo: [`${idOf(OWNER)}!signed`] })));
    expect(twice).toMatchObject([
      { isRepeated: false, contactState: 'active' },
      { outcome: 'recorded', isRepeated: true, reason: 'address_refused' },
    ]);
    expect(contact()).toMatchObject({ refusals: 1 });
  });

  it('counts once when all that the mail is about has long been closed', async () => {
    const { incidents: all } = world.store.memory.state;
    for (const [id, incident] of all) all.set(id, { ...incident, state: 'closed' });
    const sentTo = [`${idOf(OWNER)}!signed`];
    expect(await feed({ sentTo })).toMatchObject({ outcome: 'recorded', isRepeated: false });
    expect(await feed({ sentTo })).toMatchObject({ outcome: 'recorded', isRepeated: true });
    expect(contact()).toMatchObject({ refusals: 1 });
  });

  it('is still what the incident says after the next poll', async () => {
    await feed({ sentTo: [`${idOf(OWNER)}!signed`], status: '5.2.1' });
    await world.clock.advance(ms('1h'));
    await world.poll();
    await world.deliver();
    expect(incidents()).toMatchObject([{ alerting: { decision: 'mail_bounced' } }]);
    expect(world.mailer.accepted()).toHaveLength(1);
  });

  it('that is soft is noted, and the mail stays sent', async () => {
    const soft = {
      sentTo: [`${idOf(OWNER)}!signed`],
      action: 'delayed',
      status: '4.4.1',
      response: 'timed out',
    } as const;
    expect(await feed(soft)).toMatchObject({ outcome: 'soft', status: '4.4.1' });
    expect(mailTo(world, OWNER)).toMatchObject({ state: 'sent', response: 'timed out' });
    expect(contact()).toMatchObject({ refusals: 0 });
  });
});

describe('what is not to be believed changes nothing', () => {
  it.each<[string, Partial<Bounce>, object]>([
    ['a signature that is not ours', { sentTo: ['ID!forged'] }, { outcome: 'unknown', why: 'bad_signature' }],
    ['a mail that is not ours', { sentTo: ['zzz!signed'] }, { outcome: 'unknown', why: 'no_such_mail', id: 'zzz' }],
    [
      'a Message-ID where mail comes back to signed addresses',
      { messageIds: ['MESSAGE-ID'] },
      { outcome: 'unknown', why: 'no_address' },
    ],
    ['a bounce that names nothing', {}, { outcome: 'unknown', why: 'no_address' }],
    [
      'a confirmation',
      { sentTo: ['ID!signed'], action: 'delivered' } as object,
      { outcome: 'not_a_bounce', why: 'no_failure' },
    ],
  ])('%s', async (_, given, outcome) => {
    const before = mailTo(world, OWNER);
    const [id, messageId] = [before?.id ?? '', before?.messageId ?? ''];
    const filled = JSON.parse(JSON.stringify(given).replaceAll('MESSAGE-ID', messageId).replaceAll('ID!', `${id}!`));
    expect(await feed(filled)).toMatchObject(outcome);
    expect(mailTo(world, OWNER)).toEqual(before);
    expect(contact()).toMatchObject({ refusals: 0 });
  });

  it.each(['empty', 'unreadable', 'no_report'] as const)('a mail that is no bounce: %s', async (why) => {
    const readBounce = async () => ({ kind: 'not_a_bounce', why }) as const;
    const outcome = await recordBounce(new Uint8Array(), { ...portsOf(world), readBounce, hasReturnPath: true });
    expect(outcome).toEqual({ outcome: 'not_a_bounce', id: null, why });
  });

  it('a mail that nobody sent yet', async () => {
    const waiting = await withAlertsDue(['florist']);
    world = waiting;
    const id = idOf('owner@florist.example');
    expect(await feed({ sentTo: [`${id}!signed`] })).toEqual({ outcome: 'unknown', id, why: 'never_sent' });
  });

  it('a mail of a tenant that was removed', async () => {
    const sentTo = [`${idOf(OWNER)}!signed`];
    await removeTenant(world.store, 'bakery');
    expect(await feed({ sentTo })).toMatchObject({ outcome: 'unknown', why: 'no_such_mail' });
  });
});

describe('a bounce without a signed address', () => {
  it('is told by the Message-ID of ours where no return path is configured', async () => {
    const messageIds = ['<other@elsewhere.example>', mailTo(world, OWNER)?.messageId ?? ''];
    expect(await feed({ messageIds }, { hasReturnPath: false })).toMatchObject({
      outcome: 'recorded',
      id: idOf(OWNER),
    });
  });

  it('is not told by a Message-ID that only begins like ours', async () => {
    const messageIds = [`<${idOf(OWNER)}@elsewhere.example>`];
    expect(await feed({ messageIds }, { hasReturnPath: false })).toMatchObject({
      outcome: 'unknown',
      why: 'no_address',
    });
  });

  it('of the operator’s mail, which nobody signs, is told by it in any case', async () => {
    await withOperatorMail(world);
    await world.deliver();
    const messageIds = [mailTo(world, OPERATOR)?.messageId ?? ''];
    expect(await feed({ messageIds, status: '5.2.2' })).toMatchObject({ outcome: 'recorded', to: [OPERATOR] });
    expect(mailTo(world, OPERATOR)).toMatchObject({ state: 'failed', reason: 'bounced' });
  });
});

function incidents() {
  return [...world.store.memory.state.incidents.values()];
}

function contact() {
  return world.store.memory.state.contacts.get('owner-of-bakery')?.contact;
}
