import type { TokenMint } from './opaque-tokens.ts';
import { usualScopes } from './scopes.ts';

export type GrantRules = Readonly<{
  /** `rotating`: each refresh token works once. `long_lived`: a refresh gives the same one again. */
  refreshTokens: 'rotating' | 'long_lived';
  accessTokenLifetimeS: number;
  /** As Okta may: a spent refresh token that comes again ends the whole grant, the newest tokens included. */
  reuseRevokes: boolean;
}>;

export type IssuedTokens = Readonly<{
  accessToken: string;
  refreshToken: string;
  expiresInS: number;
  scopes: readonly string[];
}>;

type RefreshOutcome =
  | Readonly<{ outcome: 'issued'; tokens: IssuedTokens }>
  /** `isReuse`: the token was good once. */
  | Readonly<{ outcome: 'refused'; isReuse: boolean }>;

/** The tokens of all tenants. */
export type Grants = Readonly<{
  /** A new authorisation by the tenant's person; tokens of an earlier one stop working. */
  authorise(tenantId: string, scopes?: readonly string[]): IssuedTokens;
  /** The scopes of the tenant's present grant. */
  scopesOf(tenantId: string): readonly string[];
  refresh(refreshToken: string): RefreshOutcome;
  /** The tenant of a valid access token, or null. */
  tenantOf(accessToken: string): string | null;
  /** The tenant of any token that was ever issued, to script answers by tenant. */
  ownerOf(token: string): string | null;
  expireAccessTokens(tenantId: string): void;
  /** The person withdrew the permission: refresh and access tokens stop working. */
  revoke(tenantId: string): void;
}>;

type Holding = {
  refreshToken: string | null;
  accessTokens: Map<string, number>;
  issued: number;
  scopes: readonly string[];
};

type Setting = Readonly<{ mint: TokenMint; rules: () => GrantRules; now: () => number }>;
/** The current tokens of each tenant, and the tenant of each token. */
type Books = Setting & Readonly<{ holdings: Map<string, Holding>; owners: Map<string, string> }>;

export function createGrants(setting: Setting): Grants {
  const books: Books = { ...setting, holdings: new Map(), owners: new Map() };
  return {
    authorise(tenantId, scopes = usualScopes) {
      revoke(books, tenantId);
      holdingOf(books, tenantId).scopes = scopes;
      return issue(books, tenantId);
    },
    scopesOf: (tenantId) => holdingOf(books, tenantId).scopes,
    refresh: (refreshToken) => refresh(books, refreshToken),
    tenantOf: (accessToken) => tenantOf(books, accessToken),
    ownerOf: (token) => books.owners.get(token) ?? null,
    expireAccessTokens: (tenantId) => holdingOf(books, tenantId).accessTokens.clear(),
    revoke: (tenantId) => revoke(books, tenantId),
  };
}

/** Keeps the refresh token when one is given. */
function issue(books: Books, tenantId: string): IssuedTokens {
  const { mint, now, owners } = books;
  const holding = holdingOf(books, tenantId);
  const nth = holding.issued++;
  dropExpired(books, holding);
  const accessToken = mint.accessToken(tenantId, nth, holding.scopes);
  const refreshToken = holding.refreshToken ?? mint.refreshToken(tenantId, nth);
  const expiresInS = books.rules().accessTokenLifetimeS;
  holding.accessTokens.set(accessToken, now() + expiresInS * 1000);
  holding.refreshToken = refreshToken;
  owners.set(accessToken, tenantId).set(refreshToken, tenantId);
  return { accessToken, refreshToken, expiresInS, scopes: holding.scopes };
}

function refresh(books: Books, refreshToken: string): RefreshOutcome {
  const tenantId = books.owners.get(refreshToken);
  if (tenantId === undefined) return { outcome: 'refused', isReuse: false };
  const holding = holdingOf(books, tenantId);
  if (holding.refreshToken !== refreshToken) {
    if (books.rules().reuseRevokes) revoke(books, tenantId);
    return { outcome: 'refused', isReuse: true };
  }
  if (books.rules().refreshTokens === 'rotating') holding.refreshToken = null;
  return { outcome: 'issued', tokens: issue(books, tenantId) };
}

function tenantOf({ owners, holdings, now }: Books, accessToken: string): string | null {
  const tenantId = owners.get(accessToken);
  if (tenantId === undefined) return null;
  const expiresAt = holdings.get(tenantId)?.accessTokens.get(accessToken) ?? 0;
  return expiresAt > now() ? tenantId : null;
}

function revoke(books: Books, tenantId: string): void {
  const holding = holdingOf(books, tenantId);
  holding.refreshToken = null;
  holding.accessTokens.clear();
}

function dropExpired({ owners, now }: Books, { accessTokens }: Holding): void {
  for (const [token, expiresAt] of accessTokens) {
    if (expiresAt > now()) continue;
    accessTokens.delete(token);
    owners.delete(token);
  }
}

function holdingOf({ holdings }: Books, tenantId: string): Holding {
  const known = holdings.get(tenantId);
  if (known !== undefined) return known;
  const holding: Holding = { refreshToken: null, accessTokens: new Map(), issued: 0, scopes: usualScopes };
  holdings.set(tenantId, holding);
  return holding;
}
