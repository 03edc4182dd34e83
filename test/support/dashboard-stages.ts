import type { ObservedConnection } from '../../src/domain/model/connection.ts';
import type { ConnectionStatus } from '../../src/domain/model/connection-status.ts';
import type { Quota } from '../../src/domain/polling/requests-today.ts';
import { createMailer } from '../../src/mail/create-mailer.ts';
import { createApplication } from '../../src/monitoring/create-application.ts';
import type { Upstreams } from '../../src/monitoring/ports.ts';
import { operator } from '../../src/monitoring/viewer.ts';
import { aContact, anObservedConnection } from './builders.ts';
import { ms } from './domain-time.ts';
import { mailerOptions } from './mail-contents.ts';
import { withOperatorMail } from './use-case-alerts.ts';
import { deferred, unknownAddress } from './use-case-mailer.ts';
import { answerOf } from './use-case-receivers.ts';
import { withQuota } from './use-case-upstreams.ts';
import { aWorld, type World } from './use-case-world.ts';

/** Names as businesses have them, and as nobody should. */
const names: Readonly<Record<string, string>> = {
  bakery: 'Jane’s Bakery',
  mill: 'Old Mill Books',
  garage: 'Garage Müller & Söhne',
  florist: 'Bloom Florist',
  gym: 'Northside Gym',
  dentist: 'Dr. Okafor Dental',
  cafe: 'Café Zoë',
  vet: 'Paws Veterinary',
  salon: 'Hair by Ana',
  bikes: 'Spoke Bikes',
  yoga: 'Quiet Yoga',
  tailor: '<img src=x onerror=alert(1)> Tailoring',
  rtl: 'مخبز جين \u202Eevil',
  long: 'W'.repeat(300),
};

const ids = Object.keys(names);

/** What the dashboard shows at the best of times, at the worst, and before there is anything to show. */
export const stages: Readonly<Record<'empty' | 'well' | 'in trouble', () => Promise<World>>> = {
  empty: async () => withRealMail(await aWorld({ tenants: [] })),
  well: async () => {
    const world = await aFleet();
    await hours(world, 30);
    return withRealMail(world);
  },
  'in trouble': async () => withRealMail(await inTrouble(), { perDay: 300, reserveShare: 0.1 }),
};

function account(network: string, given: Partial<ConnectionStatus> = {}): ObservedConnection {
  return anObservedConnection({ network, accountId: `${network}-1`, displayName: `${network} page`, ...given });
}

const healthy = [account('facebook'), account('instagram'), account('linkedin')];

/** The same accounts, but that one of them is broken so. */
function but(network: string, given: Partial<ConnectionStatus>): readonly ObservedConnection[] {
  return healthy.map((one) => (one.network === network ? account(network, given) : one));
}

const agency = { role: 'cc', email: 'social@agency.example' } as const;

async function aFleet(): Promise<World> {
  const world = await aWorld({
    tenants: ids,
    except: Object.fromEntries(ids.map((id, n) => [id, { name: names[id] ?? id, locale: n % 3 === 0 ? 'de' : 'en' }])),
    contacts: ['bakery', 'mill', 'gym', 'cafe'].map((tenantId) =>
      aContact({ ...agency, id: `agency-of-${tenantId}`, tenantId }),
    ),
    settings: { fleetMin: 1000 },
  });
  for (const id of ids) world.constantContact.shows(id, ...healthy);
  await world.poll();
  return world;
}

/** Mail waits and is held, accounts are broken and repaired, our access is lost, and the mail server defers. */
async function inTrouble(): Promise<World> {
  const world = await aFleet();
  await withWebhooks(world);
  const { constantContact: upstream, mailer } = world;
  mailer.answersTo('owner@garage.example', unknownAddress);
  await hours(world, 3);
  const broken = ['bakery', 'mill', 'gym', 'cafe', 'tailor', 'rtl', 'long', 'garage'];
  for (const id of broken) upstream.shows(id, ...but('facebook', { tokenIsValid: false }));
  for (const id of ['florist', 'vet']) upstream.shows(id, ...but('linkedin', { tokenHasScopes: false }));
  upstream.shows('dentist', ...but('instagram', { rateLimited: true }));
  upstream.fails('salon', 'server');
  upstream.fails('bikes', 'invalid_grant');
  await hours(world, 20);
  for (const id of ['mill', 'florist']) upstream.shows(id, ...healthy);
  await hours(world, 10);
  await world.app.mail.hold(operator, { kind: 'all' });
  upstream.shows('yoga', ...but('instagram', { tokenIsValid: false }));
  upstream.shows('vet', ...but('instagram', { tokenIsValid: false }));
  await hours(world, 3);
  await withOperatorMail(world);
  mailer.answers(deferred);
  await world.deliver();
  await world.clock.advance(ms('20m'));
  return world;
}

