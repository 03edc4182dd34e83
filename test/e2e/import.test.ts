import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from '@jest/globals';
import { stringify } from 'csv-stringify/sync';
import type { RoundAnswer, TenantsAnswer } from '../support/program-answers.ts';
import { tenantAt } from '../support/program-connections.ts';
import { story } from '../support/program-story.ts';
import type { World } from '../support/program-world.ts';

type Lines = readonly Readonly<{ line: number; columns?: readonly string[] }>[];
type ImportAnswer = Readonly<{
  imported: number;
  updated: Lines;
  differing: Lines;
  skipped: Lines;
  untried: Lines;
}>;

describe('a file of accounts that is imported again', () => {
  story('brings fresh tokens, and changes with --update', { database: 'PostgreSQL' }, async (world) => {
    const { control, json, run } = world;
    const [first, second] = [rowOf(world, 0), rowOf(world, 1)];
    expect(await importRows(world, [first, second])).toMatchObject({ imported: 2, updated: [], skipped: [] });
    expect(await json<RoundAnswer>(['poll'])).toMatchObject({ polled: 2, failed: 0 });
    expect(await importRows(world, [first, second])).toMatchObject({
      imported: 0,
      skipped: [{ line: 2 }, { line: 3 }],
    });

    control.revoke(tenantAt(control, 0).id);
    control.expireAccessTokens();
    expect(await json<RoundAnswer>(['poll'])).toMatchObject({ polled: 2, failed: 1 });
    control.resetCounters();
    const fresh = control.authorise(tenantAt(control, 0).id).refreshToken;
    const changed = [
      { ...first, refresh_token: fresh },
      { ...second, name: 'Renamed', owner: 'new@mill.example' },
    ];
    expect(await importRows(world, changed)).toMatchObject({
      updated: [{ line: 2, columns: ['refresh_token'] }],
      differing: [{ line: 3, columns: ['name', 'owner'] }],
      untried: [],
    });
    expect(await json<RoundAnswer>(['poll'])).toMatchObject({ polled: 2, failed: 0 });

    expect(await importRows(world, changed, '--update')).toMatchObject({
      updated: [{ line: 3, columns: ['name', 'owner'] }],
      skipped: [{ line: 2 }],
    });
    expect((await json<TenantsAnswer>(['tenant', 'list'])).tenants).toHaveLength(2);
    expect(await json(['tenant', 'show', 'crm-1'])).toMatchObject({ externalId: 'crm-1', name: 'Renamed' });
    expect((await run(['tenant', 'export'])).stdout).toMatch(/,crm-1,active,Renamed,new@mill.example,/);
    expect(control.counters().reusedRefreshTokens).toBe(0);
  });
});

function rowOf({ control }: World, index: number) {
  const { name, contactEmail, tokens } = tenantAt(control, index);
  return { external_id: `crm-${index}`, name, owner: contactEmail, refresh_token: tokens.refreshToken };
}

async function importRows(world: World, rows: readonly ReturnType<typeof rowOf>[], ...options: readonly string[]) {
  const file = join(world.folder, 'accounts.csv');
  writeFileSync(file, stringify([...rows], { header: true }));
  return await world.json<ImportAnswer>(['tenant', 'import', file, ...options]);
}
