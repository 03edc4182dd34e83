import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from '@jest/globals';
import { DAY_MS } from '../../src/domain/model/time.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import type { RoundAnswer } from '../support/program-answers.ts';
import { OPERATOR } from '../support/program-places.ts';
import { tokensOf } from '../support/program-secrets.ts';
import { story } from '../support/program-story.ts';
import type { World } from '../support/program-world.ts';
import { startSeveralKeys } from '../support/several-keys.ts';

const SEED = 'brand';
const BRAND = { clientId: 'brand-api-key', clientSecret: 'brand-secret-word-9921' };
const ids = (sandbox: Sandbox) => sandbox.control.tenants().map(({ id }) => id);

const known = await startSandbox({ seed: SEED, tenants: 3, ...BRAND });
const brandTokens = tokensOf(ids(known), { seed: SEED, clientId: BRAND.clientId });
await known.stop();

describe('two applications', () => {
  story(
    'have keys, limits and ends of their own, and no secret is said',
    { database: 'PostgreSQL', tenants: 2, secrets: [BRAND.clientSecret, ...brandTokens] },
    async (world) => {
      const brand = await startSandbox({ seed: SEED, tenants: 3, ...BRAND });
      const keys = await startSeveralKeys([ownKey(world), brand]);
      try {
        await tell(world, brand, keys.env);
      } finally {
        await keys.close();
        await brand.stop();
      }
    },
  );
});

function ownKey({ env, upstream }: World) {
  return { clientId: env.CONSTANT_CONTACT_CLIENT_ID ?? '', port: upstream.port };
}

async function tell(world: World, brand: Sandbox, env: World['env']): Promise<void> {
  const json = <Answer>(...args: readonly string[]) => world.json<Answer>(args, { env });
  await world.importTenants();
  await addBrand(world, env);
  await importBrand(world, brand, env);

  expect(await json<RoundAnswer>('poll')).toMatchObject({ polled: 5, failed: 0 });
  expect(await json('application', 'list')).toMatchObject({
    applications: [
      { id: null, name: 'default', tenants: 2 },
      { name: 'Brand', clientId: BRAND.clientId, hasSecret: true, tenants: 3 },
    ],
  });
  const refused = await world.run(['application', 'remove', 'Brand'], { env });
  expect(refused.exitCode).toBe(1);
  expect(refused.stderr).toContain('Brand still has 3 tenants');

  brand.control.configure({ isApplicationDeactivated: true });
  expect(await json<RoundAnswer>('poll')).toMatchObject({ polled: 5, failed: 3 });
  brand.control.configure({ isApplicationDeactivated: false, isSecretRegenerated: true });
  brand.control.expireAccessTokens();
  expect(await json<RoundAnswer>('poll')).toMatchObject({ polled: 5, failed: 3 });
  const doctor = await world.run(['doctor', '--json'], { env });
  expect(JSON.parse(doctor.stdout).checks).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ name: 'API key and secret (default)', ok: true }),
      expect.objectContaining({ name: 'API key and secret (Brand)', ok: false }),
    ]),
  );
  brand.control.configure({ isSecretRegenerated: false });

  await world.letTimePass(DAY_MS);
  brand.control.script({ route: 'connections', answer: { kind: 'quota_exceeded' } });
  const used = await json<RoundAnswer>('poll');
  expect(used.polled - used.failed).toBe(2);
  expect(
    world
      .mails()
      .filter(({ to }) => to[0] === OPERATOR)
      .map(({ subject }) => subject),
  ).toContainEqual(expect.stringContaining('Brand'));
  expect(await json('status')).toMatchObject({
    monitor: {
      applications: [
        { name: 'default', quota: { isExhausted: false } },
        { name: 'Brand', quota: { isExhausted: true } },
      ],
    },
  });
  brand.control.clearScript();
  expect(await json<RoundAnswer>('poll')).toMatchObject({ polled: 2, failed: 0 });
}

async function addBrand({ folder, json }: World, env: World['env']): Promise<void> {
  const file = join(folder, 'brand-secret.txt');
  writeFileSync(file, `${BRAND.clientSecret}\n`);
  const added = await json(
    ['application', 'add', '--name', 'Brand', '--client-id', BRAND.clientId, '--client-secret', `@${file}`],
    { env },
  );
  expect(added).toMatchObject({ name: 'Brand', refusal: null });
}

async function importBrand({ folder, json }: World, brand: Sandbox, env: World['env']): Promise<void> {
  const file = join(folder, 'brand.csv');
  const lines = brand.control
    .tenants()
    .map(({ name, contactEmail, tokens }) => `"${name}",${contactEmail},${tokens.refreshToken},Brand`);
  writeFileSync(file, ['name,owner,refresh_token,application', ...lines].join('\n'));
  expect(await json(['tenant', 'import', file], { env })).toMatchObject({ imported: 3, errors: [] });
}
