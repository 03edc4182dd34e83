import { afterEach, describe, expect, it } from '@jest/globals';
import { createConnectLinks } from '../../../src/mail/connect-links.ts';
import type { Connecting, ConnectOutcome } from '../../../src/monitoring/application.ts';
import { aBrand, aContact, aTenant, NOW } from '../../support/builders.ts';
import { aVisitor, type Visitor } from '../../support/program-browser.ts';
import { type GivenServer, noConnecting, type OwnerServer, requestsArrived, startOwnerServer } from './owner-server.ts';

let open: OwnerServer | null = null;
afterEach(async () => {
  await open?.server.close();
  open = null;
});

const links = createConnectLinks({ publicUrl: 'http://localhost:8080', linkKeys: [new Uint8Array(32)] });
const token = new URL(links.linkFor({ tenantId: 't', contactId: 'c' }, 'invitation', NOW)).searchParams.get('token');
const tenant = aTenant({ name: 'Mühle', locale: 'de', senderName: 'Agentur Nord' });

const connected: ConnectOutcome = {
  outcome: 'connected',
  tenant: { id: 't', name: 'Mühle' },
  givenName: 'Mühle',
  isNew: false,
  isAccountRead: true,
  look: { poll: 'none' },
};
const asks: ConnectOutcome = {
  outcome: 'asks',
  question: 'q',
  found: { name: 'Garage', contactEmail: null },
  expected: { id: 't', name: 'Mühle' },
  isAnotherTenants: false,
};

/** A server whose one link is used up as soon as an account is connected. */
async function start(given: Partial<Connecting> = {}, others: GivenServer = {}): Promise<OwnerServer> {
  let isUsed = false;
  const connect = async (): Promise<ConnectOutcome> => {
    isUsed = true;
    return connected;
  };
  const connecting: Connecting = {
    ...noConnecting,
    invitation: async () => ({ isUsed, tenant, contact: aContact() }),
    begin: async () => ({ url: 'https://authorize.example/authorize', state: 'true', verifier: 'v' }),
    finish: async (_viewer, { query, state }) => (query.state === state ? await connect() : { outcome: 'forged' }),
    answer: connect,
    ...given,
  };
  open = await startOwnerServer({
    brand: aBrand({ name: 'The house' }),
    ...others,
    connect: {
      connecting,
      verifyConnectLink: (text) => links.verify(text, NOW),
      seal: links.seal,
      unseal: (text) => links.unseal(text, NOW),
    },
  });
  return open;
}

/** A reader who has pressed the button and is at Constant Contact. */
async function sentAway({ url }: OwnerServer): Promise<Visitor> {
  const visitor = aVisitor();
  await visitor.get(`${url}/connect?token=${token}`);
  const { status } = await visitor.post(`${url}/connect`, { token: token ?? '' });
  expect(status).toBe(303);
  return visitor;
}

async function pageOf(answer: Response) {
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
  return { status: answer.status, page: await answer.text() };
}

describe('An invited reader', () => {
  it('is told of an answer that is not the true one in the own language and by the own sender, and goes on', async () => {
    const server = await start();
    const visitor = await sentAway(server);
    const forged = await pageOf(await visitor.get(`${server.url}/connect/callback?state=forged&code=c`));
    expect(forged.status).toBe(403);
    expect(forged.page).toContain('<html lang="de">');
    expect(forged.page).toContain('Agentur Nord');
    expect(forged.page).not.toContain('The house');
    expect((await visitor.get(`${server.url}/connect/callback?state=true&code=c`)).status).toBe(200);
  });

  it('who opens the last page again is told that the link has done its work', async () => {
    const server = await start();
    const visitor = await sentAway(server);
    const last = `${server.url}/connect/callback?state=true&code=c`;
    expect((await visitor.get(last)).status).toBe(200);
    for (const again of [last, `${server.url}/connect/callback`, `${server.url}/connect/answer`]) {
      const { status, page } = await pageOf(await visitor.get(again));
      expect([again, status]).toEqual([again, 410]);
      expect(page).toContain('Agentur Nord');
    }
  });

  it('who was asked, and opens the last page again, is told so as well', async () => {
    const server = await start({ finish: async () => asks });
    const visitor = await sentAway(server);
    const question = `${server.url}/connect/callback?state=true&code=c`;
    expect((await visitor.get(question)).status).toBe(200);
    const reloaded = await pageOf(await visitor.get(question));
    expect(reloaded.status).toBe(403);
    expect(reloaded.page).toContain('Agentur Nord');
    expect((await visitor.post(`${server.url}/connect/answer`, {})).status).toBe(200);
    expect((await visitor.post(`${server.url}/connect/answer`, {})).status).toBe(410);
    expect((await visitor.get(`${server.url}/connect/answer`)).status).toBe(410);
  });
});

