import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAuthorizations } from './authorizations.ts';
import { type Control, createControl, type SandboxSettings } from './control.ts';
import { createFleet } from './fleet.ts';
import { generateTenants } from './generate-tenants.ts';
import { createGrants } from './grants.ts';
import { createTokenMint } from './opaque-tokens.ts';
import { createRequestHandler } from './request-handler.ts';
import { createScript } from './script.ts';
import type { Client } from './token-endpoint.ts';
import { createTraffic } from './traffic.ts';

/** Everything has a default: ten tenants, rotating refresh tokens, access tokens of a day, no limits, any free port. */
export type SandboxOptions = Readonly<
  Partial<SandboxSettings> & {
    seed?: string;
    tenants?: number;
    /** How many connections each tenant begins with; without it one to four. */
    connectionsEach?: number;
    clientId?: string;
    /** Null makes the application a PKCE client. */
    clientSecret?: string | null;
    port?: number;
    /** Milliseconds since the Unix epoch: the clock of token lifetimes and of the day's quota. */
    now?: () => number;
  }
>;

export type Sandbox = Readonly<{
  /** For `CONSTANT_CONTACT_API_URL`. */
  apiUrl: string;
  /** For `CONSTANT_CONTACT_AUTH_URL`. */
  authUrl: string;
  /** The routes of `control-routes.ts` are below it. */
  controlUrl: string;
  port: number;
  clientId: string;
  clientSecret: string | null;
  control: Control;
  /** Cuts every connection, hanging ones included. */
  stop(): Promise<void>;
}>;

const usualSettings: SandboxSettings = {
  requestsPerSecond: 0,
  requestsPerDay: 0,
  tokenRequestsPerSecond: 0,
  refreshTokens: 'rotating',
  accessTokenLifetimeS: 86_400,
  reuseRevokes: false,
  redirectUris: null,
  omittedScopes: [],
  isApplicationDeactivated: false,
  isSecretRegenerated: false,
  deviceIntervalS: 5,
  deviceLifetimeS: 600,
};

/**
 * A stand-in for Constant Contact on loopback: sign-in pages, token endpoint, connections, profiles and account summary
 * with the documented bodies and errors, for any number of generated tenants. It serves the demo, the tests and the
 * benchmark.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { seed = 'linkwatch', tenants = 10, connectionsEach = null, port = 0, now = Date.now, ...rest } = options;
  const { clientId = 'sandbox-api-key', clientSecret = 'sandbox-secret', ...settings } = rest;
  const client: Client = { id: clientId, secret: clientSecret };
  const parts = createParts({ seed, tenants, connectionsEach, client, now, settings });
  const server = createServer({ keepAliveTimeout: 60_000 }, createRequestHandler(parts));
  const bound = await listen(server, port);
  const base = `http://127.0.0.1:${bound}`;
  return {
    apiUrl: `${base}/v3`,
    authUrl: `${base}/oauth2/default/v1`,
    controlUrl: `${base}/control`,
    port: bound,
    clientId,
    clientSecret,
    control: parts.control,
    stop: () => stop(server),
  };
}

type PartOptions = Readonly<{
  seed: string;
  tenants: number;
  connectionsEach: number | null;
  client: Client;
  now: () => number;
  settings: Partial<SandboxSettings>;
}>;

function createParts({ seed, tenants, connectionsEach, client, now, settings: changed }: PartOptions) {
  const settings = { current: { ...usualSettings, ...changed } };
  const fleet = createFleet(generateTenants({ seed, count: tenants, connectionsEach }));
  const setting = { mint: createTokenMint(seed, client.id), rules: () => settings.current, now };
  const grants = createGrants(setting);
  const authorizations = createAuthorizations(setting);
  const script = createScript();
  const traffic = createTraffic(() => settings.current, now);
  const control = createControl({ fleet, grants, script, traffic, settings });
  return { client, control, fleet, grants, authorizations, script, traffic, settings };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
