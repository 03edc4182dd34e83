import { describe, expect, it } from '@jest/globals';
import { readNewTenant, readTenantPatch, type TenantFields } from '../../../src/monitoring/tenants/tenant-input.ts';
import { NOW } from '../../support/builders.ts';

const rules = { now: NOW, cronProblem: (text: string) => (text.split(' ').length === 5 ? null : 'it is no schedule') };

const complete: TenantFields = { name: 'Shop', owner: 'owner@shop.example', refresh_token: 'r-1' };

function fieldsWithProblems(fields: TenantFields): readonly string[] {
  const checked = readNewTenant({ ...complete, ...fields }, { ...rules, needsToken: true });
  return checked.ok ? [] : checked.problems.map(({ field }) => field);
}

describe('a new tenant', () => {
  it.each<[TenantFields, string]>([
    [{ external_id: 'x'.repeat(201) }, 'external_id'],
    [{ external_id: 'crm\n7' }, 'external_id'],
    [{ external_id: 'crm\u200b7' }, 'external_id'],
    [{ name: ' ' }, 'name'],
    [{ name: 'x'.repeat(201) }, 'name'],
    [{ name: 'a\u0000b' }, 'name'],
    [{ name: 'a\ud83d' }, 'name'],
    [{ sender_name: '\udc00a' }, 'sender_name'],
    [{ owner: 'a\ud83d@b.example' }, 'owner'],
    [{ owner: 'Jane <jane@shop.example>' }, 'owner'],
    [{ cc: ['a@b.example', 'nobody'] }, 'cc'],
    [{ cc: ['a@b.example', 'A@B.example'] }, 'cc'],
    [{ cc: ['OWNER@shop.example'] }, 'cc'],
    [{ timezone: 'Europe/Atlantis' }, 'timezone'],
    [{ timezone: '+02:00' }, 'timezone'],
    [{ locale: 'english please' }, 'locale'],
    [{ locale: 'klingon' }, 'locale'],
    [{ locale: 'nl-NL' }, 'locale'],
    [{ schedule: 'hourly' }, 'schedule'],
    [{ sender_name: 'Jane <jane@shop.example>' }, 'sender_name'],
    [{ sender_name: 'a\r\nBcc: x@y.example' }, 'sender_name'],
    [{ sender_name: 'x'.repeat(201) }, 'sender_name'],
    [{ reply_to: 'Help <help@shop.example>' }, 'reply_to'],
    [{ reconnect_url: 'app.constantcontact.com' }, 'reconnect_url'],
    [{ reconnect_url: 'javascript:alert(1)' }, 'reconnect_url'],
    [{ reconnect_url: 'https://user:password@shop.example' }, 'reconnect_url'],
    [{ reconnect_url: 'https://shop.example/a b' }, 'reconnect_url'],
    [{ reconnect_url: `https://shop.example/${'x'.repeat(2000)}` }, 'reconnect_url'],
    [{ refresh_token: 'two words' }, 'refresh_token'],
    [{ refresh_token: 'x'.repeat(9000) }, 'refresh_token'],
    [{ access_token: 'ä', expires_in: '60' }, 'access_token'],
    [{ access_token: 'a', expires_in: '0' }, 'expires_in'],
    [{ access_token: 'a', expires_in: '-5' }, 'expires_in'],
    [{ access_token: 'a', expires_in: '1e9' }, 'expires_in'],
    [{ expires_in: '60' }, 'expires_in'],
  ])('is refused for %j, naming the field alone', (fields, field) => {
    expect(fieldsWithProblems(fields)).toEqual([field]);
  });

  it.each(['UTC', 'US/Eastern', 'Asia/Kolkata', 'europe/berlin'])('may live in %s', (timezone) => {
    expect(fieldsWithProblems({ timezone })).toEqual([]);
  });

  it('has its owner first, then copies, white space gone and empty fields left out', () => {
    const checked = readNewTenant(
      { ...complete, name: ' Shop ', cc: [' a@b.example', ''], timezone: '', locale: 'de-de' },
      { ...rules, needsToken: true },
    );
    expect(checked).toEqual({
      ok: true,
      value: {
        name: 'Shop',
        timezone: null,
        locale: 'de-DE',
        schedule: null,
        contacts: [
          { email: 'owner@shop.example', role: 'owner' },
          { email: 'a@b.example', role: 'cc' },
        ],
        grant: { refreshToken: 'r-1', accessToken: null, expiresAt: null, lifetimeMs: null },
      },
    });
  });
});

describe('a patch', () => {
  it('holds what is given and nothing else', () => {
    expect(readTenantPatch({}, rules)).toEqual({ ok: true, value: {} });
    expect(readTenantPatch({ schedule: 'default' }, rules)).toEqual({ ok: true, value: { schedule: null } });
    expect(readTenantPatch({ cc: [] }, rules)).toEqual({ ok: true, value: { cc: [] } });
  });

  it('takes away what an empty text stands for, where there need not be any', () => {
    const emptied = { external_id: '', sender_name: '', reply_to: ' ', reconnect_url: '' };
    const value = { externalId: null, senderName: null, replyTo: null, reconnectUrl: null };
    expect(readTenantPatch(emptied, rules)).toEqual({ ok: true, value });
  });

  it('is refused with an empty text where there must be one', () => {
    const problem = 'it is empty; leave it out to keep what is there';
    for (const field of ['name', 'owner', 'timezone', 'locale', 'schedule', 'application', 'refresh_token']) {
      expect(readTenantPatch({ [field]: ' ' }, rules)).toEqual({ ok: false, problems: [{ field, problem }] });
    }
  });

  it('is refused with an access token that has no refresh token beside it', () => {
    const checked = readTenantPatch({ access_token: 'a', expires_in: '60' }, rules);
    expect(checked).toMatchObject({ ok: false, problems: [{ field: 'access_token' }] });
  });
});
