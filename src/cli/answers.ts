import { z } from 'zod';
import { apiKeyView, newApiKey } from '../monitoring/views/api-keys.ts';
import { applicationView } from '../monitoring/views/applications.ts';
import { auditView } from '../monitoring/views/audit.ts';
import { explanation } from '../monitoring/views/explanation.ts';
import { importReport } from '../monitoring/views/imports.ts';
import { incidentDetail, incidentView } from '../monitoring/views/incidents.ts';
import { bounceOutcome, mailDetail, mailView } from '../monitoring/views/mail.ts';
import { backup, doctorCheck, keyRotation, monitorView, restoredDatabase } from '../monitoring/views/operations.ts';
import { instant, list, maybeText, text } from '../monitoring/views/parts.ts';
import { tenantStatusThen, tenantThenView } from '../monitoring/views/past.ts';
import { planView } from '../monitoring/views/plan.ts';
import { replayView } from '../monitoring/views/replay.ts';
import { roundSummary } from '../monitoring/views/rounds.ts';
import { tenantDetail, tenantHistory, tenantStatus, tenantSummary } from '../monitoring/views/tenants.ts';
import {
  newWebhook,
  redelivered,
  rotatedWebhook,
  webhookAttemptView,
  webhookView,
} from '../monitoring/views/webhooks.ts';
import { workerView } from '../monitoring/views/workers.ts';

/** The documents that commands print with `--json`: the public contract. */
export const answers = {
  apiKeyId: z.object({ id: text }),
  /** `refusal`: why its key and secret are not taken; null when they are. */
  application: applicationView.extend({ refusal: maybeText }),
  applicationId: z.object({ id: text }),
  applications: z.object({ applications: list(applicationView) }),
  apiKeys: z.object({ apiKeys: list(apiKeyView) }),
  audit: z.object({ entries: list(auditView) }),
  backup,
  bounce: bounceOutcome,
  checks: z.object({ checks: list(doctorCheck) }),
  explanations: z.object({ explanations: list(explanation) }),
  /** `untried`: why nothing is known of the token that was given; null when it works, or none was given. */
  givenToken: z.object({
    id: text,
    untried: maybeText,
    timezone: maybeText.optional(),
    sameAccountAs: maybeText.optional(),
  }),
  history: tenantHistory,
  importReport,
  keyRotation,
  incident: incidentView,
  incidentDetail,
  incidents: z.object({ incidents: list(incidentView) }),
  mail: z.object({ mail: list(mailView) }),
  mailDetail,
  mailSelection: z.object({ changed: list(text), skipped: list(text) }),
  newApiKey,
  newWebhook,
  redelivered,
  plan: planView,
  replay: replayView,
  rotatedWebhook,
  restoredDatabase,
  round: roundSummary,
  status: tenantStatus,
  tenant: tenantDetail,
  tenantId: z.object({ id: text }),
  fleet: z.object({ monitor: monitorView, tenants: list(tenantSummary) }),
  fleetThen: z.object({ at: instant, tenants: list(tenantThenView) }),
  statusThen: tenantStatusThen,
  tenants: z.object({ tenants: list(tenantSummary) }),
  webhook: z.object({ webhook: webhookView, attempts: list(webhookAttemptView) }),
  webhookAttempt: webhookAttemptView,
  workers: z.object({ workers: list(workerView) }),
  webhookId: z.object({ id: text }),
  webhookState: webhookView,
  webhooks: z.object({ webhooks: list(webhookView) }),
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
