import { once } from 'node:events';
import { existsSync, symlinkSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect } from '@jest/globals';
import type { TenantsAnswer } from '../support/program-answers.ts';
import { story } from '../support/program-story.ts';
import type { World } from '../support/program-world.ts';

type Refusal = Readonly<{ error: { problems: readonly { variable: string; value: string | null }[] } }>;

const MISTAKES = {
  ENCRYPTION_KEY: 'not-a-key-but-secret',
  SMTP_URL: 'http://somebody:not-smtp-but-secret@mail.example',
  POLL_SCHEDULE: 'every hour',
  RECHECK_AFTER: '15',
  HTTP_PORT: '99999',
  MAIL_FROM: '',
};

describe('wrong configuration', () => {
  story(
    'is told all at once, before anything is done, with exit code 2 and no secret',
    { database: 'SQLite', migrated: false, secrets: ['but-secret'] },
    async ({ run, env }) => {
      const databaseFile = env.DATABASE_URL?.slice('file:'.length) ?? '';
      const { exitCode, stdout, stderr } = await run(['start'], { env: MISTAKES });
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
      for (const name of Object.keys(MISTAKES)) expect(stderr).toContain(name);
      expect(existsSync(databaseFile)).toBe(false);

      const asJson = await run(['poll', '--json'], { env: MISTAKES });
      expect(asJson).toMatchObject({ exitCode: 2, stdout: '' });
      const { error } = JSON.parse(asJson.stderr) as Refusal;
      expect(error.problems.map(({ variable }) => variable).toSorted()).toEqual(Object.keys(MISTAKES).toSorted());
    },
  );

  story(
    'is shown by `config` without secrets, whether they come from the environment, from `.env` or from a file',
    { database: 'SQLite' },
    async ({ folder, run, env }) => {
      writeFileSync(join(folder, 'key'), `${env.ENCRYPTION_KEY}\n`);
      writeFileSync(join(folder, '.env'), 'RECHECK_AFTER=7m\nCONFIRM_POLLS=3\n');
      const set = { ENCRYPTION_KEY: '', ENCRYPTION_KEY_FILE: join(folder, 'key'), CONFIRM_POLLS: '4' };
      const { exitCode, stdout, stderr } = await run(['config', '--json'], { env: set });
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      const { variables } = JSON.parse(stdout) as { variables: readonly { name: string; value: string | null }[] };
      const shown = (name: string) => variables.find((variable) => variable.name === name)?.value;
      expect(shown('ENCRYPTION_KEY')).toBe('[redacted]');
      expect(shown('CONSTANT_CONTACT_CLIENT_SECRET')).toBe('[redacted]');
      expect(shown('SMTP_URL')).toContain('[redacted]');
      expect([shown('RECHECK_AFTER'), shown('CONFIRM_POLLS')]).toEqual(['7m', '4']);
    },
  );
});

describe('a port that is taken', () => {
  story('ends `start` with exit code 1, and the variable to change', { database: 'SQLite' }, async ({ run }) => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { exitCode, stdout, stderr } = await run(['start'], {
      env: { HTTP_HOST: '127.0.0.1', HTTP_PORT: String(port) },
    });
    other.close();
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain(`error: Linkwatch cannot listen on HTTP_HOST 127.0.0.1, HTTP_PORT ${port}`);
    expect(stderr).toContain('Another program has that port, perhaps another Linkwatch. Set HTTP_PORT to a free one');
  });
});

describe('wrong usage', () => {
  story('is told with exit code 2, and what does not exist with 1', { database: 'SQLite' }, async ({ run }) => {
    const wrong = [['frobnicate'], ['poll', '--frobnicate'], ['history'], ['tenant', 'add', '--name', 'A']];
    const missing = [
      ['history', 'nobody'],
      ['poll', '--tenant', 'nobody'],
      ['incident', 'close', 'nothing'],
    ];
    const codes = async (commands: readonly string[][]) => {
      const ended = await Promise.all(commands.map((args) => run(args)));
      for (const { stdout, stderr } of ended) {
        expect(stdout).toBe('');
        expect(stderr).toMatch(/^error: .+`[^`]+`/s);
      }
      return ended.map(({ exitCode }) => exitCode);
    };
    expect(await codes(wrong)).toEqual([2, 2, 2, 2]);
    expect(await codes(missing)).toEqual([1, 1, 1]);
  });

  story(
    'in a file of tenants leaves out the bad lines alone, says which they are, and skips what is there already',
    { database: 'SQLite' },
    async (world) => {
      const first = await importLines(world, [
        'Anna,anna@a.example,token-1',
        'Bob,bob,token-2',
        ',c@c.example,token-3',
      ]);
      expect(first).toMatchObject({ imported: 1, skipped: [], errors: [{ line: 3 }, { line: 4 }] });
      const second = await importLines(world, ['Anna,anna@a.example,token-1', 'Bob,bob@b.example,token-2']);
      expect(second).toMatchObject({ imported: 1, skipped: [{ line: 2 }], errors: [] });
      const { tenants } = await world.json<TenantsAnswer>(['tenant', 'list']);
      expect(tenants.map(({ name }) => name).toSorted()).toEqual(['Anna', 'Bob']);
    },
  );
});

async function importLines({ run }: World, lines: readonly string[]): Promise<unknown> {
  const stdin = ['name,owner,refresh_token', ...lines].join('\n');
  const { exitCode, stdout } = await run(['tenant', 'import', '-', '--json'], { stdin });
  const answer = JSON.parse(stdout) as { errors: readonly unknown[] };
  expect(exitCode).toBe(answer.errors.length === 0 ? 0 : 1);
  return answer;
}

describe('a file without an end', () => {
  story('is refused as too large, wherever it is named', { database: 'SQLite' }, async ({ folder, run }) => {
    const account = ['tenant', 'add', '--name', 'A', '--owner', 'a@example.com'];
    const commands: readonly (readonly string[])[] = [
      ['tenant', 'import', '/dev/zero'],
      [...account, '--refresh-token', '@/dev/zero'],
    ];
    for (const args of commands) {
      const { exitCode, stdout, stderr } = await run(args);
      expect({ args, exitCode, stdout }).toEqual({ args, exitCode: 2, stdout: '' });
      expect(stderr).toMatch(/^error: .*\/dev\/zero (is too large: it has more than 256 MiB\.|cannot be read)/);
    }
    for (const variable of ['ENCRYPTION_KEY_FILE', 'RECONNECT_STEPS_FILE']) {
      const { exitCode, stderr } = await run(['poll'], { env: { ENCRYPTION_KEY: '', [variable]: '/dev/zero' } });
      expect({ variable, exitCode }).toEqual({ variable, exitCode: 2 });
      expect(stderr).toContain(`${variable}=/dev/zero\n    the file cannot be read`);
    }
    symlinkSync('/dev/zero', join(folder, '.env'));
    expect(await run(['config'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('.env cannot be read (EFBIG)'),
    });
  });
});
