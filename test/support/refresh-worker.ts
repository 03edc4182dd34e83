/**
 * Another process of Linkwatch that keeps access, for `refresh-race.ts`: refreshes when it is told, says when it
 * presents the refresh token and when the answer has come, and what it got.
 */
import { openAdapters } from '../../src/composition/adapters.ts';
import { loadConfig } from '../../src/config/config.ts';
import { createAccess } from '../../src/monitoring/access/keep-access.ts';
import type { ConstantContact } from '../../src/monitoring/ports.ts';
import { upstreamsOver } from './use-case-upstreams.ts';

export type Told = Readonly<{ tenantId: string; rejected: string }>;

export type Says =
  | Readonly<{ kind: 'ready' | 'presents' | 'has_answer' }>
  | Readonly<{ kind: 'got'; accessToken: string }>
  | Readonly<{ kind: 'failed'; failure: string }>;

const loaded = loadConfig(process.env, {
  readFile: (path) => {
    throw new Error(`no file ${path} is read here`);
  },
  purpose: 'poll',
  isTerminal: false,
});
if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
const adapters = await openAdapters(loaded.config, { use: 'command' });
const { stores, clock, log, retriedWrites, upstreams } = adapters;
const { application, constantContact } = await upstreams.of(null);

const refresh: ConstantContact['refresh'] = async (refreshToken, wait) => {
  const onSend = () => {
    say({ kind: 'presents' });
    wait?.onSend();
  };
  const answer = await constantContact.refresh(refreshToken, { signal: new AbortController().signal, ...wait, onSend });
  say({ kind: 'has_answer' });
  return answer;
};

let leases = 0;
const access = createAccess({
  ...stores,
  clock,
  log,
  retriedWrites,
  upstreams: upstreamsOver({ constantContact: { refresh } }, { configured: application }),
  requestTimeoutMs: loaded.config.constantContact.requestTimeoutMs,
  newHolder: () => `${process.pid}-${++leases}`,
});

process.on('message', async ({ tenantId, rejected }: Told) => {
  const result = await access.renewAfterUnauthorized(tenantId, rejected);
  if (result.ok) say({ kind: 'got', accessToken: result.accessToken });
  else say({ kind: 'failed', failure: result.failure === 'stopping' ? result.failure : result.failure.kind });
});
process.on('disconnect', () => void adapters.close());
await stores.monitor.tenants();
say({ kind: 'ready' });

function say(what: Says): void {
  process.send?.(what);
}
