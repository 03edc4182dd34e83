import { z } from 'zod';
import type { SandboxSettings } from './control.ts';
import type { SandboxPage } from './profiles.ts';
import { routes, type ScriptedAnswer, type Step } from './script.ts';
import type { WireConnection } from './wire-format.ts';

/** Status fields of any name and type: a script may want them wrong. */
export const patchSchema = z.record(z.string(), z.unknown());

export const connectionSchema: z.ZodType<WireConnection> = z.object({
  account_info: z.exactOptional(patchSchema.nullable()),
  connection_status: z.exactOptional(patchSchema.nullable()),
});

export const pagesSchema: z.ZodType<readonly SandboxPage[]> = z.array(
  z.object({ name: z.string(), accessible: z.boolean(), connected: z.exactOptional(z.boolean()) }),
);

export const authorisationSchema = z.object({ scopes: z.array(z.string()).optional() });

export const bulkPatchSchema = z.object({
  network: z.exactOptional(z.string()),
  tenantIds: z.exactOptional(z.array(z.string())),
  status: patchSchema,
});

const headers = z.exactOptional(z.record(z.string(), z.string()));
const slow = { delayMs: z.exactOptional(z.number().nonnegative()) };
const httpStatus = z.int().min(200).max(599);

const answerSchema: z.ZodType<ScriptedAnswer> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.enum(['usual', 'throttled', 'quota_exceeded', 'hang', 'malformed', 'html', 'wrong_types']),
    ...slow,
  }),
  z.object({ kind: z.literal('connections'), connections: z.array(connectionSchema), ...slow }),
  z.object({ kind: z.literal('status'), status: httpStatus, body: z.exactOptional(z.unknown()), headers, ...slow }),
  z.object({ kind: z.literal('raw'), body: z.string(), status: z.exactOptional(httpStatus), headers, ...slow }),
  z.object({ kind: z.literal('reset'), midBody: z.exactOptional(z.boolean()), ...slow }),
  z.object({ kind: z.literal('oversized'), bytes: z.exactOptional(z.int().positive()), ...slow }),
]);

export const stepSchema: z.ZodType<Step> = z.object({
  tenantId: z.exactOptional(z.string()),
  route: z.exactOptional(z.enum(routes)),
  times: z.exactOptional(z.int().positive()),
  answer: answerSchema,
});

const limit = z.exactOptional(z.number().nonnegative());

export const settingsSchema: z.ZodType<Partial<SandboxSettings>> = z.strictObject({
  requestsPerSecond: limit,
  requestsPerDay: limit,
  tokenRequestsPerSecond: limit,
  refreshTokens: z.exactOptional(z.enum(['rotating', 'long_lived'])),
  accessTokenLifetimeS: z.exactOptional(z.number().positive()),
  reuseRevokes: z.exactOptional(z.boolean()),
  redirectUris: z.exactOptional(z.array(z.string()).nullable()),
  omittedScopes: z.exactOptional(z.array(z.string())),
  isApplicationDeactivated: z.exactOptional(z.boolean()),
  isSecretRegenerated: z.exactOptional(z.boolean()),
  deviceIntervalS: limit,
  deviceLifetimeS: limit,
});
