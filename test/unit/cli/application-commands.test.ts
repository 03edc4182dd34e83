import { describe, expect, it } from '@jest/globals';
import { failureOf } from '../../../src/domain/model/poll.ts';
import type { Applications, ChangedApplication } from '../../../src/monitoring/application.ts';
import type { ApplicationFields } from '../../../src/monitoring/applications/application-input.ts';
import type { ApplicationView } from '../../../src/monitoring/views.ts';
import { NOW } from '../../support/builders.ts';
import { type CliWorld, linkwatch } from '../../support/cli-run.ts';

const limits = { requestsPerSecond: 4, requestsPerDay: 10_000, tokenRequestsPerSecond: 1, reserve: 0.1 };
const configured: ApplicationView = {
  id: null,
  name: 'default',
  clientId: 'own-key',
  hasSecret: true,
  ...limits,
  tenants: 380,
  createdAt: null,
};
const brand: ApplicationView = {
  id: 'application-2',
  name: 'Brand B',
  clientId: 'brand-key',
  hasSecret: true,
  ...limits,
  requestsPerDay: 50_000,
  reserve: 0.05,
  tenants: 2,
  createdAt: NOW,
};

type Asked = { added: ApplicationFields[]; updated: (readonly [string, ApplicationFields])[]; removed: string[] };

function applicationsAnswering(changed: ChangedApplication = { outcome: 'stored', application: brand, refusal: null }) {
  const asked: Asked = { added: [], updated: [], removed: [] };
  const applications: Partial<Applications> = {
    list: async () => [configured, brand],
    find: async (_, named) => (['Brand B', 'application-2'].includes(named) ? brand : null),
    add: async (_, fields) => {
      asked.added.push(fields);
      return changed;
    },
    update: async (_, id, fields) => {
      asked.updated.push([id, fields]);
      return changed;
    },
    remove: async (_, id) => {
      asked.removed.push(id);
      return { outcome: 'removed' };
    },
  };
  return { asked, applications };
}

async function run(words: readonly string[], world: CliWorld & Readonly<{ changed?: ChangedApplication }> = {}) {
  const { asked, applications } = applicationsAnswering(world.changed);
  const result = await linkwatch(words, {
    ...world,
    app: { applications: { ...applications, ...world.app?.applications } },
  });
  return { ...result, asked };
}

const adding = ['application', 'add', '--name', 'Brand B', '--client-id', 'brand-key'];

describe('application add', () => {
  it('takes the secret from a file, and never says it', async () => {
    const files = { 'secret.txt': 'a-long-secret\n' };
    const added = await run(
      [...adding, '--client-secret', '@secret.txt', '--requests-per-day', '50000', '--reserve', '5%'],
      {
        files,
      },
    );
    expect(added.exitCode).toBe(0);
    expect(added.asked.added).toEqual([
      {
        name: 'Brand B',
        clientId: 'brand-key',
        clientSecret: 'a-long-secret',
        requestsPerDay: 50_000,
        reserve: 0.05,
      },
    ]);
    expect(added.stdout + added.stderr).not.toContain('a-long-secret');
    expect(added.stdout).toContain('Brand B');
  });

  it('says at once that Constant Contact refuses key or secret', async () => {
    const refusal = failureOf('invalid_client', 'invalid_client: unknown client');
    const { stdout, exitCode } = await run(adding, { changed: { outcome: 'stored', application: brand, refusal } });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('unknown client');
  });

  it.each<[string, ChangedApplication, number, string]>([
    [
      'what is wrong with every field',
      { outcome: 'invalid', problems: [{ field: 'clientId', problem: 'it is no API key' }] },
      2,
      '--client-id: it is no API key',
    ],
    ['that another one has the name', { outcome: 'taken', field: 'name' }, 1, 'Another application has this name'],
    [
      'that another one has the key',
      { outcome: 'taken', field: 'clientId' },
      1,
      'Another application has this API key',
    ],
  ])('says %s', async (_, changed, exitCode, sentence) => {
    const refused = await run(adding, { changed });
    expect(refused.exitCode).toBe(exitCode);
    expect(refused.stderr).toContain(sentence);
  });

  it.each([
    ['--requests-per-day', 'many'],
    ['--reserve', '95%'],
    ['--reserve', '0.1'],
  ])('refuses %s %s', async (option, value) => {
    const { exitCode, asked } = await run([...adding, option, value]);
    expect([exitCode, asked.added]).toEqual([2, []]);
  });
});

describe('application list', () => {
  it('has that of the configuration first, and no secret', async () => {
    const { stdout } = await run(['application', 'list']);
    const lines = stdout.trimEnd().split('\n');
    expect(lines[1]).toMatch(/^default +own-key +380 +10,000 +4 +1 +10% +yes +-$/);
    expect(lines[2]).toMatch(/^Brand B +brand-key +2 +50,000 +4 +1 +5% +yes +application-2$/);
    const { json } = await run(['application', 'list', '--json']);
    expect(json).toMatchObject({
      applications: [
        { id: null, name: 'default' },
        { id: 'application-2', hasSecret: true },
      ],
    });
    expect(JSON.stringify(json)).not.toContain('clientSecret');
  });
});

describe('application update', () => {
  it('changes what is given, by name or id', async () => {
    const { asked } = await run(['application', 'update', 'Brand B', '--requests-per-second', '10']);
    expect(asked.updated).toEqual([['application-2', { requestsPerSecond: 10 }]]);
    const without = await run(['application', 'update', 'application-2', '--no-client-secret']);
    expect(without.asked.updated).toEqual([['application-2', { clientSecret: '' }]]);
  });

  it('refuses one that is not there, and a change of nothing', async () => {
    expect((await run(['application', 'update', 'Nobody', '--reserve', '5%'])).stderr).toContain(
      'no application Nobody',
    );
    expect((await run(['application', 'update', 'Brand B'])).exitCode).toBe(2);
  });
});

describe('application remove', () => {
  it('removes one without tenants', async () => {
    const { stdout, asked } = await run(['application', 'remove', 'Brand B']);
    expect([stdout.trim(), asked.removed]).toEqual(['Brand B is removed, and its secret erased.', ['application-2']]);
  });

  it('refuses one that still has tenants, and says what to do', async () => {
    const remove = async () => ({ outcome: 'in_use', tenants: 2 }) as const;
    const { exitCode, stderr } = await run(['application', 'remove', 'Brand B'], { app: { applications: { remove } } });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('Brand B still has 2 tenants; nothing was removed.');
    expect(stderr).toContain('linkwatch connect --tenant ID --application NAME');
  });
});