/** One receiver takes everything, one has never been asked, one fails, and one wants no more. */
async function withWebhooks({ app, webhookSender }: World): Promise<void> {
  const at = (name: string) => `https://${name}.example/hooks/linkwatch`;
  await app.webhooks.add(operator, { url: at('shop') });
  await app.webhooks.add(operator, { url: at('bakery'), tenantId: 'bakery', types: ['tenant.paused'] });
  await app.webhooks.add(operator, { url: at('crm'), types: ['connection.broken', 'connection.repaired'] });
  await app.webhooks.add(operator, { url: at('old-crm') });
  const page = '<html><body><h1>502 Bad Gateway</h1>nginx</body></html>';
  webhookSender.answers(at('crm'), () => answerOf(502, { ms: 1240, answer: page, error: 'HTTP 502.' }));
  webhookSender.answers(at('old-crm'), () => answerOf(410, { ms: 31 }));
}

/** An hour, a poll, a second one to confirm, and the mail that is due. */
async function hours(world: World, count: number): Promise<void> {
  for (let hour = 0; hour < count; hour += 1) {
    for (const step of ['15m', '15m', '30m'] as const) {
      await world.clock.advance(ms(step));
      await world.poll();
      await world.deliver();
      await world.send();
    }
  }
}

/** The pages show mail as it is really written. */
async function withRealMail(world: World, quota?: Quota): Promise<World> {
  const mailer = await createMailer(mailerOptions());
  const limited = quota === undefined ? {} : { upstreams: withLimits(world.ports.upstreams, quota) };
  const ports = { ...world.ports, ...limited, openMailer: async () => ({ ...mailer, send: world.mailer.send }) };
  return { ...world, ports, app: createApplication(ports) };
}

function withLimits(upstreams: Upstreams, quota: Quota): Upstreams {
  const applications = async () =>
    (await upstreams.applications()).map((application) => ({ ...application, ...withQuota(quota) }));
  return { ...upstreams, applications };
}

/** Every page that a stage has, for an `admin` key of all tenants. */
export async function pathsOf({ app }: World): Promise<readonly string[]> {
  const all = { cursor: null, limit: 1 };
  const [held] = (await app.mail.list(operator, { ...all, tenantId: null, state: 'held' })).items;
  const [sent] = (await app.mail.list(operator, { ...all, tenantId: null, state: 'sent' })).items;
  const [tenant] = (await app.tenants.list(operator, all)).items;
  const [incident] = (await app.incidents.list(operator, { ...all, tenantId: null })).items;
  const webhooks = (await app.webhooks.list(operator, { ...all, limit: 10, tenantId: null })).items;
  return [
    '/webhooks',
    ...webhooks.map(({ id }) => `/webhooks/${id}`),
    ...(tenant === undefined
      ? []
      : ['', '/explain', '/report?range=week', '/remove'].map((page) => `/tenants/${tenant.id}${page}`)),
    '/incidents',
    ...(incident === undefined ? [] : [`/incidents/${incident.id}`]),
    '/',
    '/wall',
    '/tenants',
    '/tenants/new',
    '/tenants/actions?action=snooze',
    '/mail',
    '/mail?state=held',
    '/audit',
    '/keys',
    '/at',
    '/at?health=broken&order=worst',
    ...(tenant === undefined ? [] : [`/at?tenant=${tenant.id}`]),
    '/people',
    '/untold',
    '/effect',
    '/plan',
    '/plan?tenants=0',
    '/plan?tenants=900&schedule=*/10+*+*+*+*',
    ...[held, sent].flatMap((mail) => (mail === undefined ? [] : [`/mail/${mail.id}`])),
  ];
}
