import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Opening } from '../../../src/cli/context.ts';
import type { ComposedMail, DeliveryOutcome } from '../../../src/domain/model/message-content.ts';
import type { DaemonRun } from '../../../src/monitoring/application.ts';
import type { WorkerView } from '../../../src/monitoring/views.ts';
import { linkwatch } from '../../support/cli-run.ts';
import { aWorkerView, onePage } from '../../support/cli-views.ts';
import { completeEnv } from '../../support/config-environment.ts';

describe('open', () => {
  const open = (workers: readonly WorkerView[]) =>
    linkwatch('open --local', {
      app: {
        apiKeys: { signInLink: async () => 'code' },
        operations: { workers: async () => onePage(...workers) },
      },
    });

  it('prints a link to the pages that a daemon serves', async () => {
    const { exitCode, stdout, stderr } = await open([aWorkerView({ roles: ['poll', 'http'] })]);
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 0,
      stdout: 'http://127.0.0.1:8080/sign-in/code\n',
      stderr: '',
    });
  });

  it.each<[string, readonly WorkerView[]]>([
    ['none runs', []],
    ['none is alive', [aWorkerView({ roles: ['http'], isAlive: false })]],
    ['those that run do other work', [aWorkerView({ roles: ['poll', 'mail'] })]],
  ])('says that no daemon serves them where %s', async (_, workers) => {
    const { exitCode, stdout, stderr } = await open(workers);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'http://127.0.0.1:8080/sign-in/code\n' });
    expect(stderr).toBe('No daemon serves pages now: run `linkwatch start`, and open the link within a minute.\n');
  });
});

describe('config', () => {
  it('shows every value in effect, where it comes from, and no secret', async () => {
    const env = { ...completeEnv, POLL_SCHEDULE: '*/5 * * * *', SMTP_URL: 'smtp://me:hunter2@mail.example.com' };
    const { exitCode, stdout } = await linkwatch('config', { env });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/POLL_SCHEDULE +\*\/5 \* \* \* \* +set/);
    expect(stdout).toMatch(/HTTP_PORT +8080 +default/);
    expect(stdout).toMatch(/ENCRYPTION_KEY +\[redacted\] +set/);
    expect(stdout).toContain('smtp://[redacted]@mail.example.com');
    expect(stdout).not.toContain('hunter2');
  });

  it('marks what the daemon needs and does not have, and exits with 2', async () => {
    const { exitCode, stdout, stderr } = await linkwatch('config', { env: { ...completeEnv, SMTP_URL: ' ' } });
    expect(exitCode).toBe(2);
    expect(stdout).toMatch(/SMTP_URL +required +not set/);
    expect(stdout).toMatch(/MAIL_REPLY_TO +- +not set/);
    expect(stderr).toMatch(/SMTP_URL\n +it is not set/);
  });

  it('names variables that do not exist, with the nearest one that does', async () => {
    const env = { ...completeEnv, MAIL_FORM: 'x', FOO: 'y', BAR: 'z' };
    const { exitCode, stdout } = await linkwatch('config', { env, dotEnv: { names: ['FOO'] } });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /unknown: MAIL_FORM \(in the environment\) is no variable of Linkwatch; MAIL_FROM is the nearest\n/,
    );
    expect(stdout).toMatch(/unknown: FOO \(in \.env\) is no variable of Linkwatch\n$/);
    expect((await linkwatch('config --json', { env })).json).toMatchObject({
      unknown: [{ name: 'MAIL_FORM', from: 'environment', nearest: 'MAIL_FROM' }],
    });
  });

  it('needs nothing, and still exits with 2 when something is wrong', async () => {
    const { exitCode, stdout, stderr } = await linkwatch('config', { env: { HTTP_PORT: 'x', DIGEST_AT: '25:00' } });
    expect(exitCode).toBe(2);
    expect(stdout).toContain('POLL_SCHEDULE');
    expect(stderr).toContain('HTTP_PORT=x');
    expect(stderr).toContain('DIGEST_AT=25:00');
  });

  it('gives the same as JSON', async () => {
    const { json, exitCode } = await linkwatch('config --json', {
      env: { ...completeEnv, ENCRYPTION_KEY: '', LOG_LEVEL: 'loud' },
    });
    expect(exitCode).toBe(2);
    expect(json).toMatchObject({
      variables: expect.arrayContaining([
        expect.objectContaining({ name: 'LOG_LEVEL', value: 'loud', source: 'set', default: 'info' }),
        expect.objectContaining({ name: 'ENCRYPTION_KEY', value: null, source: 'not set', isMissing: true }),
        expect.objectContaining({ name: 'MAIL_REPLY_TO', value: null, source: 'not set', isMissing: false }),
      ]),
      problems: [
        { variable: 'LOG_LEVEL', value: 'loud' },
        { variable: 'ENCRYPTION_KEY', value: null },
      ],
    });
  });

  it('prints .env.example with --example', async () => {
    expect((await linkwatch('config --example', { env: {} })).stdout).toContain('\nSMTP_URL=\n');
  });
});

