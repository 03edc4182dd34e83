import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import type { Child } from '../support/program-child.ts';
import { type World, withWorld } from '../support/program-world.ts';
import { firstOf } from '../support/sandbox-client.ts';
import { activate, signIn } from '../support/sandbox-sign-in.ts';
import { until } from '../support/until.ts';

type Announced = Readonly<{ url: string; userCode: string; verificationUri: string }>;

/** Two accounts, none of which Linkwatch knows. */
const options = { database: 'SQLite', tenants: 2 } as const;

function accounts({ control }: World) {
  const [first, second] = control.tenants();
  if (first === undefined || second === undefined) throw new Error('the stand-in has two accounts');
  return [first, second] as const;
}

/** Begins the command, and waits for the line that a program reads. */
async function begin(world: World, ...args: readonly string[]) {
  const child = world.begin(['connect', '--json', '--port', '0', ...args]);
  const line = await until('the command says where to sign in', () => {
    if (!child.isRunning()) throw new Error(`connect ended at once: ${child.stderr()}`);
    return /^(\{.*\})$/m.exec(child.stdout())?.[1];
  });
  return { child, announced: JSON.parse(line) as Announced };
}

/** Signs in, and lets the browser come back: what it is shown, and how the command ends. */
async function signInAs(world: World, account: string, ...args: readonly string[]) {
  const { child, announced } = await begin(world, ...args);
  const back = await signIn(announced.url, { account });
  const page = await fetch(back);
  return { ...(await resultOf(child)), page: await page.text(), back };
}

async function resultOf(child: Child) {
  const { exitCode, stdout, stderr } = await child.ended;
  const last = stdout.trim().split('\n').at(-1) ?? '';
  return { exitCode, stderr, result: JSON.parse(last) as Readonly<{ id: string; name: string }> };
}

async function tenantsOf(world: World) {
  type Listed = Readonly<{ id: string; name: string; state: string; lastPolledAt: string | null }>;
  return (await world.json<{ tenants: readonly Listed[] }>(['tenant', 'list'])).tenants;
}

