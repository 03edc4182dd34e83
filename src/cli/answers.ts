import { z } from 'zod';
import { incidentView } from '../monitoring/views/incidents.ts';
import { bounceOutcome, mailDetail, mailView } from '../monitoring/views/mail.ts';
import { doctorCheck } from '../monitoring/views/operations.ts';
import { count, list } from '../monitoring/views/parts.ts';
import { replayView } from '../monitoring/views/replay.ts';
import { roundSummary } from '../monitoring/views/rounds.ts';
import {
  exportedTenant,
  tenantDetail,
  tenantHistory,
  tenantStatus,
  tenantSummary,
} from '../monitoring/views/tenants.ts';

const storedLine = z.object({ line: count, id: z.string() });

/** The documents that commands print with `--json`: the public contract. */
export const answers = {
  bounce: bounceOutcome,
  checks: z.object({ checks: list(doctorCheck) }),
  config: z.object({
    variables: list(
      z.object({
        name: z.string(),
        group: z.string(),
        meaning: z.string(),
        value: z.string().nullable(),
        source: z.enum(['set', 'file', 'default', 'not set']),
        default: z.string().nullable(),
        isMissing: z.boolean(),
      }),
    ),
    unknown: list(
      z.object({ name: z.string(), from: z.enum(['.env', 'environment']), nearest: z.string().nullable() }),
    ),
    problems: list(
      z.object({ variable: z.string(), value: z.string().nullable(), problem: z.string(), instead: z.string() }),
    ),
  }),
  exportedTenants: z.object({ tenants: list(exportedTenant) }),
  history: tenantHistory,
  imported: z.object({
    imported: count,
    tenants: list(storedLine),
    skipped: list(storedLine),
    errors: list(
      z.object({ line: count, problems: list(z.object({ field: z.string().nullable(), problem: z.string() })) }),
    ),
  }),
  incident: incidentView,
  incidents: z.object({ incidents: list(incidentView) }),
  key: z.object({ key: z.string() }),
  mail: z.object({ mail: list(mailView) }),
  mailDetail,
  mailSelection: z.object({ changed: list(z.string()), skipped: list(z.string()) }),
  mailTest: z.object({ to: z.string(), outcome: z.literal('accepted'), response: z.string() }),
  migrated: z.object({ applied: list(z.string()) }),
  preview: z.object({
    kind: z.string(),
    subject: z.string(),
    headers: z.record(z.string(), z.string()),
    text: z.string(),
    html: z.string(),
  }),
  ready: z.object({ ready: z.literal(true), url: z.string() }),
  replay: replayView,
  round: roundSummary,
  status: tenantStatus,
  tenant: tenantDetail,
  tenantId: z.object({ id: z.string() }),
  tenants: z.object({ tenants: list(tenantSummary) }),
};

type Answers = typeof answers;

/** A command's answer, and the document that it is. */
export type Answer = {
  [Name in keyof Answers]: Readonly<{ as: Name; view: z.output<Answers[Name]> }>;
}[keyof Answers];

/** One JSON document. An answer of another form than promised is an error: a defect of ours. */
export function toJson({ as, view }: Answer): string {
  const schema: z.ZodType = answers[as];
  const encoded = z.safeEncode(schema, view);
  if (encoded.success) return JSON.stringify(encoded.data);
  throw new Error(`The answer "${as}" is not what it should be: ${z.prettifyError(encoded.error)}`);
}
