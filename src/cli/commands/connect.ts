import { type Command, InvalidArgumentError, Option } from 'commander';
import { isEmailAddress } from '../../domain/model/email-address.ts';
import { MINUTE_MS } from '../../domain/model/time.ts';
import type { Application, ConnectOutcome, ConnectWish } from '../../monitoring/application.ts';
import { readTenantPatch } from '../../monitoring/tenants/tenant-input.ts';
import { operator } from '../../monitoring/viewer.ts';
import { localeArgument } from '../arguments.ts';
import type { Cli } from '../context.ts';
import { CommandFailure, WrongUsage } from '../failure.ts';
import { withExamples, withJson } from '../help.ts';
import { knownTenantId } from '../known-tenants.ts';
import { withApp } from '../open-app.ts';
import { type JsonOption, printAnswer, printLine } from '../print.ts';
import { checkedValue, inputRules } from '../tenant-options.ts';
import {
  ACCOUNT_UNREAD,
  browserSentence,
  connectedText,
  invitedText,
  notConnected,
  notInvited,
  questionText,
} from '../text/connect-text.ts';

const DEFAULT_PORT = 8976;
/** After this time the person has surely left the page. */
const LONGEST_WAIT_MS = 30 * MINUTE_MS;

type ConnectOptions = JsonOption &
  Readonly<{
    tenant?: string;
    device?: boolean;
    invite?: string;
    application?: string;
    port: number;
    name?: string;
    owner?: string;
    locale?: string;
  }>;

export function addConnect(parent: Command, cli: Cli): void {
  const command = parent
    .command('connect')
    .summary('authorise an account of Constant Contact')
    .description(
      `Let somebody sign in to Constant Contact and allow Linkwatch to look at the account. The account becomes a tenant, or its tenant gets the new permission; then it is polled at once.

Without --device or --invite a browser on this machine is sent back to http://127.0.0.1:${DEFAULT_PORT}/callback: register exactly this redirect URI for the application in Constant Contact's developer portal (with another --port, that one). --device needs no redirect URI, but an application that is registered for the device flow. --invite needs PUBLIC_URL, and the redirect URI that is PUBLIC_URL with /connect/callback at its end.`,
    )
    .option('--tenant <tenant>', 'the tenant that is to be connected, by id, external id or name')
    .option(
      '--application <name>',
      "the application that the account authorises (default: the tenant's own, else the one of the configuration)",
    )
    .option('--device', 'show a code to be typed in a browser elsewhere')
    .addOption(
      new Option('--invite <email>', 'mail this owner a link to do it; the daemon sends the mail').conflicts('device'),
    )
    .option('--port <port>', 'where this machine waits for the browser', portArgument, DEFAULT_PORT)
    .option('--name <name>', "a new tenant's name, instead of the account's")
    .option('--owner <email>', "who gets a new tenant's mail, instead of the account's contact")
    .option('--locale <language>', "the language of a new tenant's mail, such as en-US", localeArgument)
    .action((options: ConnectOptions) => (options.invite === undefined ? connect(cli, options) : invite(cli, options)));
  withExamples(
    withJson(command),
    'connect',
    'connect --tenant "Jane\'s Bakery"',
    'connect --device --json',
    'connect --invite jane@example.com --locale es',
  );
}

/** The mail is a row, and the daemon sends it: nothing is waited for. */
async function invite(cli: Cli, options: ConnectOptions): Promise<void> {
  const { invite: address = '', tenant: named, application } = options;
  const email = address.trim();
  if (!isEmailAddress(email))
    throw new WrongUsage('What follows --invite is not an e-mail address.', 'Write it, such as jane@example.com.');
  const { name, locale } = wishOf(cli, options);
  const given = { email, ...(name !== undefined && { name }), ...(locale !== undefined && { locale }) };
  const outcome = await withApp(cli, { purpose: 'connect', database: 'created' }, async (app) =>
    app.connecting.invite(operator, {
      ...given,
      application,
      tenantId: named === undefined ? null : await knownTenantId(app, named),
    }),
  );
  if (outcome.outcome !== 'invited' && outcome.outcome !== 'waits') throw notInvited(outcome, { email, application });
  const { tenant, mailId } = outcome;
  const text = () => invitedText(outcome, email);
  await printAnswer(cli, options, { as: 'plain', view: { ...tenant, mailId }, text });
}

