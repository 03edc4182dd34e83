import { z } from 'zod';
import { doctorCheck } from '../../monitoring/views/operations.ts';
import { list } from '../../monitoring/views/parts.ts';
import { planView } from '../../monitoring/views/plan.ts';

/** The answers about Linkwatch itself, by their names in the OpenAPI document. */

export const doctorChecks = z.object({ checks: list(doctorCheck) }).meta({
  id: 'DoctorChecks',
  examples: [
    {
      checks: [
        { name: 'configuration', ok: true, detail: 'complete', remedy: null },
        {
          name: 'mail server',
          ok: false,
          detail: 'it does not take our login: 535 5.7.8 no',
          remedy: 'Check the user and the password in SMTP_URL.',
        },
      ],
    },
  ],
});

const aPlan = {
  application: { id: null, name: 'default' },
  fit: 'short',
  tenants: 500,
  limit: 10_000,
  reserve: 1_000,
  forPolls: 9_000,
  usedToday: 4_211,
  askedPerDay: 12_000,
  stretch: 1.2,
  stretchToday: 1.2,
  isRefusedEarly: false,
  schedules: [
    {
      schedule: '0 * * * *',
      timezone: 'UTC',
      tenants: 500,
      pollsPerDay: 24,
      scheduledMs: 3_600_000,
      realMs: 4_320_000,
    },
  ],
  remedy: { requestsPerDay: 13_334, tenants: 375, schedule: '0 */2 * * *' },
} as const;

export const plan = planView.meta({ id: 'Plan', examples: [{ ...aPlan, applications: [aPlan] }] });
