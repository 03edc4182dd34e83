import { parseArgs } from 'node:util';
import { type MailCatcherOptions, startMailCatcher } from './mail-catcher.ts';
import { type SandboxOptions, startSandbox } from './sandbox.ts';

/**
 * The stand-in as a process of its own: prints one line of JSON with its addresses, then serves until SIGTERM or
 * SIGINT. `node src/sandbox/main.ts --tenants 2000 --connections 3`
 */
const HELP = `The stand-in for Constant Contact: its API and sign-in pages, with made-up accounts, on loopback.

  node src/sandbox/main.ts --tenants 20 --connections 3

--port N                        where to listen; any free port unless given
--tenants N --connections N     how many accounts there are, and how many connections each has
--seed TEXT                     the same seed makes the same accounts
--client-id ID --client-secret SECRET, or --pkce for an application without a secret
--redirect-uri URI              that the application has registered; may be given several times
--long-lived                    refresh tokens that are not replaced; they rotate unless given
--token-lifetime SECONDS        of an access token
--requests-per-second N --requests-per-day N --token-requests-per-second N
--mail                          a mail server as well, which delivers nothing and shows what it gets
--smtp-port N --mail-port N     where that one listens; any free ports unless given

It prints its addresses as one line of JSON. docs/trying-out.md shows what to do with them.
`;

const flags = {
  help: { type: 'boolean' },
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
  mail: { type: 'boolean' },
  'smtp-port': { type: 'string' },
  'mail-port': { type: 'string' },
} as const;

const options = readOptions();
const sandbox = await startSandbox(options.sandbox);
const catcher = options.mail === null ? null : await startMailCatcher(options.mail);
const { apiUrl, authUrl, controlUrl, port, clientId, clientSecret } = sandbox;
const mail = catcher === null ? {} : { smtpUrl: catcher.smtpUrl, mailUrl: catcher.webUrl };
process.stdout.write(`${JSON.stringify({ apiUrl, authUrl, controlUrl, port, clientId, clientSecret, ...mail })}\n`);

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void Promise.all([sandbox.stop(), catcher?.close()]));
}

type Flags = ReturnType<typeof parseArgs<{ options: typeof flags }>>['values'];

/** A mistyped flag is no defect, so it is answered without a stack trace. */
function readOptions(): Readonly<{ sandbox: SandboxOptions; mail: MailCatcherOptions | null }> {
  try {
    const { values } = parseArgs({ options: flags });
    if (values.help !== true) return { sandbox: optionsFrom(values), mail: mailOptionsFrom(values) };
    process.stdout.write(HELP);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${HELP}`);
    process.exit(2);
  }
  process.exit();
}

function mailOptionsFrom(flags: Flags): MailCatcherOptions | null {
  if (flags.mail !== true) return null;
  return { ...numberFrom('smtpPort', flags['smtp-port']), ...numberFrom('webPort', flags['mail-port']) };
}

function optionsFrom(flags: Flags): SandboxOptions {
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
