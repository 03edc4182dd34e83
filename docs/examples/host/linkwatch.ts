export type Health = 'broken' | 'waiting' | 'unobserved' | 'healthy' | 'removed';

/** A tenant as Linkwatch lists it, and as an event names it; there are more fields, here and below. */
export type Tenant = Readonly<{
  id: string;
  /** Your own id of it. */
  externalId: string | null;
  name: string | null;
  state: string;
}>;

export type Connection = Readonly<{
  id: string;
  network: string;
  displayName: string | null;
  health: Health;
}>;

export type TenantConnection = Connection & Readonly<{ tenantId: string }>;

export type LinkwatchEvent = Readonly<{
  id: string;
  type: string;
  data: Readonly<{ tenant: Tenant; connection: Connection | null }>;
}>;

type EventsPage = Readonly<{ items: readonly LinkwatchEvent[]; nextCursor: string }>;

/** What this host asks of Linkwatch. */
export type Linkwatch = Readonly<{
  /** All of them, page by page, and all of their connections. */
  tenants(): AsyncGenerator<Tenant>;
  connections(): AsyncGenerator<TenantConnection>;
  /** The cursor of whatever comes next. */
  endOfFeed(): Promise<string>;
  /** What came after the cursor; waits so long for it, up to 25s. `gone`: Linkwatch has forgotten some of that. */
  events(after: string, wait: string, signal: AbortSignal): Promise<EventsPage | 'gone'>;
  /** HTML for the signed-in user; the last one that is known, or null, where Linkwatch does not answer. */
  banner(tenantId: string, acceptLanguage: string): Promise<string | null>;
}>;

/** No visitor of ours waits longer than that for a banner. */
const BANNER_TIMEOUT_MS = 2_000;
/** Longer than Linkwatch waits for an event. */
const TIMEOUT_MS = 40_000;
/** Banners that are remembered, one for each tenant and language. */
const REMEMBERED = 1_000;

type Ask = (
  path: string,
  init?: Readonly<{ headers?: Record<string, string>; signal?: AbortSignal }>,
) => Promise<Response>;

export function createLinkwatch({ url, apiKey }: Readonly<{ url: string; apiKey: string }>): Linkwatch {
  const ask: Ask = (path, { headers = {}, signal = AbortSignal.timeout(TIMEOUT_MS) } = {}) =>
    fetch(`${url.replace(/\/+$/, '')}/api/v1/${path}`, {
      headers: { authorization: `Bearer ${apiKey}`, ...headers },
      signal,
    });
  return {
    tenants: () => listed(ask, 'tenants'),
    connections: () => listed(ask, 'connections'),
    endOfFeed: async () => (await read<EventsPage>(await ask('events?after=latest'))).nextCursor,
    async events(after, wait, signal) {
      const query = new URLSearchParams({ after, wait, limit: '500' });
      const bounded = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
      const answer = await ask(`events?${query}`, { signal: bounded });
      return answer.status === 410 ? 'gone' : await read<EventsPage>(answer);
    },
    banner: rememberingBanners(ask),
  };
}

async function* listed<Item>(ask: Ask, path: string): AsyncGenerator<Item> {
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query = new URLSearchParams({ limit: '500', ...(cursor !== '' && { cursor }) });
    const page: Readonly<{ items: readonly Item[]; nextCursor: string | null }> = await read(
      await ask(`${path}?${query}`),
    );
    yield* page.items;
    cursor = page.nextCursor;
  }
}

async function read<Answer>(answer: Response): Promise<Answer> {
  if (!answer.ok) throw new Error(`Linkwatch answers ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as Answer;
}

type Remembered = Readonly<{ etag: string; html: string }>;

function rememberingBanners(ask: Ask): Linkwatch['banner'] {
  const banners = new Map<string, Remembered>();
  const remember = (name: string, banner: Remembered) => {
    banners.delete(name);
    banners.set(name, banner);
    const [oldest] = banners.keys();
    if (banners.size > REMEMBERED && oldest !== undefined) banners.delete(oldest);
    return banner.html;
  };
  return async (tenantId, acceptLanguage) => {
    const name = `${tenantId} ${acceptLanguage}`;
    const known = banners.get(name);
    const unlessChanged = known === undefined ? {} : { 'if-none-match': known.etag };
    try {
      const answer = await ask(`tenants/${encodeURIComponent(tenantId)}/banner`, {
        headers: { accept: 'text/html', 'accept-language': acceptLanguage, ...unlessChanged },
        signal: AbortSignal.timeout(BANNER_TIMEOUT_MS),
      });
      if (answer.ok) return remember(name, { etag: answer.headers.get('etag') ?? '', html: await answer.text() });
      if (answer.status === 404) banners.delete(name);
      return banners.get(name)?.html ?? null;
    } catch {
      // Our page comes without Linkwatch as well.
      return known?.html ?? null;
    }
  };
}
