import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { operator } from '../../../src/monitoring/viewer.ts';
import { type ApiServer, startApiServer } from './api-server.ts';

let api: ApiServer;
beforeEach(async () => {
  api = await startApiServer();
});
afterEach(() => api.server.close());

const OF_BAKERY = '/api/v1/tenants/bakery/invitations';
const NEW = '/api/v1/invitations';

const invite = (path: string, body: object, key?: string) =>
  api.ask(path, { method: 'POST', body, ...(key !== undefined && { key }) });

type Invitation = Readonly<{ tenant: { id: string; name: string }; email: string; mailId: string; isNew: boolean }>;

describe('An invitation over HTTP', () => {
  it('goes to the owner of the tenant, once while one waits', async () => {
    const first = await invite(OF_BAKERY, {});
    const { mailId, ...rest } = (await first.json()) as Invitation;
    expect([first.status, rest]).toEqual([
      201,
      { tenant: { id: 'bakery', name: expect.any(String) }, email: 'owner@bakery.example', isNew: true },
    ]);
    expect(await api.json(`/api/v1/mail/${mailId}`)).toMatchObject({ kind: 'invitation', state: 'pending' });
    const again = await invite(OF_BAKERY, { email: ' Owner@bakery.example ' });
    expect([again.status, await again.json()]).toMatchObject([200, { mailId, isNew: false }]);
  });

  it('is possible with a key of that tenant alone, and for no other', async () => {
    const key = await api.newKey('operate', { tenantId: 'bakery' });
    expect((await invite(OF_BAKERY, {}, key)).status).toBe(201);
    expect((await invite('/api/v1/tenants/mill/invitations', {}, key)).status).toBe(404);
    expect((await invite(NEW, { email: 'new@owner.example' }, key)).status).toBe(403);
  });

  it('makes a tenant that waits, and goes there again until it is connected', async () => {
    const first = await invite(NEW, { email: 'new@owner.example', name: 'New Shop', locale: 'fr' });
    const { tenant } = (await first.json()) as Invitation;
    expect([first.status, tenant.name]).toEqual([201, 'New Shop']);
    expect(await api.json(`/api/v1/tenants/${tenant.id}`)).toMatchObject({ state: 'unconnected', locale: 'fr' });
    expect(await (await invite(NEW, { email: 'new@owner.example' })).json()).toMatchObject({ tenant, isNew: false });
  });

  it.each<[string, object, number, string]>([
    ['somebody who is no contact', { email: 'nobody@elsewhere.example' }, 409, 'email'],
    ['what is no address', { email: 'owner' }, 400, 'email'],
    ['nobody', { email: ' ' }, 400, 'email'],
  ])('to %s is refused by the name of the field', async (_, body, status, field) => {
    const answer = await invite(OF_BAKERY, body);
    expect([answer.status, await answer.json()]).toMatchObject([status, { errors: [{ field }] }]);
  });

  it('to somebody who wants no mail is refused', async () => {
    const contact = { kind: 'contact', tenantId: 'bakery', contactId: 'owner-of-bakery' } as const;
    await api.world.app.owner.request(contact, { kind: 'leave', as: 'unsubscribed' });
    for (const body of [{}, { email: 'owner@bakery.example' }]) {
      const answer = await invite(OF_BAKERY, body);
      expect([answer.status, await answer.json()]).toMatchObject([409, { errors: [{ field: 'email' }] }]);
    }
  });

  it('is for a tenant that was removed the same as for none', async () => {
    await api.world.app.tenants.remove(operator, 'bakery', { purge: false });
    expect((await invite(OF_BAKERY, {})).status).toBe(404);
  });
});