describe('key new', () => {
  it('prints a new key of 32 bytes each time, and needs no configuration', async () => {
    const keys = [await linkwatch('key new', { env: {} }), await linkwatch('key new', { env: {} })].map(
      (r) => r.stdout,
    );
    expect(keys.map((key) => Buffer.from(key, 'base64').length)).toEqual([32, 32]);
    expect(keys[0]).not.toBe(keys[1]);
    expect((await linkwatch('key new --json', { env: {} })).json).toEqual({ key: expect.any(String) });
  });

  it('prints one that the configuration takes', async () => {
    const { stdout } = await linkwatch('key new', { env: {} });
    expect((await linkwatch('config', { env: { ...completeEnv, ENCRYPTION_KEY: stdout } })).exitCode).toBe(0);
  });
});

describe('doctor', () => {
  const database = { name: 'database', ok: true, detail: 'it answers', remedy: null };
  const mail = { name: 'mail server', ok: false, detail: '535 refused', remedy: 'Check SMTP_URL.' };

  it('lists what is ok, and fails with what to do about the rest', async () => {
    const { exitCode, stdout, stderr } = await linkwatch('doctor', {
      app: { operations: { doctor: async () => [database, mail] } },
    });
    expect(exitCode).toBe(1);
    expect(stdout).toBe('ok    database: it answers\nFAIL  mail server: 535 refused\n      Check SMTP_URL.\n');
    expect(stderr).toContain('1 of 2 checks failed.');
  });

  it('succeeds when all is well', async () => {
    const { exitCode, json } = await linkwatch('doctor --json', {
      app: { operations: { doctor: async () => [database] } },
    });
    expect([exitCode, json]).toEqual([0, { checks: [database] }]);
  });

  it('goes on when something that start needs is missing', async () => {
    const { opened } = await linkwatch('doctor', { env: {}, app: { operations: { doctor: async () => [database] } } });
    expect(opened).toHaveLength(1);
  });
});

describe('health', () => {
  let server: Server | null = null;

  afterEach(() => {
    server?.close();
    server = null;
  });

  async function listen(status: number, body = '{}'): Promise<string> {
    const listening = createServer((request, response) => {
      response.writeHead(request.url === '/readyz' ? status : 404).end(body);
    });
    server = listening;
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
    return String((listening.address() as AddressInfo).port);
  }

  it.each([
    [200, 0, ''],
    [503, 1, 'answers 503'],
    [302, 1, 'answers 302'],
  ])('of a daemon that answers %i exits with %i', async (status, code, message) => {
    const env = { HTTP_PORT: await listen(status), HTTP_HOST: '0.0.0.0' };
    const { exitCode, stderr } = await linkwatch('health', { env });
    expect(exitCode).toBe(code);
    expect(stderr).toContain(message);
  });

  it('of a daemon that is not ready says what is wrong', async () => {
    const checks = { database: 'ok', mail: 'the mail server refuses all mail', rounds: 'ok' };
    const env = { HTTP_PORT: await listen(503, JSON.stringify({ status: 'not_ready', checks })) };
    const { stderr } = await linkwatch('health', { env });
    expect(stderr).toContain('The daemon is not ready: mail: the mail server refuses all mail.');
  });

  it('fails when nobody answers', async () => {
    const port = await listen(200);
    await new Promise((resolve) => server?.close(resolve));
    const { exitCode, stderr } = await linkwatch('health', { env: { HTTP_PORT: port } });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('Is `linkwatch start` running?');
  });

  it('fails when the port is anybody’s guess', async () => {
    expect((await linkwatch('health', { env: { HTTP_PORT: '0' } })).exitCode).toBe(1);
  });
});

describe('the tables', () => {
  it.each(['start', 'tenant add --name N --owner a@b.example --refresh-token T'])(
    'are made, or brought up to date, before linkwatch %s',
    async (args) => {
      expect((await linkwatch(args)).opened).toMatchObject([{ database: 'created' }]);
    },
  );

  it.each(['status', 'tenant list', 'incidents', 'mail list', 'poll', 'tenant export'])(
    'are brought up to date before linkwatch %s, and never made by it',
    async (args) => {
      const { opened } = await linkwatch(args);
      expect(opened).toMatchObject([{ database: 'existing' }]);
    },
  );

  it.each([
    'doctor',
    'db migrate',
    'db backup f',
    'db restore f',
    'db move u',
    'mail preview alert',
    'mail test me@example.com',
  ])('are left as they are by linkwatch %s, which asks for them itself or not at all', async (args) => {
    const { opened } = await linkwatch(args);
    expect(opened).toMatchObject([{ database: 'untouched' }]);
  });
});

