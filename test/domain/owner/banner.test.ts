import { describe, expect, it } from '@jest/globals';
import type { Connection } from '../../../src/domain/model/connection.ts';
import type { Contact, Tenant } from '../../../src/domain/model/tenant.ts';
import type { TenantRecord } from '../../../src/domain/model/tenant-record.ts';
import { DAY_MS, HOUR_MS } from '../../../src/domain/model/time.ts';
import { bannerOf } from '../../../src/domain/owner/banner.ts';
import {
  aConfirmedIncident,
  aConnection,
  aContact,
  anIncident,
  aSnapshot,
  aTenant,
  NOW,
} from '../../support/builders.ts';
import { aRecord } from '../../support/domain-record.ts';

type Given = Partial<Omit<TenantRecord, 'tenant'>> & Readonly<{ tenant?: Partial<Tenant> }>;

function banner({ tenant, ...given }: Given = {}) {
  const watched = aTenant({ baselinedAt: NOW - DAY_MS, lastGoodPollAt: NOW, ...tenant });
  return bannerOf(aRecord({ tenant: watched, ...given }), NOW);
}

function showing(id: string, snapshot: Parameters<typeof aSnapshot>[0]): Connection {
  return aConnection({ id, accountId: id, period: aSnapshot({ connectionId: id, ...snapshot }) });
}

const well = showing('well', {});
const loggedOut = showing('logged-out', { health: 'broken', conditions: ['token_invalid'] });
const pageless = showing('pageless', { health: 'broken', conditions: ['no_profile'] });
const limited = showing('limited', { health: 'waiting', conditions: ['rate_limited'] });
const unanswered = showing('unanswered', { health: 'waiting', conditions: ['check_failed'] });
const unseen = showing('unseen', { to: NOW - 9 * HOUR_MS });
const gone = showing('gone', { health: 'removed', conditions: ['removed'] });

const suspectOf = ({ id }: Connection) => anIncident({ id: `suspicion-of-${id}`, connectionId: id });
const certainOf = ({ id }: Connection) => aConfirmedIncident({ id: `incident-of-${id}`, connectionId: id });

describe('a banner', () => {
  it.each<[string, Given, readonly [string | null, string, string, readonly string[]]]>([
    ['says that all is well', { connections: [well, gone] }, ['healthy', 'well', 'none', []]],
    [
      'asks for the worst repair, of all that need one',
      { connections: [pageless, well, loggedOut], incidents: [certainOf(pageless), certainOf(loggedOut)] },
      ['broken', 'needs_you', 'reconnect', ['pageless', 'logged-out']],
    ],
    [
      'asks for a page where nothing worse is wrong',
      { connections: [pageless, limited], incidents: [certainOf(pageless)] },
      ['broken', 'needs_you', 'choose_profile', ['pageless']],
    ],
    [
      'asks nobody to do anything about what one poll alone has shown',
      { connections: [loggedOut, limited], incidents: [suspectOf(loggedOut)] },
      ['broken', 'suspected', 'none', ['logged-out']],
    ],
    [
      'does not let a suspicion hide what is certain',
      { connections: [loggedOut, pageless], incidents: [suspectOf(loggedOut), certainOf(pageless)] },
      ['broken', 'needs_you', 'choose_profile', ['pageless']],
    ],
    ['says that a network limits posts', { connections: [limited] }, ['waiting', 'limited', 'wait', ['limited']]],
    [
      'does not say that all is well where Constant Contact cannot tell, or nobody could look',
      { connections: [well, unanswered, unseen] },
      ['waiting', 'unknown', 'none', ['unanswered', 'unseen']],
    ],
    ['knows an account with nothing connected', { connections: [gone] }, [null, 'empty', 'none', []]],
    [
      'does not speak of accounts before they were looked at',
      { tenant: { baselinedAt: null, state: 'unconnected' }, connections: [] },
      ['unobserved', 'not_yet', 'none', []],
    ],
    [
      'says that nothing is watched',
      { tenant: { state: 'paused' }, connections: [loggedOut], incidents: [certainOf(loggedOut)] },
      ['broken', 'paused', 'none', []],
    ],
    [
      'asks for a new permission, and calls no connection broken meanwhile',
      { tenant: { state: 'reauthorize' }, connections: [loggedOut], incidents: [certainOf(loggedOut)] },
      ['unobserved', 'access_lost', 'reauthorize', []],
    ],
    [
      'asks for the right to look',
      { tenant: { state: 'access_denied' } },
      ['unobserved', 'access_lost', 'privileges', []],
    ],
    [
      'asks for a new permission where a 401 lasts',
      {
        tenant: { state: 'access_denied' },
        incidents: [
          aConfirmedIncident({
            connectionId: null,
            action: 'reauthorize',
            confirmation: { ...aConfirmedIncident().confirmation, certainAction: 'reauthorize' },
          }),
        ],
      },
      ['unobserved', 'access_lost', 'reauthorize', []],
    ],
    [
      'leaves access that has never worked to the operator',
      { tenant: { state: 'reauthorize', baselinedAt: null }, connections: [] },
      ['unobserved', 'not_yet', 'none', []],
    ],
  ])('%s', (_, given, [health, kind, action, concerned]) => {
    const { summary, ...shown } = banner(given);
    expect(shown).toMatchObject({ health, action });
    expect(summary.kind).toBe(kind);
    expect(summary.concerned.map(({ accountId }) => accountId)).toEqual(concerned);
  });

  const [jane, joe] = [aContact({ id: 'jane' }), aContact({ id: 'joe' })];
  const cc = aContact({ id: 'cc', role: 'cc' });
  it.each<[string, readonly Contact[], Readonly<{ contactId: string; getsMail: boolean }> | null]>([
    ['of the first owner', [cc, jane, joe], { contactId: 'jane', getsMail: true }],
    ['of the first owner that gets mail', [{ ...jane, state: 'not_mine' }, joe], { contactId: 'joe', getsMail: true }],
    [
      'of an owner without mail where there is no other',
      [{ ...jane, state: 'unsubscribed' }],
      { contactId: 'jane', getsMail: false },
    ],
    ['of nobody where there is no owner', [cc], null],
  ])('leads to the page %s', (_, contacts, owner) => {
    expect(banner({ contacts }).owner).toEqual(owner === null ? null : { tenantId: 'tenant-1', ...owner });
  });

  it('has no name of an account that goes by an address', () => {
    expect(banner({ tenant: { name: aContact().email } }).tenant.name).toBeNull();
  });
});
