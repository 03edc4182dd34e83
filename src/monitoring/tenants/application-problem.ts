import type { Tenant } from '../../domain/model/tenant.ts';
import type { ApplicationProblem } from '../application.ts';
import { findApplication } from '../find-application.ts';
import type { Upstreams } from '../ports.ts';

/** A wish about a tenant that may name an application, and bring a grant of it. */
type Wish = Readonly<{ application?: string | undefined; grant?: unknown }>;

/** The application that is wished for, by its id; left out where none is. */
export type AssignedApplication = Readonly<{ applicationId?: string | null }>;

/** `tenant`: whose wish it is; null for a new one. */
export async function assignedApplication(
  { application, grant = null }: Wish,
  tenant: Pick<Tenant, 'state' | 'applicationId'> | null,
  ports: Readonly<{ upstreams: Pick<Upstreams, 'applications'> }>,
): Promise<AssignedApplication | ApplicationProblem> {
  if (application === undefined) return {};
  const found = await findApplication(application, ports);
  if (found === undefined) return { outcome: 'unknown_application', application };
  const isMoved = tenant !== null && tenant.applicationId !== found.id;
  // Where there is no grant, or a dead one, nothing is lost.
  const hasGrant = tenant !== null && tenant.state !== 'unconnected' && tenant.state !== 'reauthorize';
  if (isMoved && hasGrant && grant === null) return { outcome: 'grant_of_another_application' };
  return { applicationId: found.id };
}
