import { describe, expect, it } from '@jest/globals';
import { planFit } from '../../../src/domain/polling/plan-fit.ts';
import type { PlanOutcome, WishedPlan } from '../../../src/monitoring/application.ts';
import { linkwatch, type PartialApplication } from '../../support/cli-run.ts';

const load = { schedule: '0 * * * *', timezone: 'UTC', tenants: 600, pollsPerDay: 24 };
const short = planFit([load], { perDay: 10_000, reserveShare: 0.1 }, 1_234);

function asking(outcome: PlanOutcome = { outcome: 'planned', plan: short }) {
  const asked: WishedPlan[] = [];
  const app: PartialApplication = {
    fleet: {
      plan: async (_, wish) => {
        asked.push(wish);
        return outcome;
      },
    },
  };
  return { asked, app };
}

describe('plan', () => {
  it('says whether the schedules fit, how often each tenant is really asked, and what would make them fit', async () => {
    const { stdout, exitCode } = await linkwatch('plan', asking());
    expect(exitCode).toBe(0);
    expect(stdout.trimEnd().split('\n')).toEqual([
      'The polls do not fit: every interval is 1.6 times longer than scheduled.',
      '1,000 of 10,000 requests a day are kept for re-checks.',
      '1,234 are used today.',
      '',
      'SCHEDULE   ZONE  TENANTS  EVERY  REALLY EVERY',
      '0 * * * *  UTC   600      1 h    1 h 36 min',
      '',
      'What would make it fit, each by itself:',
      '- Ask less often: with the schedule “0 */2 * * *” for every tenant they fit.',
      '- Have 16,000 requests a day: ask Constant Contact, and set CONSTANT_CONTACT_REQUESTS_PER_DAY.',
      '- As it is, 375 tenants fit.',
    ]);
  });

  it('gives programs the arithmetic', async () => {
    const { stdout } = await linkwatch('plan --json', asking());
    expect(JSON.parse(stdout)).toEqual(JSON.parse(JSON.stringify(short)));
  });

  it('asks for what would be', async () => {
    const { asked, app } = asking();
    await linkwatch('plan --tenants 5000', { app });
    expect(asked).toEqual([{ tenants: 5000, schedule: undefined }]);
  });

  it('refuses what is no schedule', async () => {
    const { stderr, exitCode } = await linkwatch(
      'plan --schedule hourly',
      asking({ outcome: 'no_schedule', problem: 'it has 1 field' }),
    );
    expect(exitCode).toBe(2);
    expect(stderr).toContain('“hourly” is no schedule: it has 1 field.');
  });
});
