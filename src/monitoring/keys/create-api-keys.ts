import { type ApiKey, keyStateAt } from '../../domain/model/api-key.ts';
import type { Instant } from '../../domain/model/time.ts';
import type { ApiKeys, NewApiKey } from '../application.ts';
import { mapPage } from '../pages.ts';
import type { ApiKeySecrets, Clock, NewId, PageRequest, Stores } from '../ports.ts';
import { forFleet, forOperator } from '../viewer.ts';
import type { ApiKeyView } from '../views.ts';
import { makeSignInCode } from './sign-in.ts';

export type ApiKeysPorts = Pick<Stores, 'apiKeys' | 'records'> &
  Readonly<{ clock: Clock; newId: NewId; keySecrets: ApiKeySecrets }>;

/** Keys for programs: made, listed and revoked. */
export function createApiKeys(ports: ApiKeysPorts): ApiKeys {
  const { apiKeys, records, clock, newId, keySecrets } = ports;
  return {
    create: forFleet('admin', async (wish: NewApiKey) => {
      const { name = null, role = 'read', tenantId = null, expiresAt = null } = wish;
      if (tenantId !== null && (await records.read([tenantId])).length === 0) return { outcome: 'unknown_tenant' };
      const now = clock.now();
      if (expiresAt !== null && expiresAt <= now) return { outcome: 'expires_in_the_past' };
      const { secret, prefix } = keySecrets.make();
      const since = { createdAt: now, expiresAt, revokedAt: null, lastUsedAt: null };
      const key: ApiKey = { id: newId(), name, prefix, role, purpose: 'program', tenantId, ...since };
      await apiKeys.add(key, keySecrets.hash(secret));
      return { outcome: 'created', key: { ...apiKeyView(key, now), key: secret } };
    }),
    list: forFleet('admin', async (page: PageRequest) => {
      const now = clock.now();
      return mapPage(await apiKeys.list(page), (key) => apiKeyView(key, now));
    }),
    revoke: forFleet('admin', async (id: string) => (await apiKeys.revoke(id, clock.now())) !== 'unknown'),
    signInLink: forOperator((lifetimeMs?: number) => makeSignInCode(ports, lifetimeMs)),
  };
}

function apiKeyView(key: ApiKey, now: Instant): ApiKeyView {
  return { ...key, state: keyStateAt(key, now) };
}
