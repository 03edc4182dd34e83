import { describe, expect, it } from '@jest/globals';
import { DAY_MS, HOUR_MS } from '../../../src/domain/model/time.ts';
import type { Application, NewWebhook } from '../../../src/monitoring/application.ts';
import type { Redelivery } from '../../../src/monitoring/ports.ts';
import type { WebhookAttemptView, WebhookView } from '../../../src/monitoring/views.ts';
import { aWebhook, NOW } from '../../support/builders.ts';
import { linkwatch, type PartialApplication } from '../../support/cli-run.ts';
import { onePage } from '../../support/cli-views.ts';

const secret = 'whsec_dmVyeS1zZWNyZXQ=';
const url = 'https://shop.example/hooks';

function aView(given: Partial<WebhookView> = {}): WebhookView {
  const { restUntil: _, ...webhook } = aWebhook({ url });
  return { ...webhook, pending: 0, failed: 0, oldestPendingAt: null, ...given };
}

function anAttemptView(given: Partial<WebhookAttemptView> = {}): WebhookAttemptView {
  return {
    id: 'attempt-1',
    eventId: 'event-1',
    type: 'webhook.test',
    tenantId: null,
    at: NOW,
    isDelivered: true,
    status: 200,
    ms: 12,
    answer: 'thank you',
    error: null,
    ...given,
  };
}

function adding(outcome?: Awaited<ReturnType<Application['webhooks']['add']>>) {
  const asked: NewWebhook[] = [];
  const add: Application['webhooks']['add'] = async (_, webhook) => {
    asked.push(webhook);
    return outcome ?? { outcome: 'added', webhook: { ...aView(), secret } };
  };
  return { asked, app: { webhooks: { add } } satisfies PartialApplication };
}

describe('webhook add', () => {
  it.each<[string, NewWebhook]>([
    [`--url ${url}`, { url }],
    [`--url ${url} --tenant t-1`, { url, tenantId: 't-1' }],
    [
      `--url ${url} --events tenant.paused --events connection.broken`,
      { url, types: ['tenant.paused', 'connection.broken'] },
    ],
  ])('takes "%s"', async (args, webhook) => {
    const { asked, app } = adding();
    expect((await linkwatch(`webhook add ${args}`, { app })).exitCode).toBe(0);
    expect(asked).toEqual([webhook]);
  });

  it('prints the secret first, and says that it is shown once and how to try it', async () => {
    const { stdout } = await linkwatch(`webhook add --url ${url}`, adding());
    expect(stdout.split('\n')[0]).toBe(secret);
    expect(stdout).toContain('it is shown once');
    expect(stdout).toContain(`Every event of all tenants is sent to ${url} from now on.`);
    expect(stdout).toContain('`linkwatch webhook test webhook-1` tries it.');
  });

  it('answers in JSON with id and secret', async () => {
    const { json } = await linkwatch(`webhook add --url ${url} --json`, adding());
    expect(json).toMatchObject({ id: 'webhook-1', secret, url, tenantId: null, types: null, state: 'active' });
  });

  it.each<[string, Awaited<ReturnType<Application['webhooks']['add']>>, number, string]>([
    ['http', { outcome: 'bad_url', problem: 'it must be https://' }, 2, '--url: it must be https://.'],
    ['a tenant', { outcome: 'unknown_tenant' }, 1, 'There is no tenant'],
    ['too many', { outcome: 'too_many', most: 20 }, 1, 'There are 20 already'],
  ])('tells what is wrong: %s', async (_, outcome, exitCode, said) => {
    const answer = await linkwatch(`webhook add --url ${url} --tenant t-1`, adding(outcome));
    expect(answer.exitCode).toBe(exitCode);
    expect(answer.stderr).toContain(said);
  });

  it.each(['webhook add', `webhook add --url ${url} --events tenant.exploded`])('is wrong usage: %s', async (args) => {
    expect((await linkwatch(args, adding())).exitCode).toBe(2);
  });
});

