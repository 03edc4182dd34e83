import type { TenantFields } from '../../monitoring/tenants/tenant-input.ts';

export type LineProblem = Readonly<{ field: string | null; problem: string }>;

/** One line of CSV or entry of JSON, numbered from 1. When `problems` is not empty, `fields` is incomplete. */
export type FileEntry = Readonly<{ line: number; fields: TenantFields; problems: readonly LineProblem[] }>;
