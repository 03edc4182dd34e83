import { type ApiKey, keyStateAt } from '../../domain/model/api-key.ts';
import { HOUR_MS, MINUTE_MS } from '../../domain/model/time.ts';
import type { ApiKeySecrets, Clock, NewId, Stores } from '../ports.ts';
import { type KeyViewer, noteUse } from './check-key.ts';

export type SignInPorts = Pick<Stores, 'apiKeys'> & Readonly<{ clock: Clock; newId: NewId; keySecrets: ApiKeySecrets }>;

/** How browsers sign in to the dashboard, besides by an API key of their own. */
export type SignIn = Readonly<{
  /**
   * Takes a code of `linkwatch open`, once: the id of the key that the browser has from then on; null for any other.
   */
  exchange(code: string): Promise<string | null>;
  /** The viewer that a signed-in browser is, by its key's id; null when that key works no more. */
  viewerOf(keyId: string, from: string): Promise<KeyViewer | null>;
}>;

const LINK_MS = MINUTE_MS;
const SESSION_MS = 12 * HOUR_MS;

/** The code for a link that signs in once, within a minute unless given, as somebody who may do everything. */
export async function makeSignInCode(ports: SignInPorts, lifetimeMs = LINK_MS): Promise<string> {
  return (await addKey('sign_in', lifetimeMs, ports)).secret;
}

export function createSignIn(ports: SignInPorts): SignIn {
  const { apiKeys, keySecrets, clock } = ports;
  return {
    exchange: async (code) => {
      const link = await apiKeys.findByHash(keySecrets.hash(code));
      const now = clock.now();
      if (link === null || link.purpose !== 'sign_in' || keyStateAt(link, now) !== 'active') return null;
      if ((await apiKeys.revoke(link.id, now)) !== 'revoked') return null;
      return (await addKey('session', SESSION_MS, ports)).id;
    },
    viewerOf: async (keyId, from) => {
      const key = await apiKeys.find(keyId);
      if (key === null || key.purpose === 'sign_in' || keyStateAt(key, clock.now()) !== 'active') return null;
      await noteUse(key, ports);
      return { kind: 'key', keyId, role: key.role, tenantId: key.tenantId, from };
    },
  };
}

async function addKey(purpose: ApiKey['purpose'], lifetimeMs: number, ports: SignInPorts) {
  const { apiKeys, keySecrets, clock, newId } = ports;
  const { secret, prefix } = keySecrets.make();
  const [id, createdAt] = [newId(), clock.now()];
  const since = { createdAt, expiresAt: createdAt + lifetimeMs, revokedAt: null, lastUsedAt: null };
  const key: ApiKey = { id, name: 'linkwatch open', prefix, role: 'admin', purpose, tenantId: null, ...since };
  await apiKeys.add(key, keySecrets.hash(secret));
  return { id, secret };
}
