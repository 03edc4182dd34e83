import type { GivenGrant } from '../../domain/model/grant.ts';
import type { NewTenant, TenantFields, TenantPatch } from '../tenants/tenant-input.ts';

export type LineProblem = Readonly<{ field: string | null; problem: string }>;

/** One line of CSV or entry of JSON, numbered from 1. When `problems` is not empty, `fields` is incomplete. */
export type FileEntry = Readonly<{ line: number; fields: TenantFields; problems: readonly LineProblem[] }>;

/** A file of tenants; a person counts its lines, or the entries of its list. */
export type TenantFile = Readonly<{ unit: 'line' | 'entry'; entries: readonly FileEntry[] }>;

/** A line whose tenant is new. */
export type NewLine = Readonly<{ line: number; tenant: NewTenant }>;
/** A line whose tenant is there already. */
export type KnownLine = Readonly<{
  line: number;
  id: string;
  /** What differs from what is stored, the tokens apart. */
  patch: TenantPatch;
  /** The line's tokens, which may be those that the tenant was given before. */
  grant: GivenGrant | null;
}>;
export type BadLine = Readonly<{ line: number; problems: readonly LineProblem[] }>;
