import { describe, expect, it } from '@jest/globals';
import type { Application, ConnectOutcome, ConnectWish, InviteOutcome } from '../../../src/monitoring/application.ts';
import { linkwatch } from '../../support/cli-run.ts';

const device = {
  deviceCode: 'secret',
  userCode: 'ABCDEFGH',
  verificationUri: 'https://constant.example/activate',
  expiresAt: 0,
  intervalMs: 0,
};

const janes = { name: "Jane's Bakery", owner: 'jane@bakery.example' };

const connected: ConnectOutcome = {
  outcome: 'connected',
  tenant: { id: 'bakery', name: "Jane's Bakery" },
  givenName: "Jane's Bakery",
  isNew: true,
  isAccountRead: true,
  look: { poll: 'good', connections: 3, broken: 1 },
};

const asks: ConnectOutcome = {
  outcome: 'asks',
  question: 'q',
  found: { name: "Bob's \u001b[31mGarage", contactEmail: 'bob@garage.example' },
  expected: { id: 'bakery', name: "Jane's Bakery" },
  isAnotherTenants: false,
};

function connecting(outcome: ConnectOutcome): Partial<Application['connecting']> {
  return {
    beginDevice: async () => ({ ok: true, value: device }),
    awaitDevice: async () => outcome,
    answer: async (_viewer, _question, isRight) => (isRight ? connected : { outcome: 'nothing_changed' }),
  };
}

describe('linkwatch connect', () => {
  it('says what to do, and what was found', async () => {
    const { exitCode, stdout } = await linkwatch('connect --device', { app: { connecting: connecting(connected) } });
    expect(exitCode).toBe(0);
    expect(stdout).toBe(`Open this page in a browser anywhere, sign in to the account, and type the code:
https://constant.example/activate    code: ABCDEFGH
Waiting for the answer; Ctrl-C gives up.
Jane's Bakery is watched from now on. Its id is bakery.
First poll: 3 social accounts, 1 of them broken.
\`linkwatch status --tenant bakery\` shows its social accounts.
\`linkwatch start\` polls it from now on, and mails its owner when one breaks.
`);
  });

  it('prints a program one line first, without the code that is a secret, and the tenant when it is done', async () => {
    const { stdout } = await linkwatch('connect --device --json', { app: { connecting: connecting(connected) } });
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { userCode: 'ABCDEFGH', verificationUri: 'https://constant.example/activate' },
      { id: 'bakery', name: "Jane's Bakery" },
    ]);
  });

  it.each([
    ['yes', true, 0],
    ['no', false, 1],
    ['nobody', null, 1],
  ])('asks whether another account is right, and goes by the answer: %s', async (_, confirms, exitCode) => {
    const ended = await linkwatch('connect --device', { app: { connecting: connecting(asks) }, confirms });
    expect(ended.exitCode).toBe(exitCode);
    expect(ended.stderr).toContain(
      "You signed in as Bob's  [31mGarage (bob@garage.example), but this is for Jane's Bakery",
    );
    if (exitCode === 1) expect(ended.stderr).toContain('Nothing was changed.');
  });

  it.each<[ConnectOutcome, string]>([
    [{ outcome: 'scopes_missing', scopes: ['offline_access'] }, 'did not grant offline_access'],
    [{ outcome: 'unnamed' }, '--owner'],
    [{ outcome: 'denied' }, 'refused'],
    [{ outcome: 'expired' }, 'Nobody answered in time'],
    [{ outcome: 'gone' }, 'removed'],
    [{ outcome: 'stopped' }, 'Stopped'],
  ])('fails with the reason and the remedy: %j', async (outcome, says) => {
    const ended = await linkwatch('connect --device', { app: { connecting: connecting(outcome) } });
    expect({ exitCode: ended.exitCode, stderr: ended.stderr }).toEqual({
      exitCode: 1,
      stderr: expect.stringContaining(says),
    });
  });

  it('wants an address that is one, and a port', async () => {
    for (const args of ['connect --owner nobody', 'connect --invite nobody', 'connect --port 99999']) {
      expect((await linkwatch(args)).exitCode).toBe(2);
    }
    for (const empty of ['', '  ']) expect((await linkwatch(['connect', '--invite', empty])).exitCode).toBe(2);
  });

  it.each<[readonly string[], Partial<ConnectWish>]>([
    [['--name', ''], {}],
    [['--name', '  ', '--owner', ' '], {}],
    [['--name', "  Jane's Bakery ", '--owner', ' jane@bakery.example '], janes],
    [['--locale', 'pt-br'], { locale: 'pt-BR' }],
  ])('reads what is wished for as tenant update does: %j', async (options, wished) => {
    const wishes: ConnectWish[] = [];
    const awaitDevice: Application['connecting']['awaitDevice'] = async (_viewer, _device, wish) => {
      wishes.push(wish);
      return connected;
    };
    const app = { connecting: { ...connecting(connected), awaitDevice } };
    expect((await linkwatch(['connect', '--device', ...options], { app })).exitCode).toBe(0);
    expect(wishes).toEqual([{ tenantId: null, ...wished }]);
  });
});

describe('linkwatch connect --invite', () => {
  const tenant = { id: 'bakery', name: 'jane@bakery.example' };

  it.each<[InviteOutcome, number, string]>([
    [{ outcome: 'invited', mailId: 'm', tenant }, 0, 'A mail to jane@bakery.example waits to be sent'],
    [{ outcome: 'waits', mailId: 'm', tenant }, 0, 'An invitation to jane@bakery.example waits to be sent'],
    [{ outcome: 'no_contact', tenant }, 1, 'linkwatch tenant update bakery --owner jane@bakery.example'],
    [{ outcome: 'no_mail_wanted', state: 'unsubscribed', tenant }, 1, 'unsubscribed'],
    [{ outcome: 'gone' }, 1, 'removed'],
  ])('tells what became of it: %j', async (outcome, exitCode, says) => {
    const app = { connecting: { invite: async () => outcome } };
    const ended = await linkwatch('connect --invite jane@bakery.example', { app });
    expect(ended.exitCode).toBe(exitCode);
    expect(`${ended.stdout}${ended.stderr}`).toContain(says);
  });
});
