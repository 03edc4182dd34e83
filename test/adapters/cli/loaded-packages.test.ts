import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startChild } from '../../support/program-child.ts';

const PRINTER = join(import.meta.dirname, '../../support/print-packages.js');

/** Packages that serve pages, send mail, ask Constant Contact or check input: `status` on SQLite needs none of them. */
const unneededByStatus = [
  'zod',
  'jose',
  'pino',
  'ws',
  '@libsql/hrana-client',
  'pg',
  'got',
  'nodemailer',
  'mjml',
  'fastify',
];

let cwd = '';

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'linkwatch-packages-'));
});

afterEach(() => rm(cwd, { recursive: true }));

describe('a short command', () => {
  it('loads no package that its answer does not need', async () => {
    const env = { DATABASE_URL: `file:${join(cwd, 'linkwatch.db')}` };
    expect((await startChild(['db', 'migrate'], { cwd, env }).ended).exitCode).toBe(0);

    const { exitCode, stderr } = await startChild(['status'], {
      cwd,
      env: { ...env, NODE_OPTIONS: `--import ${PRINTER}` },
    }).ended;

    expect({ exitCode, loaded: JSON.parse(stderr) }).toEqual({
      exitCode: 0,
      loaded: expect.arrayContaining(['@prisma/client', 'libsql']),
    });
    expect(JSON.parse(stderr).filter((name: string) => unneededByStatus.includes(name))).toEqual([]);
  });
});
