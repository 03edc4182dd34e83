import { pick, type Random } from './seeded-random.ts';

const firstNames =
  'Jane Maria Tom Lola Priya Grace Omar Elena Sam Ruth Diego Nora Kofi Anna Mei Luis Hannah Pete Aisha Ben Carla Dev Ivy Jonas Kate Leo Mona Nina Oscar Paula Quinn Rosa Sven Tara Uma Victor Wendy Yusuf Zoe Frank'.split(
    ' ',
  );
const lastNames =
  'Adams Baker Castillo Dubois Ellis Ferrari Gupta Hansen Ito Jensen Kowalski Lopez Murphy Nguyen Okafor Petrov Quiroga Rossi Schmidt Tanaka Underwood Vargas Weber Xu Young Zang Fischer Hughes Moreau Novak'.split(
    ' ',
  );
const trades = [
  'Bakery',
  'Bike Repair',
  'Bookshop',
  'Cafe',
  'Candle Studio',
  'Ceramics',
  'Coffee Roasters',
  'Dance School',
  'Dog Grooming',
  'Family Dental',
  'Florist',
  'Garden Centre',
  'Guitar Lessons',
  'Hair Salon',
  'Hardware',
  'Ice Cream',
  'Jewelers',
  'Landscaping',
  'Law Office',
  'Pet Supplies',
  'Photography',
  'Pizza',
  'Plumbing',
  'Print Shop',
  'Real Estate',
  'Tailors',
  'Toy Store',
  'Travel',
  'Veterinary Clinic',
  'Yoga',
];
const places = [
  'Bayside',
  'Cedar',
  'Elm Street',
  'Harbor',
  'Hilltop',
  'Juniper',
  'Lakeview',
  'Main Street',
  'Maple',
  'North End',
  'Oakwood',
  'Old Town',
  'Prairie',
  'Riverside',
  'Summit',
  'Willow',
];

/** Zones as Constant Contact writes them: legacy aliases of IANA names. */
const homes = [
  { state: 'MA', timeZone: 'US/Eastern' },
  { state: 'NY', timeZone: 'US/Eastern' },
  { state: 'FL', timeZone: 'US/Eastern' },
  { state: 'IL', timeZone: 'US/Central' },
  { state: 'TX', timeZone: 'US/Central' },
  { state: 'CO', timeZone: 'US/Mountain' },
  { state: 'AZ', timeZone: 'US/Arizona' },
  { state: 'CA', timeZone: 'US/Pacific' },
  { state: 'WA', timeZone: 'US/Pacific' },
  { state: 'HI', timeZone: 'US/Hawaii' },
] as const;

export type Business = Readonly<{
  name: string;
  firstName: string;
  lastName: string;
  /** The name as an account name or a domain would have it: `janesbakery`. */
  slug: string;
  state: string;
  timeZone: string;
}>;

/** A small business that is not in `taken` yet; its name is added there. */
export function nextBusiness(random: Random, taken: Set<string>): Business {
  const firstName = pick(random, firstNames);
  const lastName = pick(random, lastNames);
  const home = pick(random, homes);
  const name = freeName(random, taken, { firstName, lastName });
  taken.add(name);
  const slug = name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  return { name, firstName, lastName, slug, state: home.state, timeZone: home.timeZone };
}

function freeName(random: Random, taken: ReadonlySet<string>, owner: { firstName: string; lastName: string }): string {
  const trade = pick(random, trades);
  const place = pick(random, places);
  const wishes = [
    pick(random, [`${owner.firstName}'s ${trade}`, `${place} ${trade}`, `${owner.lastName} ${trade}`]),
    `${owner.firstName} ${owner.lastName} ${trade}`,
    `${owner.lastName} ${trade} of ${place}`,
  ];
  const free = wishes.find((wish) => !taken.has(wish));
  return free ?? `${wishes[0]} No. ${taken.size + 1}`;
}
