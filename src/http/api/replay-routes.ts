import type { z } from 'zod';
import type { AlertSettings } from '../../domain/model/settings.ts';
import { type Instant, SECOND_MS } from '../../domain/model/time.ts';
import type { Tenants } from '../../monitoring/application.ts';
import type { KeyViewer } from '../../monitoring/keys/check-key.ts';
import type { Clock, Configured } from '../../monitoring/ports.ts';
import { viewOfReplay } from '../../monitoring/reading/replay-view.ts';
import { stopIn } from './answer-in.ts';
import { ApiProblem, badField, badRequest } from './api-problem.ts';
import { type ApiPorts, type ApiScope, viewerOf } from './api-scope.ts';
import { replay, replayBody } from './replay-documents.ts';

/** A month of a tenant in trouble takes a tenth of a second. */
const LONGEST_MS = 45 * SECOND_MS;
const tooLong = new ApiProblem(
  422,
  'It takes longer than 45 s: name fewer tenants, or a shorter time. `linkwatch replay` takes as long as it needs.',
);

type ReplayPorts = ApiPorts & Pick<Configured, 'alertRules'> & Readonly<{ clock: Clock }>;

/** What other alert rules would have sent. */
export function addReplayRoutes(api: ApiScope, { application, alertRules, clock, signal }: ReplayPorts): void {
  api.post(
    '/replay',
    {
      config: { alone: true },
      schema: {
        tags: ['Mail'],
        operationId: 'replay',
        summary: 'What other alert rules would have sent',
        description:
          'The mail by these rules over the polls that are stored, beside the mail that was sent. Nothing is sent, and nothing is changed. One at a time, and for 45 seconds at most: a large fleet is replayed in parts, or by `linkwatch replay`.',
        body: replayBody,
        response: { 200: replay },
      },
    },
    async (request) => {
      const { tenantIds = null, limit: listed, settings: assigned } = request.body;
      const viewer = viewerOf(request);
      const settings = settingsOf(assigned, alertRules);
      const range = rangeOf(request.body, clock.now());
      await assertSeen(viewer, tenantIds ?? [], application.tenants);
      const asked = { ...range, tenantIds, listed, settings };
      const run = (stopping: AbortSignal) => application.replays.run(viewer, { ...asked, signal: stopping });
      const report = await stopIn(LONGEST_MS, run, { clock, signal, tooLong });
      return viewOfReplay({ report, settings: assigned });
    },
  );
}

type Body = z.output<typeof replayBody>;

function settingsOf(assigned: Body['settings'], alertRules: Configured['alertRules']): AlertSettings {
  const rules = alertRules(Object.entries(assigned).map((assignment) => assignment.join('=')));
  if (rules.ok) return rules.settings;
  const detailOf = ({ problem, instead }: (typeof rules.problems)[number]) => `${problem}; write ${instead}`;
  throw badRequest(rules.problems.map((each) => ({ field: `settings.${each.variable}`, detail: detailOf(each) })));
}

function rangeOf(body: Body, now: Instant): Readonly<{ from: Instant | null; to: Instant }> {
  const { from, to = now } = body;
  if (from !== undefined && from >= to) throw badField('from', 'it is not before `to`');
  return { from: from ?? null, to };
}

/** The same for what does not exist and for what the key may not see. */
async function assertSeen(viewer: KeyViewer, ids: readonly string[], tenants: Tenants): Promise<void> {
  const names = await tenants.names(viewer, ids);
  const unknown = ids.flatMap((id, index) => (names.has(id) ? [] : [{ field: `tenantIds.${index}`, detail: UNKNOWN }]));
  if (unknown.length > 0) throw badRequest(unknown);
}

const UNKNOWN = 'there is no such tenant, or this key may not see it';
