import type { ApiKey } from '../../domain/model/api-key.ts';
import type { Instant } from '../../domain/model/time.ts';
import type { Page, PageRequest } from './pages.ts';

export interface ApiKeyStore {
  /** `hash` is that of the secret, which is stored nowhere. Rejects when another key has the hash. */
  add(key: ApiKey, hash: string): Promise<void>;
  /** Newest first. */
  list(query: PageRequest): Promise<Page<ApiKey>>;
  /** One of a removed tenant is not found, here and below. */
  find(id: string): Promise<ApiKey | null>;
  /** By the hash of its secret. */
  findByHash(hash: string): Promise<ApiKey | null>;
  /** One that was revoked before stays revoked since then. Of two that revoke it at once, one gets `revoked`. */
  revoke(id: string, at: Instant): Promise<'revoked' | 'was_revoked' | 'unknown'>;
  /** Moves the time of its last use on. Never moves it back. */
  touch(id: string, at: Instant): Promise<void>;
}

/** Secrets of API keys, as they are made and compared. */
export type ApiKeySecrets = Readonly<{
  /** Long and random; `prefix` is how it begins, and tells nobody the rest. */
  make(): Readonly<{ secret: string; prefix: string }>;
  hash(secret: string): string;
}>;
