import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/domain/model/time.ts';
import { pick, seededRandom } from '../../src/sandbox/seeded-random.ts';
import {
  BEGIN,
  CALM_MS,
  drawMailHolds,
  drawMishap,
  drawPeople,
  drawSome,
  drawSpread,
  drawTurns,
  drawWeather,
  type Span,
  zones,
} from './draw-plan.ts';
import { beginOf, type Happening, type Outage, type Plan, type PlannedTenant, type Weather } from './plan.ts';

/** Enough for a fleet hold by those alone that have no trouble of their own. */
const TENANTS = 16;
const WITH_OWN_TROUBLE = 4;
/** An outage that lasts longer than FLEET_HOLD is told to everybody. */
const LONGEST_OUTAGE_MS = 5 * HOUR_MS;
/** So long after an outage everybody has been seen to be well again. */
const BETWEEN_MS = 2 * HOUR_MS;

/**
 * As `drawPlan`, for a whole fleet whose network fails for everybody now and then. Constant Contact always answers: where
 * it did not, too few would be seen to be broken at once.
 */
export function drawFleetPlan(seed: number, days: number): Plan {
  const random = seededRandom(`fleet ${seed}`);
  const calmFrom = BEGIN + days * DAY_MS;
  const span = { random, from: BEGIN + HOUR_MS, to: calmFrom };
  const tenants = Array.from({ length: TENANTS }, (_, index): PlannedTenant => {
    const networks = random() < 0.3 ? ['facebook', 'instagram'] : ['facebook'];
    return { id: `shop-${index + 1}`, timezone: pick(random, zones), networks, hasCopy: random() < 0.3 };
  });
  const turns = tenants
    .slice(0, WITH_OWN_TROUBLE)
    .flatMap((tenant) => drawTurns(tenant, span).filter(({ kind }) => kind === 'account'));
  const workers = 1 + Math.floor(random() * 3);
  const among = { ...span, turns };
  const happenings: readonly Happening[] = [
    ...turns,
    ...drawOutages(span),
    ...drawSome<Weather>(days, among, drawWeather).filter(({ place }) => place !== 'upstream'),
    ...drawSome(days, among, (each) => drawMishap(each, workers)),
    ...drawMailHolds(seed, days, among),
    ...tenants.flatMap((tenant) => drawPeople(seed, days, { ...among, tenant })),
  ];
  const sorted = happenings.toSorted((a, b) => beginOf(a) - beginOf(b));
  const to = calmFrom + CALM_MS;
  return { seed, from: BEGIN, calmFrom, to, workers, isSpread: drawSpread(seed), tenants, happenings: sorted };
}

/** Some of them on the same day. */
function drawOutages({ random, from, to }: Span): readonly Outage[] {
  const outages: Outage[] = [];
  let at = from + 6 * HOUR_MS + Math.floor(random() * DAY_MS);
  while (at + LONGEST_OUTAGE_MS < to) {
    const lasts = 20 * MINUTE_MS + Math.floor(random() * (LONGEST_OUTAGE_MS - 20 * MINUTE_MS));
    outages.push({ kind: 'outage', network: 'facebook', look: 'broken', from: at, to: at + lasts });
    at += lasts + BETWEEN_MS + Math.floor(random() ** 2 * 3 * DAY_MS);
  }
  return outages;
}