describe('linkwatch connect on a workstation', () => {
  it('makes a tenant of the account, polls it, and connects the same one again', async () => {
    await withWorld(options, async (world) => {
      const [{ id: account, name }] = accounts(world);
      const first = await signInAs(world, account);
      expect(first).toMatchObject({ exitCode: 0, result: { name } });
      expect(first.page).toContain(`${name.replaceAll('&', '&amp;')} is connected.`);
      expect(await tenantsOf(world)).toMatchObject([{ name, state: 'active', lastPolledAt: expect.any(String) }]);

      const again = await signInAs(world, account);
      expect(again.result).toEqual(first.result);
      expect(await tenantsOf(world)).toHaveLength(1);
      expect((await world.run(['poll', '--json'])).stdout).toContain('"polled":1,"failed":0');
    });
  });

  it('connects the tenant that somebody has added with a refresh token', async () => {
    await withWorld(options, async (world) => {
      const ids = await world.importTenants();
      const [{ id: account, name }] = accounts(world);
      expect((await signInAs(world, account)).result).toEqual({ id: firstOf(ids), name });
      expect(await tenantsOf(world)).toHaveLength(2);
    });
  });

  it('refuses another account than the one that was meant, where nobody can be asked', async () => {
    await withWorld(options, async (world) => {
      const [meant, other] = accounts(world);
      const { result } = await signInAs(world, meant.id);
      const { child, announced } = await begin(world, '--tenant', result.id);
      await fetch(await signIn(announced.url, { account: other.id }));
      const { exitCode, stderr } = await child.ended;
      expect(exitCode).toBe(1);
      expect(stderr).toContain(`You signed in as ${other.name}`);
      expect(await tenantsOf(world)).toMatchObject([{ name: meant.name }]);
      expect((await world.run(['poll', '--json'])).stdout).toContain('"polled":1,"failed":0');
    });
  });

  it('goes on waiting while somebody comes with a forged answer, and is over after the true one', async () => {
    await withWorld(options, async (world) => {
      const [{ id: account }] = accounts(world);
      const { child, announced } = await begin(world);
      const back = await signIn(announced.url, { account });
      for (const forge of [
        (url: URL) => url.searchParams.set('state', 'another'),
        (url: URL) => url.searchParams.delete('state'),
        (url: URL) => {
          url.pathname = '/';
        },
      ]) {
        const forged = new URL(back);
        forge(forged);
        expect((await fetch(forged)).status).toBeGreaterThanOrEqual(400);
      }
      expect(child.isRunning()).toBe(true);
      expect((await fetch(back)).status).toBe(200);
      expect((await child.ended).exitCode).toBe(0);
      await expect(fetch(back)).rejects.toThrow();
    });
  });

  it('ends while a browser holds connections open that it has never used', async () => {
    await withWorld(options, async (world) => {
      const [{ id: account }] = accounts(world);
      const { child, announced } = await begin(world);
      const back = await signIn(announced.url, { account });
      const held = [connect(Number(back.port), back.hostname), connect(Number(back.port), back.hostname)] as const;
      for (const socket of held)
        await once(
          socket.on('error', () => undefined),
          'connect',
        );
      held[1].write(`GET ${back.pathname} HTTP/1.1\r\n`);
      expect(await (await fetch(back)).text()).toContain('is connected.');
      expect((await child.ended).exitCode).toBe(0);
      for (const socket of held) socket.destroy();
    });
  });

  it.each([
    ['offline_access', 1],
    ['campaign_data', 1],
    ['account_read', 1],
  ])('says what is missing when %s is not granted, and changes nothing', async (scope, exitCode) => {
    await withWorld(options, async (world) => {
      const [{ id: account }] = accounts(world);
      world.control.configure({ omittedScopes: [scope] });
      const { child, announced } = await begin(world);
      await fetch(await signIn(announced.url, { account }));
      const ended = await child.ended;
      expect(ended.exitCode).toBe(exitCode);
      expect(ended.stderr).toContain(scope === 'account_read' ? '--owner' : scope);
      expect(await tenantsOf(world)).toEqual([]);
    });
  });

  it('needs no account_read for a tenant that it is told of', async () => {
    await withWorld(options, async (world) => {
      const [{ id: account }] = accounts(world);
      world.control.configure({ omittedScopes: ['account_read'] });
      const outcome = await signInAs(world, account, '--name', 'Bakery', '--owner', 'jane@bakery.example');
      expect(outcome).toMatchObject({ exitCode: 0, result: { name: 'Bakery' } });
      expect(outcome.stderr).toContain('account_read was not granted');
    });
  });

  it('is told when the person refuses, and ends at a signal', async () => {
    await withWorld(options, async (world) => {
      const [{ id: account }] = accounts(world);
      const refused = await begin(world);
      await fetch(await signIn(refused.announced.url, { account, decision: 'refuse' }));
      expect(await refused.child.ended).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('refused') });

      const stopped = await begin(world);
      stopped.child.kill('SIGINT');
      expect(await stopped.child.ended).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('Stopped') });
    });
  });
});

describe('linkwatch connect --device', () => {
  it('shows a code, waits until somebody has typed it elsewhere, and connects the account', async () => {
    await withWorld({ ...options, sandbox: { deviceIntervalS: 1 } }, async (world) => {
      const [{ id: account, name }] = accounts(world);
      const { child, announced } = await begin(world, '--device');
      await activate(announced.verificationUri, announced.userCode, { account });
      expect(await resultOf(child)).toMatchObject({ exitCode: 0, result: { name } });
      expect(await tenantsOf(world)).toMatchObject([{ name, state: 'active' }]);
    });
  });

  it.each([
    ['the person refuses', { deviceIntervalS: 1 }, 'refuse', 'refused'],
    ['the code has run out', { deviceIntervalS: 1, deviceLifetimeS: 2 }, null, 'Nobody answered in time'],
  ] as const)('ends when %s', async (_, sandbox, decision, says) => {
    await withWorld({ ...options, sandbox }, async (world) => {
      const [{ id: account }] = accounts(world);
      const { child, announced } = await begin(world, '--device');
      if (decision !== null) await activate(announced.verificationUri, announced.userCode, { account, decision });
      expect(await child.ended).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(says) });
      expect(await tenantsOf(world)).toEqual([]);
    });
  });
});
