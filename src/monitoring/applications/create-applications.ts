import {
  type ClientApplication,
  isSameApplicationName,
  type StoredApplication,
} from '../../domain/model/client-application.ts';
import type { PollFailure } from '../../domain/model/poll.ts';
import type { Applications, ChangedApplication } from '../application.ts';
import type { ApplicationChange, Clock, NewApplication, NewId, Stores, Upstreams } from '../ports.ts';
import { forFleet } from '../viewer.ts';
import type { ApplicationView } from '../views.ts';
import { type ApplicationFields, applicationProblems, USUAL_LIMITS } from './application-input.ts';

export type ApplicationsPorts = Pick<Stores, 'applications'> &
  Readonly<{ upstreams: Upstreams; clock: Clock; newId: NewId; hasClientSecret: boolean }>;

/** Applications besides the one of the configuration: added, listed, changed and removed. */
export function createApplications(ports: ApplicationsPorts): Applications {
  const { applications, clock, newId } = ports;
  return {
    list: forFleet('admin', () => listAll(ports)),
    find: forFleet('admin', async (named: string) => {
      const all = (await listAll(ports)).filter(({ id }) => id !== null);
      return all.find(({ id }) => id === named) ?? all.find(({ name }) => isSameApplicationName(name, named)) ?? null;
    }),
    add: forFleet('admin', async (fields: ApplicationFields) => {
      const problem = applicationProblems(fields, ['name', 'clientId']) ?? (await takenField(fields, null, ports));
      if (problem !== null) return problem;
      const id = newId();
      const isAdded = await applications.add({ ...newApplicationOf(fields), id, createdAt: clock.now() });
      return isAdded ? await renewAndTry(id, ports) : { outcome: 'taken', field: 'name' };
    }),
    update: forFleet('admin', async (id: string, fields: ApplicationFields) => {
      const problem = applicationProblems(fields, []) ?? (await takenField(fields, id, ports));
      if (problem !== null) return problem;
      const updated = await applications.update(id, changeOf(fields));
      if (updated === 'unknown') return { outcome: 'not_found' };
      return updated === 'updated' ? await renewAndTry(id, ports) : { outcome: 'taken', field: 'name' };
    }),
    remove: forFleet('admin', async (id: string) => {
      const removed = await applications.remove(id);
      if (removed === 'unknown') return { outcome: 'not_found' };
      if (removed === 'in_use') return { outcome: 'in_use', tenants: (await applications.tenants()).get(id) ?? 0 };
      ports.upstreams.renew();
      return { outcome: 'removed' };
    }),
  };
}

async function listAll({ applications, upstreams, hasClientSecret }: ApplicationsPorts) {
  const tenants = await applications.tenants();
  const configured = await upstreams.application(null);
  const own = { ...configured, hasSecret: hasClientSecret, createdAt: null };
  return [own, ...(await applications.list())].map((each) => viewOf(each, tenants.get(each.id) ?? 0));
}

type Listed = ClientApplication & Readonly<{ hasSecret: boolean; createdAt: StoredApplication['createdAt'] | null }>;

function viewOf(application: Listed, tenants: number): ApplicationView {
  const { id, name, clientId, hasSecret, reserveShare: reserve, createdAt } = application;
  const { requestsPerSecond, requestsPerDay, tokenRequestsPerSecond } = application;
  const limits = { requestsPerSecond, requestsPerDay, tokenRequestsPerSecond, reserve };
  return { id, name, clientId, hasSecret, ...limits, tenants, createdAt };
}

/** Two applications of one name could not be told apart, and two of one key would each use up the other's requests. */
async function takenField(
  { name, clientId }: ApplicationFields,
  id: string | null,
  { applications, upstreams }: ApplicationsPorts,
): Promise<Extract<ChangedApplication, { outcome: 'taken' }> | null> {
  const others = [await upstreams.application(null), ...(await applications.list())].filter((one) => one.id !== id);
  if (name !== undefined && others.some((other) => isSameApplicationName(other.name, name))) {
    return { outcome: 'taken', field: 'name' };
  }
  return others.some((other) => other.clientId === clientId) ? { outcome: 'taken', field: 'clientId' } : null;
}

function newApplicationOf(fields: ApplicationFields): Omit<NewApplication, 'id' | 'createdAt'> {
  const { name = '', clientId = '', clientSecret = '' } = fields;
  return {
    name,
    clientId,
    clientSecret: clientSecret || null,
    requestsPerSecond: fields.requestsPerSecond ?? USUAL_LIMITS.requestsPerSecond,
    requestsPerDay: fields.requestsPerDay ?? USUAL_LIMITS.requestsPerDay,
    tokenRequestsPerSecond: fields.tokenRequestsPerSecond ?? USUAL_LIMITS.tokenRequestsPerSecond,
    reserveShare: fields.reserve ?? USUAL_LIMITS.reserve,
  };
}

function withoutUndefined(fields: ApplicationFields): ApplicationFields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function changeOf(fields: ApplicationFields): ApplicationChange {
  const { clientSecret, reserve, ...others } = withoutUndefined(fields);
  return {
    ...others,
    ...(clientSecret !== undefined && { clientSecret: clientSecret || null }),
    ...(reserve !== undefined && { reserveShare: reserve }),
  } as ApplicationChange;
}

/** Its key and its secret are tried at once, so that a wrong one is not found by the first tenant's refresh. */
async function renewAndTry(
  id: string,
  { applications, upstreams }: ApplicationsPorts,
): Promise<Extract<ChangedApplication, { outcome: 'stored' }>> {
  upstreams.renew();
  const { application, constantContact } = await upstreams.of(id);
  const refusal: PollFailure | null = await constantContact.checkClient();
  const [listed] = (await applications.list()).filter((each) => each.id === id);
  const shown = { ...application, hasSecret: listed?.hasSecret ?? false, createdAt: listed?.createdAt ?? null };
  return { outcome: 'stored', application: viewOf(shown, (await applications.tenants()).get(id) ?? 0), refusal };
}
