import type { ClientApplication, StoredApplication } from '../../domain/model/client-application.ts';
import type { Authorizer } from './authorizer.ts';
import type { ConstantContact } from './constant-contact.ts';

/** The applications besides the one of the configuration. */
export interface ApplicationStore {
  /** By name. */
  list(): Promise<readonly StoredApplication[]>;
  /** Null for a PKCE client, and where there is no such application. */
  secretOf(id: string): Promise<string | null>;
  /** False, and nothing stored, when another one has the name or the key. The secret is sealed. */
  add(application: NewApplication): Promise<boolean>;
  /** What is left out stays; a null secret makes it a PKCE client. */
  update(id: string, change: ApplicationChange): Promise<'updated' | 'taken' | 'unknown'>;
  /** `in_use`, and nothing removed, while a tenant is assigned to it. */
  remove(id: string): Promise<'removed' | 'in_use' | 'unknown'>;
  /** How many tenants are assigned to each; null is the one of the configuration. */
  tenants(): Promise<ReadonlyMap<string | null, number>>;
}

export type NewApplication = Omit<StoredApplication, 'hasSecret' | 'revision'> &
  Readonly<{ clientSecret: string | null }>;

export type ApplicationChange = Partial<Omit<NewApplication, 'id' | 'createdAt'>>;

/** Constant Contact as one application asks it, within that application's limits. */
export type Upstream = Readonly<{
  application: ClientApplication;
  constantContact: ConstantContact;
  authorizer: Authorizer;
}>;

/**
 * Constant Contact as every application asks it; `Asked` is the part of it that is needed. What another process changes
 * counts within seconds.
 */
export type Upstreams<Asked = Upstream> = Readonly<{
  /** Null: the application of the configuration. Throws where there is no such application. */
  of(applicationId: string | null): Promise<Asked>;
  /** The application alone; no secret is read. */
  application(applicationId: string | null): Promise<ClientApplication>;
  /** The one of the configuration first, then by name. */
  applications(): Promise<readonly ClientApplication[]>;
  /** What this process has just changed counts at once. */
  renew(): void;
}>;
