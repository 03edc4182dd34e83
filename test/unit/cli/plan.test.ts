import { describe, expect, it } from '@jest/globals';
import { planFit } from '../../../src/domain/polling/plan-fit.ts';
import { requestsToday } from '../../../src/domain/polling/requests-today.ts';
import type { KeyPlan, PlanOutcome, WishedPlan } from '../../../src/monitoring/application.ts';
import { linkwatch, type PartialApplication } from '../../support/cli-run.ts';

const load = { schedule: '0 * * * *', timezone: 'UTC', tenants: 600, pollsPerDay: 24 };
const quota = { perDay: 10_000, reserveShare: 0.1 };
const noon = Date.UTC(2026, 0, 15, 12);

function planOf(
  used: number,
  application: KeyPlan['application'] = { id: null, name: 'default' },
  isExhausted = false,
): KeyPlan {
  return { ...planFit([load], quota, requestsToday({ used, isExhausted }, quota, noon), noon), application };
}

const short = planOf(1_234);

function planned(first: KeyPlan, ...others: readonly KeyPlan[]): PlanOutcome {
  return { outcome: 'planned', plan: { ...first, applications: [first, ...others] } };
}

function asking(outcome: PlanOutcome = planned(short)) {
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
      'The polls do not fit: every interval is 1.44 times longer than scheduled.',
      '1,000 of 10,000 requests a day are kept for re-checks; what they leave goes to polls by the evening.',
      '1,234 are used today.',
      '',
      'SCHEDULE   ZONE  TENANTS  EVERY  REALLY EVERY',
      '0 * * * *  UTC   600      1 h    1 h 26 min',
      '',
      'What would make it fit, each by itself:',
      '- Ask less often: with the schedule “0 */2 * * *” for every tenant they fit.',
      '- Have 16,000 requests a day: ask Constant Contact, and set CONSTANT_CONTACT_REQUESTS_PER_DAY (of a further application: `application update --requests-per-day`).',
      '- As it is, 375 tenants fit: have the others authorised by another application (`application add`), or watch fewer.',
    ]);
  });

  it('gives programs the arithmetic', async () => {
    const { stdout } = await linkwatch('plan --json', asking());
    expect(JSON.parse(stdout)).toEqual(JSON.parse(JSON.stringify({ ...short, applications: [short] })));
  });

  it('tells the rest of a day of which much is used', async () => {
    const { stdout } = await linkwatch('plan', asking(planned(planOf(8_000))));
    expect(stdout).toContain('8,000 are used today. Until 00:00 UTC every interval is 3.6 times longer than scheduled');
    const all = asking(planned(planOf(10_000)));
    expect((await linkwatch('plan', all)).stdout).toContain('Nothing is left of today’s requests');
  });

  it('tells requests that are refused early from those that are used up, and where to look', async () => {
    const refused = asking(planned(planOf(4, undefined, true)));
    const { stdout } = await linkwatch('plan', refused);
    expect(stdout).toContain('Constant Contact refuses more requests today, although 4 of 10,000 are counted here');
    expect(stdout).toContain('Look whether another program uses the same key');
  });

  it('says of each of several applications what its key holds, or of one alone', async () => {
    const brand = planOf(12, { id: 'application-2', name: 'brand' });
    const { asked, app } = asking(planned(short, brand));
    const { stdout } = await linkwatch('plan', { app });
    expect(stdout).toMatch(
      /^default\n.*1\.44 times longer[\s\S]*\n\nbrand\n.*1\.44 times longer[\s\S]*12 are used today/,
    );
    await linkwatch('plan --application brand', { app });
    expect(asked.at(-1)).toMatchObject({ application: 'brand' });
  });

  it('refuses an application that is not there', async () => {
    const { stderr, exitCode } = await linkwatch(
      'plan --application brand',
      asking({ outcome: 'unknown_application' }),
    );
    expect(exitCode).toBe(1);
    expect(stderr).toContain('brand');
  });

  it('asks for what would be', async () => {
    const { asked, app } = asking();
    await linkwatch('plan --tenants 5000', { app });
    expect(asked).toEqual([{ tenants: 5000, schedule: undefined, application: undefined }]);
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
