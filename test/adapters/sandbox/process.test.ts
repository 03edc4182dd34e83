import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, it } from '@jest/globals';
import type { SandboxTenant } from '../../../src/sandbox/control.ts';
import type { Counters } from '../../../src/sandbox/traffic.ts';
import { fetchJson, firstOf } from '../../support/sandbox-client.ts';

type Addresses = Readonly<{ apiUrl: string; authUrl: string; controlUrl: string; clientId: string }>;
type TenantPage = Readonly<{ tenants: readonly SandboxTenant[]; total: number }>;

async function withProcess<T>(flags: readonly string[], test: (child: ChildProcess) => Promise<T>): Promise<T> {
  const child = spawn(process.execPath, ['src/sandbox/main.ts', ...flags], { stdio: ['ignore', 'pipe', 'pipe'] });
  try {
    return await test(child);
  } finally {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  }
}

async function addressesOf(child: ChildProcess): Promise<Addresses> {
  if (child.stdout === null) throw new Error('the process has no output');
  const [line] = await once(createInterface(child.stdout), 'line');
  return JSON.parse(line);
}

it('runs as a process of its own, says where it listens, and ends when it is told to', async () => {
  await withProcess(['--tenants', '3', '--connections', '2', '--client-id', 'key'], async (child) => {
    const { controlUrl, apiUrl, clientId } = await addressesOf(child);
    expect(clientId).toBe('key');
    const { tenants, total } = (await fetchJson<TenantPage>(`${controlUrl}/tenants`)).body;
    expect(total).toBe(3);
    const headers = { authorization: `Bearer ${firstOf(tenants).tokens.accessToken}` };
    const { body } = await fetchJson(`${apiUrl}/social/connections`, { headers });
    expect(body).toEqual({ connections: [expect.anything(), expect.anything()] });
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await exit).toEqual([0, null]);
  });
});

it('ends even while a request hangs', async () => {
  await withProcess([], async (child) => {
    const { controlUrl, apiUrl } = await addressesOf(child);
    const body = JSON.stringify({ answer: { kind: 'hang' } });
    await fetch(`${controlUrl}/script`, { method: 'POST', body });
    const hanging = fetch(`${apiUrl}/social/connections`).catch(() => 'cut');
    while ((await fetchJson<Counters>(`${controlUrl}/counters`)).body.requests.connections === 0);
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await exit).toEqual([0, null]);
    expect(await hanging).toBe('cut');
  });
});

it('refuses flags that make no sense', async () => {
  await withProcess(['--tenants', 'many'], async (child) => {
    expect((await once(child, 'exit'))[0]).not.toBe(0);
  });
});
