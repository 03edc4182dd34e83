import { parseArgs } from 'node:util';
import { type SandboxOptions, startSandbox } from './sandbox.ts';

/**
 * The stand-in as a process of its own: prints one line of JSON with its addresses, then serves until SIGTERM or
 * SIGINT. `node src/sandbox/main.ts --tenants 2000 --connections 3`
 */
const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    seed: { type: 'string' },
    tenants: { type: 'string' },
    connections: { type: 'string' },
    'client-id': { type: 'string' },
    'client-secret': { type: 'string' },
    pkce: { type: 'boolean' },
    'redirect-uri': { type: 'string', multiple: true },
    'long-lived': { type: 'boolean' },
    'token-lifetime': { type: 'string' },
    'requests-per-second': { type: 'string' },
    'requests-per-day': { type: 'string' },
    'token-requests-per-second': { type: 'string' },
  },
});

const sandbox = await startSandbox(optionsFrom(values));
const { apiUrl, authUrl, controlUrl, port, clientId, clientSecret } = sandbox;
process.stdout.write(`${JSON.stringify({ apiUrl, authUrl, controlUrl, port, clientId, clientSecret })}\n`);

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void sandbox.stop());

function optionsFrom(flags: typeof values): SandboxOptions {
  const secret = flags.pkce === true ? null : flags['client-secret'];
  return {
    ...(flags.seed !== undefined && { seed: flags.seed }),
    ...(flags['client-id'] !== undefined && { clientId: flags['client-id'] }),
    ...(secret !== undefined && { clientSecret: secret }),
    ...(flags['redirect-uri'] !== undefined && { redirectUris: flags['redirect-uri'] }),
    ...(flags['long-lived'] === true && { refreshTokens: 'long_lived' as const }),
    ...numberFrom('port', flags.port),
    ...numberFrom('tenants', flags.tenants),
    ...numberFrom('connectionsEach', flags.connections),
    ...numberFrom('accessTokenLifetimeS', flags['token-lifetime']),
    ...numberFrom('requestsPerSecond', flags['requests-per-second']),
    ...numberFrom('requestsPerDay', flags['requests-per-day']),
    ...numberFrom('tokenRequestsPerSecond', flags['token-requests-per-second']),
  };
}

function numberFrom<Name extends string>(name: Name, text: string | undefined): { [key in Name]?: number } {
  if (text === undefined) return {};
  const value = Number(text);
  if (!Number.isFinite(value) || value < 0) throw new RangeError(`--${name} wants a number, not ${text}.`);
  return { [name]: value } as { [key in Name]?: number };
}
