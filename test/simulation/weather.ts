import { pick, type Random } from '../../src/sandbox/seeded-random.ts';
import { isWeather, type Plan, type Weather } from './plan.ts';
import type { SimClock } from './sim-clock.ts';

type Place = Weather['place'];
type At<P extends Place> = Extract<Weather, { place: P }>['does'];

/** What the weather does to one thing that is tried; null: nothing. */
export type WeatherNow = Readonly<{
  at<P extends Place>(place: P): At<P> | null;
  /** How long something takes that takes its time. */
  delayMs(): number;
  random: Random;
}>;

export function weatherOf({ happenings }: Plan, clock: SimClock, random: Random): WeatherNow {
  const all = happenings.filter(isWeather);
  return {
    at: <P extends Place>(place: P) => {
      const now = clock.now();
      for (const each of all) {
        if (each.place === place && each.from <= now && now < each.to && random() < each.share)
          return each.does as At<P>;
      }
      return null;
    },
    delayMs: () => Math.floor(random() ** 3 * pick(random, [2_000, 20_000, 60_000])),
    random,
  };
}
