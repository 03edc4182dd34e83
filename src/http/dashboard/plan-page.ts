import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { PlanOutcome } from '../../monitoring/application.ts';
import type { Look } from './frame.ts';
import { addressOf } from './list-page.ts';
import { planWords } from './plan-words.ts';
import { addPage, frameOf, type Site, sendPage } from './site.ts';
import { soon } from './soon.ts';

const query = z.object({
  tenants: z.coerce.number().int().min(1).max(10_000_000).optional().catch(undefined),
  schedule: z.string().trim().min(1).max(200).optional().catch(undefined),
  application: z.string().trim().min(1).max(200).optional().catch(undefined),
});

type Asked = z.infer<typeof query>;

/** Whether the schedules fit into the requests of the day, as they are, or as if the fleet were another one. */
export function addPlanPage(routes: FastifyInstance, site: Site): void {
  const { fleet } = site.options.application;
  const planSoon = soon((...asked: Parameters<typeof fleet.plan>) => fleet.plan(...asked));

  addPage(routes, '/plan', site, async (look, request, reply) => {
    const asked = query.parse(request.query);
    const asItIs = await planSoon(look.viewer, {});
    const answer = isAsIf(asked) ? await planSoon(look.viewer, asked) : asItIs;
    return sendPage(reply, site, 'plan', {
      frame: frameOf('Plan', site, look, '/plan'),
      ...viewOf({ asked, answer, asItIs }, look),
    });
  });
}

function isAsIf(asked: Asked): boolean {
  return Object.values(asked).some((wish) => wish !== undefined);
}

/** The plans are null while a large fleet is counted for the first time. */
type Answers = Readonly<{ asked: Asked; answer: PlanOutcome | null; asItIs: PlanOutcome | null }>;

function viewOf({ asked, answer, asItIs }: Answers, { base }: Look) {
  const { tenants, schedule = '', application = '' } = asked;
  const here = addressOf('/plan', { application, schedule, tenants: tenants?.toString() });
  const isPlanned = answer?.outcome === 'planned';
  return {
    asked: { tenants: tenants ?? '', schedule, application },
    lookAgainAt: answer === null || asItIs === null ? `${base}${here}` : null,
    problem: answer === null || isPlanned ? null : problemOf(answer),
    isWish: isPlanned && isAsIf(asked),
    names: applicationsOf(asItIs).map((plan) => plan.application.name),
    plans: answer === null ? [] : applicationsOf(isPlanned ? answer : asItIs).map(planWords),
  };
}

function applicationsOf(answer: PlanOutcome | null) {
  return answer?.outcome === 'planned' ? answer.plan.applications : [];
}

function problemOf(answer: Exclude<PlanOutcome, { outcome: 'planned' }>): string {
  return answer.outcome === 'no_schedule'
    ? `This is no schedule: ${answer.problem}.`
    : 'There is no application of this name.';
}
