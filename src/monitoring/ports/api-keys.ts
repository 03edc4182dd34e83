import type { ApiKey } from '../../domain/model/api-key.ts';
import type { Instant } from '../../domain/model/time.ts';
import type { Page, PageRequest } from './pages.ts';

export interface ApiKeyStore {
  add(key: ApiKey, hash: string): Promise<void>;
  /** Newest first. */
  list(query: PageRequest): Promise<Page<ApiKey>>;
  /** By the hash of its secret; one of a removed tenant is not found. */
  findByHash(hash: string): Promise<ApiKey | null>;
  /** False when there is no such key. One that was revoked before stays revoked since then. */
  revoke(id: string, at: Instant): Promise<boolean>;
  /** Moves the time of its last use on. */
  touch(id: string, at: Instant): Promise<void>;
}

/** Secrets of API keys, as they are made and compared. */
export type ApiKeySecrets = Readonly<{
  /** Long and random; `prefix` is how it begins, and tells nobody the rest. */
  make(): Readonly<{ secret: string; prefix: string }>;
  hash(secret: string): string;
}>;