describe('webhook list and show', () => {
  const failing = aView({
    state: 'paused',
    reason: 'failing',
    since: NOW - HOUR_MS,
    failures: 20,
    failingSince: NOW - 3 * DAY_MS,
    pending: 1_200,
    oldestPendingAt: NOW - 3 * DAY_MS,
    failed: 2,
    formerSecretUntil: NOW + HOUR_MS,
    missedBefore: NOW - 30 * DAY_MS,
    types: ['tenant.paused'],
    tenantId: 't-1',
  });
  const attempts = [anAttemptView({ isDelivered: false, status: null, answer: null, error: 'No answer within 15 s.' })];
  const app: PartialApplication = {
    webhooks: {
      list: async () => onePage(failing),
      find: async (_, id) => (id === 'webhook-1' ? failing : null),
      attempts: async () => onePage(...attempts),
    },
  };

  it('show how an endpoint does', async () => {
    const { stdout } = await linkwatch('webhook list', { app });
    for (const said of [url, 't-1', 'paused', '1,200', 'webhook-1']) expect(stdout).toContain(said);
    expect((await linkwatch('webhook list --json', { app })).json).toMatchObject({ webhooks: [{ id: 'webhook-1' }] });
  });

  it('show why it is stopped, and what was answered', async () => {
    const { stdout } = await linkwatch('webhook show webhook-1', { app });
    for (const said of [
      'paused, the receiver fails, since',
      'tenant.paused of tenant t-1',
      'Waiting: 1,200',
      '20 in a row',
      'Missed: events before',
      'The former secret signs as well until',
      'No answer within 15 s.',
    ]) {
      expect(stdout).toContain(said);
    }
    expect((await linkwatch('webhook show webhook-1 --json', { app })).json).toMatchObject({
      webhook: { id: 'webhook-1', state: 'paused' },
      attempts: [{ eventId: 'event-1', isDelivered: false, error: 'No answer within 15 s.' }],
    });
  });

  it('say that there is none', async () => {
    const none: PartialApplication = { webhooks: { list: async () => onePage(), find: async () => null } };
    expect((await linkwatch('webhook list', { app: none })).stdout).toContain('`linkwatch webhook add` makes one');
    const { exitCode, stderr } = await linkwatch('webhook show nothing', { app: none });
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('no such webhook') });
  });
});

describe('webhook test', () => {
  const testing = (view: WebhookAttemptView) => ({ app: { webhooks: { test: async () => view } } });

  it('shows what the receiver answered', async () => {
    const { stdout, exitCode } = await linkwatch('webhook test webhook-1', testing(anAttemptView()));
    expect({ stdout, exitCode }).toEqual({
      exitCode: 0,
      stdout: 'The receiver took it: HTTP 200 after 12 ms.\nthank you\n',
    });
  });

  it('fails when the receiver did not take it', async () => {
    const view = anAttemptView({ isDelivered: false, status: 500, error: 'HTTP 500.', answer: 'oh \u001b[31mno' });
    const { stdout, exitCode } = await linkwatch('webhook test webhook-1', testing(view));
    expect({ stdout, exitCode }).toEqual({ exitCode: 1, stdout: 'Not taken, after 12 ms: HTTP 500.\noh  [31mno\n' });
  });
});

describe('webhook redeliver', () => {
  it.each<[string, Redelivery]>([
    ['--failed', { kind: 'failed' }],
    ['--event event-1', { kind: 'event', eventId: 'event-1' }],
    ['--since 2h', { kind: 'since', since: NOW - 2 * HOUR_MS }],
  ])('takes "%s"', async (args, redelivery) => {
    const asked: Redelivery[] = [];
    const redeliver: Application['webhooks']['redeliver'] = async (_, id, meant) => {
      asked.push(meant);
      return { id, redelivered: 3 };
    };
    const { stdout } = await linkwatch(`webhook redeliver webhook-1 ${args}`, { app: { webhooks: { redeliver } } });
    expect(stdout).toBe('3 events will be sent once more.\n');
    expect(asked).toEqual([redelivery]);
  });

  it.each(['', '--failed --since 2h'])('is wrong usage: "%s"', async (args) => {
    expect((await linkwatch(`webhook redeliver webhook-1 ${args}`, { app: {} })).exitCode).toBe(2);
  });
});

describe('webhook disable, enable, rotate and remove', () => {
  it.each<[string, NonNullable<PartialApplication['webhooks']>, string]>([
    ['disable', { disable: async () => aView({ state: 'disabled' }) }, 'Nothing is sent any more.\n'],
    ['enable', { enable: async () => aView() }, 'Events are sent again.\n'],
    ['remove', { remove: async () => true }, 'The endpoint is removed.\n'],
  ])('%s says what was done', async (name, webhooks, said) => {
    expect((await linkwatch(`webhook ${name} webhook-1`, { app: { webhooks } })).stdout).toBe(said);
  });

  it('rotate prints the new secret first', async () => {
    const rotate = async () => ({ id: 'webhook-1', secret, formerSecretUntil: NOW + DAY_MS });
    const { stdout } = await linkwatch('webhook rotate webhook-1', { app: { webhooks: { rotate } } });
    expect(stdout).toBe(
      `${secret}\n\nKeep this secret now: it is shown once. The former one signs as well until 2026-01-16 12:00 UTC.\n`,
    );
  });

  it.each(['disable', 'enable', 'rotate', 'remove', 'test'])('%s fails for an unknown endpoint', async (name) => {
    const none = async () => null;
    const webhooks = { disable: none, enable: none, rotate: none, test: none, remove: async () => false };
    const { exitCode, stderr } = await linkwatch(`webhook ${name} nothing`, { app: { webhooks } });
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('no such webhook') });
  });
});
