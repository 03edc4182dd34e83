import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { operator } from '../../../src/monitoring/viewer.ts';
import { type DashboardVisitor, visitDashboard } from '../../support/dashboard-visitor.ts';
import { firstPage } from '../../support/store-records.ts';
import { answerOf } from '../../support/use-case-receivers.ts';
import { type ApiServer, startApiServer } from './api-server.ts';

const url = 'https://shop.example/hooks';

let site: ApiServer;
let jane: DashboardVisitor;
beforeEach(async () => {
  site = await startApiServer();
  jane = await visitDashboard(site.url, await site.newKey('admin'));
});
afterEach(async () => {
  await site.server.close();
});

async function added(tenantId?: string): Promise<string> {
  const answer = await site.world.app.webhooks.add(operator, { url, tenantId });
  if (answer.outcome !== 'added') throw new Error(answer.outcome);
  return answer.webhook.id;
}

const endpoints = async () => (await site.world.app.webhooks.list(operator, { ...firstPage, tenantId: null })).items;
const found = (id: string) => site.world.app.webhooks.find(operator, id);

/** An endpoint whose receiver took one event, and then refused another one for good. */
async function withFailure(): Promise<string> {
  const id = await added();
  await site.world.app.tenants.pause(operator, 'mill');
  await site.world.send();
  site.world.webhookSender.answers(url, () => answerOf(410, { answer: 'No more <b>of this</b>.' }));
  await site.world.app.tenants.resume(operator, 'mill');
  await site.world.send();
  return id;
}

