import { type ClientApplication, isDefaultName, isSameApplicationName } from '../domain/model/client-application.ts';
import type { Upstreams } from './ports.ts';
import { UserFacingError } from './user-facing-error.ts';

type Ports = Readonly<{ upstreams: Pick<Upstreams, 'applications'> }>;

/**
 * The application of that name, in capital or small letters; a null name means that of the configuration. Undefined
 * when no application has the name.
 */
export async function findApplication(
  name: string | null,
  { upstreams }: Ports,
): Promise<ClientApplication | undefined> {
  const all = await upstreams.applications();
  if (name === null || isDefaultName(name)) return all.find(({ id }) => id === null);
  return all.find((application) => isSameApplicationName(application.name, name));
}

/** Gives the name of an application that is not the one of the configuration, by its id; null for that one. */
export async function applicationNames({ upstreams }: Ports): Promise<(id: string | null) => string | null> {
  const names = new Map((await upstreams.applications()).map(({ id, name }) => [id, name]));
  return (id) => (id === null ? null : (names.get(id) ?? id));
}

export async function applicationNamed(name: string | null, ports: Ports): Promise<ClientApplication> {
  const application = await findApplication(name, ports);
  if (application !== undefined) return application;
  throw new UserFacingError(`There is no application “${name}”.`, '`linkwatch application list` shows them.');
}
