import type { Happening, Plan } from './plan.ts';

/**
 * Leaves happenings out as long as the plan still fails, the largest parts first: what is left is what it takes. An
 * account that breaks loses its repair with it, or the other way round; a plan is a plan whatever is left of it.
 */
export async function shrink(plan: Plan, fails: (smaller: Plan) => Promise<boolean>): Promise<Plan> {
  let { happenings } = plan;
  for (let size = Math.ceil(happenings.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < happenings.length; ) {
      const fewer: readonly Happening[] = happenings.toSpliced(from, size);
      if (fewer.length < happenings.length && (await fails({ ...plan, happenings: fewer }))) happenings = fewer;
      else from += size;
    }
  }
  return { ...plan, happenings };
}
