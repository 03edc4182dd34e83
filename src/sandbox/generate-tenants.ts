import { type Business, nextBusiness } from './business-names.ts';
import { pick, pickText, type Random, seededRandom } from './seeded-random.ts';
import { HEALTHY_STATUS, type WireAccount, type WireConnection } from './wire-format.ts';

const DIGITS = '0123456789';
const LETTERS_AND_DIGITS = 'abcdefghijklmnopqrstuvwxyz0123456789';
const networks = ['facebook', 'instagram', 'linkedin', 'tiktok'] as const;

export type GeneratedTenant = Readonly<{ id: string; account: WireAccount; connections: readonly WireConnection[] }>;

/**
 * `count` tenants with their accounts and healthy connections. The same seed gives the same tenants, and a larger
 * count begins with those of a smaller one. `connectionsEach` null: one to four, as chance has it.
 */
export function generateTenants(
  options: Readonly<{ seed: string; count: number; connectionsEach: number | null }>,
): readonly GeneratedTenant[] {
  const takenNames = new Set<string>();
  return Array.from({ length: options.count }, (_, index) => {
    const random = seededRandom(`${options.seed}/tenant/${index}`);
    const business = nextBusiness(random, takenNames);
    const id = `p${pickText(random, LETTERS_AND_DIGITS, 8)}${index.toString(36).padStart(5, '0')}`;
    const chosen = networksOf(random, options.connectionsEach);
    const connections = chosen.map((network, nth) => generateConnection(random, { network, business, nth }));
    return { id, account: accountOf(random, id, business), connections };
  });
}

/** With more connections than networks, a tenant has several accounts of one network, which Constant Contact allows. */
function networksOf(random: Random, connectionsEach: number | null): readonly string[] {
  if (connectionsEach === null) return networks.filter((network) => network === 'facebook' || random() < 0.5);
  return Array.from({ length: connectionsEach }, (_, index) => networks[index % networks.length] ?? 'facebook');
}

function accountOf(random: Random, id: string, business: Business): WireAccount {
  return {
    contact_email: `${business.firstName.toLowerCase()}@${business.slug}.example`,
    contact_phone: `555${pickText(random, DIGITS, 7)}`,
    country_code: pick(random, ['US', 'us']),
    encoded_account_id: id,
    first_name: business.firstName,
    last_name: business.lastName,
    organization_name: business.name,
    state_code: business.state,
    time_zone_id: business.timeZone,
    website: `https://${business.slug}.example`,
  };
}

function generateConnection(
  random: Random,
  { network, business, nth }: Readonly<{ network: string; business: Business; nth: number }>,
): WireConnection {
  const suffix = nth < networks.length ? '' : `${Math.floor(nth / networks.length) + 1}`;
  const person = `${business.firstName} ${business.lastName}`;
  const username = `${business.slug}${suffix}`;
  return {
    account_info: {
      network,
      network_account_id: accountIdOf(random, network),
      display_name: network === 'linkedin' ? person : `${business.name}${suffix === '' ? '' : ` ${suffix}`}`,
      username,
      ...(network === 'instagram'
        ? { account_url: `https://www.instagram.com/${username}` }
        : { image_url: `https://images.example/${network}/${username}.jpg` }),
    },
    connection_status: HEALTHY_STATUS,
  };
}

/** Ids in the networks' formats: 17 digits exceed the precision of a JSON number. */
function accountIdOf(random: Random, network: string): string {
  if (network === 'facebook' || network === 'instagram') return pickText(random, DIGITS, 17);
  return pickText(random, LETTERS_AND_DIGITS, network === 'linkedin' ? 10 : 26);
}
