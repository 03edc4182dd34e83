import { planView } from '../../monitoring/views/plan.ts';

/** The answers about Linkwatch itself, by their names in the OpenAPI document. */

export const plan = planView.meta({
  id: 'Plan',
  examples: [
    {
      ...{ tenants: 500, limit: 10_000, reserve: 1_000, forPolls: 9_000, usedToday: 4_211 },
      ...{ askedPerDay: 12_000, stretch: 1.334 },
      schedules: [
        {
          ...{ schedule: '0 * * * *', timezone: 'UTC', tenants: 500, pollsPerDay: 24 },
          ...{ scheduledMs: 3_600_000, realMs: 4_802_400 },
        },
      ],
      remedy: { requestsPerDay: 13_334, tenants: 375, schedule: '0 */2 * * *' },
    },
  ],
});
