import type { TenantFields } from '../../monitoring/tenants/tenant-input.ts';

export type LineProblem = Readonly<{ field: string | null; problem: string }>;

/** One line of CSV, or one entry of JSON, by its number from 1; with problems its fields are not to be trusted. */
export type FileEntry = Readonly<{ line: number; fields: TenantFields; problems: readonly LineProblem[] }>;