describe('A reader of whom nothing is known', () => {
  it.each(['/connect', '/connect/callback', '/connect/answer', '/connect/', '/connect/elsewhere'])(
    'gets a page at %s, in the language that the browser wants most',
    async (path) => {
      const { get } = await start();
      const headers = { 'accept-language': 'xx, en;q=0.3, fr-CA;q=0.7' };
      const { status, page } = await pageOf(await get(path, { headers }));
      expect([403, 404]).toContain(status);
      expect(page).toContain('<html lang="fr">');
    },
  );

  it('may ask by GET and POST alone', async () => {
    const { get } = await start();
    for (const [path, method] of [
      ['/connect', 'PUT'],
      ['/connect/callback', 'POST'],
      ['/connect/answer', 'DELETE'],
    ] as const) {
      expect((await get(path, { method })).status).toBe(405);
    }
  });
});

describe('What fails while an account is connected', () => {
  const isUnavailable = (error: unknown) => error instanceof Error && error.message === 'away';
  const away = () => Promise.reject(new Error('away'));
  const broken = () => Promise.reject(new Error('password=hunter2'));
  const steps = ['invitation', 'begin', 'finish', 'answer'] as const;

  /** The answer at the step that fails. */
  async function failAt(step: (typeof steps)[number], failing: () => Promise<never>) {
    const isLate = step === 'finish' || step === 'answer';
    const finish = step === 'answer' ? { finish: async () => asks } : {};
    const server = await start({ ...finish, [step]: failing }, { isUnavailable });
    const visitor = isLate ? await sentAway(server) : aVisitor();
    if (step === 'invitation') return await visitor.get(`${server.url}/connect?token=${token}`);
    if (step === 'begin') {
      await visitor.get(`${server.url}/connect?token=${token}`);
      return await visitor.post(`${server.url}/connect`, { token: token ?? '' });
    }
    const back = await visitor.get(`${server.url}/connect/callback?state=true&code=c`);
    return step === 'finish' ? back : await visitor.post(`${server.url}/connect/answer`, {});
  }

  it.each(steps)('because the database is away is not laid to Constant Contact: %s', async (step) => {
    const answer = await failAt(step, away);
    expect(answer.headers.get('retry-after')).toBe('60');
    const { status, page } = await pageOf(answer);
    expect(status).toBe(503);
    expect(page).toContain('Please try again in a few minutes. Nothing is lost.');
    expect(page).not.toMatch(/Constant Contact|nothing has changed/i);
  });

  it.each(steps)('for another reason is our doing, and shows nothing of it: %s', async (step) => {
    const { status, page } = await pageOf(await failAt(step, broken));
    expect(status).toBe(500);
    expect(page).toContain('it is not your doing');
    expect(page).not.toMatch(/hunter2|Constant Contact/);
  });

  it.each(['begin', 'answer'] as const)('by a form leads back to the page with the form: %s', async (step) => {
    const { page } = await pageOf(await failAt(step, away));
    expect(page).toContain(`<a href="http://localhost:8080/connect?token=${token}">`);
    expect(page).toContain('asking twice does no harm');
  });

  it('because it is no form has changed nothing, and leads nowhere for a browser that keeps nothing', async () => {
    const { post } = await start();
    const headers = { 'content-type': 'application/json' };
    const { status, page } = await pageOf(await post('/connect', '{}', { headers }));
    expect(status).toBe(415);
    expect(page).toContain('Nothing has changed');
    expect(page).not.toContain('href=""');
  });
});

describe('A crowd that connects accounts', () => {
  it('is served a few at a time, and keeps nobody from reading', async () => {
    const slow = Promise.withResolvers<ConnectOutcome>();
    const seen = { now: 0, most: 0 };
    const finish = async () => {
      seen.now += 1;
      seen.most = Math.max(seen.most, seen.now);
      return await slow.promise.finally(() => {
        seen.now -= 1;
      });
    };
    const server = await start({ finish });
    const visitor = await sentAway(server);
    const headers = { cookie: visitor.cookies() };
    const arrived = requestsArrived(server.server, 60);
    const finished = Array.from({ length: 60 }, () => server.get('/connect/callback?state=true', { headers }));
    await arrived;
    expect((await server.get('/o/good')).status).toBe(200);
    expect((await server.get(`/connect?token=${token}`)).status).toBe(200);
    slow.resolve({ outcome: 'denied' });
    const statuses = new Set((await Promise.all(finished)).map(({ status }) => status));
    expect([...statuses].toSorted()).toEqual([200, 503]);
    expect(seen.most).toBeLessThanOrEqual(16);
  });

  it('reads a few links at a time, together with the readers of all other pages', async () => {
    const slow = Promise.withResolvers<null>();
    let most = 0;
    let now = 0;
    const read = async () => {
      most = Math.max(most, ++now);
      await slow.promise;
      now -= 1;
      return null;
    };
    const { get, server } = await start({ invitation: read }, { owner: { page: read } });
    const arrived = requestsArrived(server, 40);
    const pages = Array.from({ length: 40 }, (_, n) => get(n % 2 === 0 ? '/o/good' : `/connect?token=${token}`));
    await arrived;
    slow.resolve(null);
    await Promise.all(pages);
    expect(most).toBe(2);
  });
});