describe('start and demo', () => {
  it('start runs the daemon until it has stopped, and prints where it listens', async () => {
    const uses: Opening['use'][] = [];
    const { exitCode, stdout, opened, closed } = await linkwatch('start', {
      app: {
        operations: {
          start: async (_, { signal, onListening }) => {
            onListening('http://127.0.0.1:40123');
            uses.push(signal.aborted ? 'command' : 'daemon');
          },
        },
      },
    });
    expect({ exitCode, stdout, closed }).toEqual({
      exitCode: 0,
      stdout: 'Linkwatch listens on http://127.0.0.1:40123\n',
      closed: 1,
    });
    expect(uses).toEqual(['daemon']);
    expect(opened.map(({ use }) => use)).toEqual(['daemon']);
  });

  it('start does the kinds of work that are named, and all where none is', async () => {
    const done: (readonly string[] | undefined)[] = [];
    const app = { operations: { start: async (_: unknown, { roles }: DaemonRun) => void done.push(roles) } };
    for (const args of ['start', 'start --only mail,poll', 'start --only http']) {
      expect((await linkwatch(args, { app })).exitCode).toBe(0);
    }
    expect(done).toEqual([undefined, ['poll', 'mail'], ['http']]);
  });

  it('a command is not the daemon, so that its logs can be quiet', async () => {
    const { opened } = await linkwatch('db migrate', { app: { operations: { migrate: async () => [] } } });
    expect(opened.map(({ use }) => use)).toEqual(['command']);
  });

  it('demo needs no configuration', async () => {
    const { exitCode, stdout } = await linkwatch('demo', {
      env: {},
      runDemo: async (demo) => void demo.stdout.write('hello\n'),
    });
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'hello\n' });
  });
});

describe('mail preview and mail test', () => {
  const composed: ComposedMail = {
    messageId: '<m@example.com>',
    envelopeFrom: 'linkwatch@example.com',
    to: 'jane@bakery.example',
    subject: 'Reconnect Facebook',
    html: '<p>Hello</p>',
    text: 'Hello',
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
  const app = { mail: { preview: async () => composed } };

  it('preview shows the subject and the text, or one part alone', async () => {
    expect((await linkwatch('mail preview alert', { app })).stdout).toBe('Subject: Reconnect Facebook\n\nHello\n');
    expect((await linkwatch('mail preview alert --html', { app })).stdout).toBe('<p>Hello</p>\n');
    expect((await linkwatch('mail preview alert --text', { app })).stdout).toBe('Hello\n');
    expect((await linkwatch('mail preview alert --json', { app })).json).toEqual({
      kind: 'alert',
      subject: 'Reconnect Facebook',
      headers: { 'Auto-Submitted': 'auto-generated' },
      text: 'Hello',
      html: '<p>Hello</p>',
    });
  });

  it.each([
    ['', 'en-US'],
    [' --locale pt-br', 'pt-BR'],
  ])('preview%s is written for a reader of %s', async (option, locale) => {
    const app = { mail: { preview: async (_viewer: unknown, _kind: string, text: string) => ({ ...composed, text }) } };
    expect((await linkwatch(`mail preview alert --text${option}`, { app })).stdout).toBe(`${locale}\n`);
  });

  it('test says what the server answered', async () => {
    const answering = (outcome: DeliveryOutcome) => ({
      mail: {
        test: async (_: unknown, to: string | null) => ({ ...outcome, to: to ?? 'operator@example.com' }),
      },
    });
    const accepted = answering({ outcome: 'accepted', response: '250 Ok' });
    const deferred = answering({ outcome: 'deferred', response: '535 No', isOurFault: true });
    expect(await linkwatch('mail test me@example.com', { app: accepted })).toMatchObject({
      exitCode: 0,
      stdout: 'The server accepted the mail to me@example.com: 250 Ok\n',
    });
    expect((await linkwatch('mail test', { app: accepted })).stdout).toContain('the mail to operator@example.com');
    const failed = await linkwatch('mail test me@example.com', { app: deferred });
    expect(failed.exitCode).toBe(1);
    expect(failed.stderr).toContain('The mail was not accepted: 535 No');
  });

  it('test needs an address, or an operator', async () => {
    const app = { mail: { test: async () => ({ outcome: 'no_address' }) as const } };
    const { exitCode, stderr } = await linkwatch('mail test', { app });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('OPERATOR_EMAIL');
  });

  it('test needs a mail server', async () => {
    const { exitCode, stderr } = await linkwatch('mail test me@example.com', { env: {} });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('SMTP_URL');
  });
});

describe('key rotate', () => {
  const key = { keyId: '0123456789ab', values: 6, isKnown: true, isFirst: true };

  it('says what it sealed, and that the other keys can go', async () => {
    const app = { operations: { rotateKeys: async () => ({ resealed: 6, unreadable: 0, keys: [key] }) } };
    const { exitCode, stdout } = await linkwatch('key rotate', { app });
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: '6 values sealed anew. Every other key can be taken out of ENCRYPTION_KEY.\n',
    });
    expect((await linkwatch('key rotate --json', { app })).json).toEqual({ resealed: 6, unreadable: 0, keys: [key] });
  });

  it('fails when a value stayed as it was, and then no key may go', async () => {
    const keys = [key, { ...key, keyId: 'ba9876543210', isKnown: false, isFirst: false }];
    const app = { operations: { rotateKeys: async () => ({ resealed: 6, unreadable: 1, keys }) } };
    const { exitCode, stdout, stderr } = await linkwatch('key rotate', { app });
    expect([exitCode, stdout]).toEqual([1, '6 values sealed anew.\n']);
    expect(stderr).toContain('1 value could not be opened by any key');
  });
});
