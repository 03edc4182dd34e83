import type { Evidence } from './evidence.ts';
import { judgeAccess } from './judge-access.ts';
import { judgeAfterwards } from './judge-afterwards.ts';
import { judgeAlerts } from './judge-alerts.ts';
import { judgeOthers } from './judge-others.ts';
import type { Plan } from './plan.ts';
import { viewOf } from './view.ts';

/** All that Linkwatch has promised and not kept in a world, each violation as a line; none, if it kept everything. */
export function judge(plan: Plan, evidence: Evidence): readonly string[] {
  const view = viewOf(plan, evidence);
  return [...judgeAlerts(view), ...judgeAfterwards(view), ...judgeAccess(view), ...judgeOthers(view)];
}
