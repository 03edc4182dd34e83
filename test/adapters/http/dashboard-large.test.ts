import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Stores } from '../../../src/monitoring/ports.ts';
import { hasBrowser, openBrowser } from '../../support/browser.ts';
import { pathsOf, stages } from '../../support/dashboard-stages.ts';
import { openDashboard } from '../../support/dashboard-tab.ts';
import { visitDashboard } from '../../support/dashboard-visitor.ts';
import { createTestDatabase, type TestDatabase } from '../../support/store-fixtures.ts';
import { inDatabase, multiplyTenants } from '../../support/stored-fleet.ts';
import { type ApiServer, startApiServer } from './api-server.ts';

/** With the fourteen of the stage itself there are 100,002 tenants. */
const COPIES = 7142;
const MOST_BYTES = 60_000;
/** Questions to the stores; a page that asked one for each of its rows would have more. */
const MOST_CALLS = 40;

let database: TestDatabase;
let site: ApiServer;
let calls = 0;
beforeAll(async () => {
  database = await createTestDatabase('SQLite');
  const world = await inDatabase(await stages['in trouble'](), counted(database.open()));
  await multiplyTenants(database.raw, COPIES);
  site = await startApiServer({ world });
});
afterAll(async () => {
  await site.server.close();
  await database.drop();
});

/** The same stores, which count how often they are asked. */
function counted<S extends Stores>(stores: S): S {
  const counting = (store: object): object =>
    new Proxy(store, {
      get: (target, name, receiver) => {
        const own: unknown = Reflect.get(target, name, receiver);
        if (typeof own !== 'function') return own;
        return (...args: readonly unknown[]) => {
          calls += 1;
          return Reflect.apply(own, target, args);
        };
      },
    });
  const entries = Object.entries(stores).map(([name, store]) => [
    name,
    typeof store === 'object' && store !== null ? counting(store) : store,
  ]);
  return Object.fromEntries(entries) as S;
}

const filters = [
  '/tenants?health=broken',
  '/tenants?health=healthy&order=name',
  '/tenants?order=worst',
  '/tenants?order=longest_broken',
  '/tenants?network=facebook&condition=token_invalid',
  '/tenants?q=bakery',
  '/tenants?contact=owner-77@bakery.example',
  '/tenants?failing=day',
  '/incidents?state=all',
  '/incidents?lately=broke',
  '/mail?lately=sent',
];

describe('a fleet of 100,000 tenants', () => {
  it('has pages of 60 kB at most, none of which asks a question for each of its rows', async () => {
    const jane = await visitDashboard(site.url, await site.newKey('admin'));
    for (const path of [...(await pathsOf(site.world)), ...filters]) {
      calls = 0;
      const bytes = Buffer.byteLength(await jane.read(path));
      const found = { path, isSmall: bytes <= MOST_BYTES, isFrugal: calls <= MOST_CALLS };
      expect(found.isSmall && found.isFrugal ? found : { ...found, bytes, calls }).toEqual(found);
      expect(found).toEqual({ path, isSmall: true, isFrugal: true });
    }
  });

  const inBrowser = hasBrowser ? it : it.skip;
  inBrowser('is searched for one of them, and shows it', async () => {
    const browser = await openBrowser();
    const { tab, takeComplaints } = await openDashboard(browser, site, await site.newKey('read'));
    await tab.getByRole('link', { name: 'Tenants', exact: true }).click();
    await tab.getByRole('searchbox', { name: 'Name' }).fill('paws veterinary-5077');
    await tab.getByRole('button', { name: 'Show' }).click();
    await tab.getByRole('link', { name: 'Paws Veterinary-5077' }).click();
    await tab.getByRole('heading', { level: 1, name: 'Paws Veterinary-5077' }).waitFor();
    expect(takeComplaints()).toEqual([]);
    await browser.close();
  });
});