async function connect(cli: Cli, options: ConnectOptions): Promise<void> {
  const given = wishOf(cli, options);
  await withApp(cli, { purpose: 'connect', database: 'created' }, async (app) => {
    const tenantId = options.tenant === undefined ? null : await knownTenantId(app, options.tenant);
    const wish = { ...given, tenantId, application: options.application };
    const signal = AbortSignal.any([cli.stopSignal(), AbortSignal.timeout(LONGEST_WAIT_MS)]);
    const session: Session = { cli, app, options, wish, signal };
    const outcome = await decided(options.device ? await byDevice(session) : await byBrowser(session), session);
    if (!outcome.isAccountRead) cli.stderr.write(`${ACCOUNT_UNREAD}\n`);
    const view = outcome.tenant;
    await printAnswer(cli, options, { as: 'plain', view, text: () => connectedText(outcome) });
  });
}

type Session = Readonly<{
  cli: Cli;
  app: Application;
  options: ConnectOptions;
  wish: ConnectWish;
  signal: AbortSignal;
}>;

async function byBrowser({ cli, app, options, wish, signal }: Session): Promise<ConnectOutcome> {
  const { openLoopback } = await import('../loopback.ts');
  const loopback = await openLoopback(options.port);
  try {
    const { redirectUri } = loopback;
    const { url, ...secrets } = await app.connecting.begin(operator, redirectUri, { ...askedBy(wish), prompt: false });
    announce(cli, options, { url }, [
      'Open this page in a browser on this machine, sign in to the account, and allow access:',
      url,
      'Waiting for the answer; Ctrl-C gives up.',
    ]);
    const back = await loopback.wait(secrets.state, signal);
    if (back === null) return { outcome: 'stopped' };
    const returned = { ...secrets, redirectUri, query: back.query };
    const outcome = await app.connecting.finish(operator, returned, wish).catch(async (error: unknown) => {
      await back.show('The account was not connected. The terminal says why; you may close this page.');
      throw error;
    });
    await back.show(browserSentence(outcome));
    return outcome;
  } finally {
    await loopback.close();
  }
}

async function byDevice({ cli, app, options, wish, signal }: Session): Promise<ConnectOutcome> {
  const device = await app.connecting.beginDevice(operator, askedBy(wish));
  if (!device.ok) return { outcome: 'failed', failure: device.failure };
  const { userCode, verificationUri } = device.value;
  announce(cli, options, { userCode, verificationUri }, [
    'Open this page in a browser anywhere, sign in to the account, and type the code:',
    `${verificationUri}    code: ${userCode}`,
    'Waiting for the answer; Ctrl-C gives up.',
  ]);
  return await app.connecting.awaitDevice(operator, device.value, wish, signal);
}

/** Both ends of the way go by the same application. */
function askedBy({ tenantId, application }: ConnectWish) {
  return { tenantId, application };
}

/** For a program the one line that it needs; for a person what to do with it. */
function announce(cli: Cli, { json = false }: JsonOption, view: object, lines: readonly string[]): void {
  printLine(cli, json ? JSON.stringify(view) : lines.join('\n'));
}

/** Asks the person at the terminal whether it is the right account; where nobody can be asked, it is not. */
async function decided(
  outcome: ConnectOutcome,
  { cli, app }: Session,
): Promise<Extract<ConnectOutcome, { outcome: 'connected' }>> {
  if (outcome.outcome === 'connected') return outcome;
  if (outcome.outcome !== 'asks') throw notConnected(outcome);
  const question = questionText(outcome);
  const isRight = await cli.confirm(`${question}\nIs that right? [y/N] `);
  const answer = await app.connecting.answer(operator, outcome.question, isRight === true);
  if (answer.outcome === 'connected') return answer;
  if (answer.outcome === 'asks' || answer.outcome === 'nothing_changed') {
    throw new CommandFailure(
      `${question} Nothing was changed.`,
      'Sign out of Constant Contact in the browser and run the command again; or run it in a terminal, which asks whether it is right.',
    );
  }
  throw notConnected(answer);
}

/** White space around a text is not meant, and an empty text counts as not given. */
function wishOf(cli: Cli, { name, owner, locale }: ConnectOptions): Omit<ConnectWish, 'tenantId'> {
  const given = Object.entries({ name, owner, locale }).filter(([, text = '']) => text.trim() !== '');
  return checkedValue(readTenantPatch(Object.fromEntries(given), inputRules(cli)));
}

function portArgument(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw new InvalidArgumentError('Write a port, such as 8976.');
  return Number(text);
}
