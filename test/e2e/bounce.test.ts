import { describe, expect } from '@jest/globals';
import { MINUTE_MS } from '../../src/domain/model/time.ts';
import type { IncidentsAnswer, MailAnswer, RoundAnswer } from '../support/program-answers.ts';
import { breakConnection, tenantAt } from '../support/program-connections.ts';
import { story } from '../support/program-story.ts';
import type { World } from '../support/program-world.ts';
import { delayedWarning, postfix, vacation } from '../support/returned-mail.ts';

const RECHECK_AFTER_MS = 15 * MINUTE_MS;
const settings = { GROUP_WAIT: '0s', MAIL_RETURN_PATH: 'bounces@agency.example' };

describe('an alert that a mail server took, and returned later', () => {
  story('fails the mail and the address that it came back from', { database: 'SQLite', settings }, async (world) => {
    const [tenantId = ''] = await world.importTenants();
    const sentTo = await envelopeOfTheAlert(world);
    expect(sentTo).toMatch(/^bounces\+[0-9a-z]{16}\.[0-9a-f]{16}@agency\.example$/);

    expect(await feed(world, delayedWarning({ sentTo }))).toMatchObject({ exitCode: 0, answer: { outcome: 'soft' } });
    expect(await theMail(world)).toMatchObject({ state: 'sent', response: expect.stringContaining('timed out') });
    await expectNothingRecorded(world, sentTo);

    const bounced = { outcome: 'recorded', reason: 'address_refused', isRepeated: false };
    expect(await feed(world, postfix({ sentTo }))).toMatchObject({ exitCode: 0, answer: bounced });
    expect(await feed(world, postfix({ sentTo }))).toMatchObject({ exitCode: 0, answer: { isRepeated: true } });
    expect(await theMail(world)).toMatchObject({
      state: 'failed',
      reason: 'address_refused',
      response: expect.stringContaining('User unknown'),
    });
    const { incidents } = await world.json<IncidentsAnswer>(['incidents']);
    expect(incidents).toMatchObject([{ decision: 'mail_bounced' }]);
    expect(await refusalsOf(world, tenantId)).toEqual([1]);
    expect(await world.json<RoundAnswer>(['poll'])).toMatchObject({ mail: { sent: 0, pending: 0 } });
  });
});

async function envelopeOfTheAlert(world: World): Promise<string> {
  await world.json(['poll']);
  breakConnection(world.control, tenantAt(world.control, 0));
  await world.json(['poll']);
  await world.letTimePass(RECHECK_AFTER_MS);
  expect(await world.json<RoundAnswer>(['poll'])).toMatchObject({ mail: { sent: 1 } });
  return world.mails()[0]?.envelopeFrom ?? '';
}

async function feed(world: World, mail: string) {
  const { exitCode, stdout } = await world.run(['mail', 'bounce', '--json'], { stdin: mail });
  return { exitCode, answer: JSON.parse(stdout) as Record<string, unknown> };
}

async function expectNothingRecorded(world: World, sentTo: string): Promise<void> {
  const forged = sentTo.replace(/\.[0-9a-f]{16}@/, '.0123456789abcdef@');
  for (const [mail, answer] of [
    [postfix({ sentTo: forged }), { outcome: 'unknown', why: 'bad_signature' }],
    [postfix({ sentTo: 'bounces@agency.example' }), { outcome: 'unknown', why: 'no_address' }],
    [vacation, { outcome: 'not_a_bounce', why: 'no_report' }],
    ['', { outcome: 'not_a_bounce', why: 'empty' }],
    ['x'.repeat(11 * 1024 * 1024), { outcome: 'not_a_bounce', why: 'too_large' }],
  ] as const) {
    expect(await feed(world, mail)).toMatchObject({ exitCode: 1, answer });
  }
  expect(await theMail(world)).toMatchObject({ state: 'sent' });
}

async function theMail({ json }: World) {
  return (await json<MailAnswer>(['mail', 'list'])).mail[0];
}

async function refusalsOf({ database }: World, tenantId: string): Promise<readonly number[]> {
  const contacts = await database.raw.db.contact.findMany({ where: { tenantId } });
  return contacts.map(({ refusals }) => refusals);
}