describe('the list of webhooks', () => {
  it('says what to do first where there is none', async () => {
    expect(await jane.read('/webhooks')).toContain('No events are sent anywhere yet.');
    const reader = await visitDashboard(site.url, await site.newKey('read'));
    expect(await reader.read('/webhooks')).toContain('An admin can add an address');
  });

  it('takes a new one, and shows its secret then alone', async () => {
    const answer = await jane.post('/webhooks', [
      ['url', url],
      ['tenant', 'bakery'],
      ['types', 'tenant.paused'],
      ['types', 'tenant.resumed'],
    ]);
    expect(answer.status).toBe(201);
    const [secret = ''] = /whsec_[^"<]+/.exec(await answer.text()) ?? [];
    expect(secret).not.toBe('');
    expect(await endpoints()).toMatchObject([{ url, tenantId: 'bakery', types: ['tenant.paused', 'tenant.resumed'] }]);
    const list = await jane.read('/webhooks');
    expect(list).toContain('tenant.paused, tenant.resumed');
    expect(list).not.toContain(secret);
  });

  it.each([
    [{ url: 'https://private.example/' }, 'it leads to a private address'],
    [{ url: '' }, 'Give the address'],
    [{ url: 'https://shop.example/\0' }, 'Give the address'],
    [{ url, tenant: 'b'.repeat(300) }, 'There is no such tenant'],
    [{ url, tenant: 'bakery\0' }, 'There is no such tenant'],
    [{ url, tenant: 'nobody' }, 'There is no such tenant'],
    [{ url, types: 'tenant.exploded' }, 'There is no such event'],
  ])('takes none of %j, and says why', async (fields, problem) => {
    const answer = await jane.post('/webhooks', fields);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(problem);
    expect(await endpoints()).toEqual([]);
  });

  it('shows how each does: no answer yet is not called well, a receiver that fails is', async () => {
    await added();
    expect(await jane.read('/webhooks')).toMatch(/class="health long unknown">.*active, nothing sent yet/);
    await site.world.app.tenants.pause(operator, 'mill');
    await site.world.send();
    expect(await jane.read('/webhooks')).toMatch(/class="health long good">.*active/);
    site.world.webhookSender.answers(url, () => answerOf(503));
    await site.world.app.tenants.resume(operator, 'mill');
    await site.world.send();
    expect(await jane.read('/webhooks')).toMatch(/class="health long warn">.*failing, 1 in a row/);
  });
});

describe('a webhook', () => {
  it('shows each attempt with status, milliseconds and how the answer began, and one event with all of it', async () => {
    const id = await withFailure();
    const page = await jane.read(`/webhooks/${id}`);
    expect(page).toContain('the receiver wants no more (410)');
    expect(page).toMatch(/410[\s\S]*5 ms[\s\S]*No more &lt;b&gt;of this&lt;\/b&gt;/);
    const [, event = ''] = /href="[^"]*\?event=([^"&]+)"/.exec(page) ?? [];
    const one = await jane.read(`/webhooks/${id}?event=${event}`);
    expect(one).toMatch(/<pre[^>]*>No more &lt;b&gt;/);
    expect(one).not.toContain('tenant.paused</td>');
    expect(await jane.read(`/webhooks/${id}?taken=no`)).not.toMatch(/<td[^>]*>tenant\.paused/);
    expect(await jane.read(`/webhooks/${id}?taken=yes`)).not.toMatch(/<td[^>]*>tenant\.resumed/);
  });

  it('is tried, and says what came back', async () => {
    const id = await added();
    expect(await jane.follow(await jane.post(`/webhooks/${id}/test`))).toContain('The receiver took the test event.');
    site.world.webhookSender.answers(url, () => answerOf(500));
    const page = await jane.follow(await jane.post(`/webhooks/${id}/test`));
    expect(page).toContain('The receiver did not take the test event');
    expect(page).toContain('HTTP 500.');
  });

  it('gets another secret, which is shown once', async () => {
    const id = await added();
    const answer = await jane.post(`/webhooks/${id}/rotate`);
    expect(await answer.text()).toMatch(/The former one signs as well until[\s\S]*whsec_/);
    expect(await jane.read(`/webhooks/${id}`)).not.toContain('whsec_');
  });

  it('is disabled, enabled, changed and removed', async () => {
    const id = await added();
    expect(await jane.follow(await jane.post(`/webhooks/${id}/disable`))).toContain('Nothing is sent any more.');
    expect(await found(id)).toMatchObject({ state: 'disabled' });
    expect(await jane.follow(await jane.post(`/webhooks/${id}/enable`))).toContain('Events are sent again.');
    const changed = { url: 'https://other.example/', types: 'tenant.paused' };
    expect(await jane.follow(await jane.post(`/webhooks/${id}/change`, changed))).toContain('https://other.example/');
    expect(await found(id)).toMatchObject({ url: changed.url, types: ['tenant.paused'] });
    await jane.post(`/webhooks/${id}/change`, { url: changed.url });
    expect(await found(id)).toMatchObject({ types: null });
    const refused = await jane.post(`/webhooks/${id}/change`, { url: 'https://private.example/' });
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('it leads to a private')]);
    expect(await jane.follow(await jane.post(`/webhooks/${id}/remove`))).toContain('The webhook was removed');
    expect((await jane.get(`/webhooks/${id}`)).status).toBe(404);
  });

  it('sends again one event, all that failed, or all since a time of the reader’s own zone', async () => {
    const id = await withFailure();
    const again = async (fields: Readonly<Record<string, string>>) =>
      await jane.follow(await jane.post(`/webhooks/${id}/redeliver`, fields));
    site.world.webhookSender.answers(url, () => answerOf(200));
    await jane.post(`/webhooks/${id}/enable`);
    const { items } = (await site.world.app.webhooks.attempts(operator, id, firstPage)) ?? { items: [] };
    expect(await again({ what: 'event', event: items[0]?.eventId ?? '' })).toContain('1 event will be sent once more.');
    await site.world.send();
    expect(await again({ what: 'failed' })).toContain('0 events will be sent once more.');
    expect(await again({ what: 'since', since: '2020-01-01T00:00' })).toMatch(
      /[1-9]\d* events will be sent once more\./,
    );
    for (const fields of [{}, { what: 'since', since: 'yesterday' }, { what: 'event' }, { what: 'all' }]) {
      expect((await jane.post(`/webhooks/${id}/redeliver`, fields)).status).toBe(400);
    }
  });

  it('has for each key the buttons that it may press, and refuses the others', async () => {
    const id = await added();
    const [reader, hand] = await Promise.all(
      (['read', 'operate'] as const).map(async (role) => await visitDashboard(site.url, await site.newKey(role))),
    );
    const forms = async (who: DashboardVisitor | undefined, path: string) =>
      [...((await who?.read(path)) ?? '').matchAll(/method="post" action="\/webhooks[^"]*?([^"/#]+)(?:#\w+)?"/g)].map(
        ([, verb]) => verb,
      );
    expect(await forms(reader, '/webhooks')).toEqual([]);
    expect(await forms(reader, `/webhooks/${id}`)).toEqual([]);
    expect(await forms(hand, `/webhooks/${id}`)).toEqual(['test', 'disable', 'redeliver']);
    expect(await forms(jane, `/webhooks/${id}`)).toEqual([
      'test',
      'disable',
      'rotate',
      'remove',
      'redeliver',
      'change',
    ]);
    const verbs = ['test', 'disable', 'enable', 'redeliver', 'rotate', 'remove', 'change'];
    const statusOf = async (who: DashboardVisitor | undefined, path: string) =>
      (await who?.post(path, { what: 'failed', url }))?.status;
    for (const verb of verbs) expect(await statusOf(reader, `/webhooks/${id}/${verb}`)).toBe(403);
    for (const verb of verbs.slice(4)) expect(await statusOf(hand, `/webhooks/${id}/${verb}`)).toBe(403);
    expect(await statusOf(hand, '/webhooks')).toBe(403);
    for (const verb of verbs) {
      const forged = await jane.post(`/webhooks/${id}/${verb}`, { what: 'failed', url, form: 'forged' });
      expect(forged.status).toBe(403);
    }
    expect(await found(id)).toMatchObject({ state: 'active' });
  });

  it('of all tenants, or of another one, is not there for the key of one', async () => {
    const [all, mill, bakery] = [await added(), await added('mill'), await added('bakery')];
    const own = await visitDashboard(site.url, await site.newKey('admin', { tenantId: 'bakery' }));
    const list = await own.read('/webhooks');
    expect(list).toContain(`/webhooks/${bakery}"`);
    expect(list).not.toMatch(new RegExp(`${all}|${mill}`));
    for (const id of [all, mill]) {
      expect((await own.get(`/webhooks/${id}`)).status).toBe(404);
      for (const verb of ['test', 'disable', 'enable', 'redeliver', 'rotate', 'remove', 'change']) {
        expect((await own.post(`/webhooks/${id}/${verb}`, { what: 'failed', url })).status).toBe(404);
      }
    }
    expect((await own.post('/webhooks', { url, tenant: 'mill' })).status).toBe(400);
    expect((await own.post('/webhooks', { url })).status).toBe(201);
    expect((await endpoints()).map(({ tenantId }) => tenantId)).toEqual(['bakery', 'bakery', 'mill', null]);
  });
});
