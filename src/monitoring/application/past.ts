import type { Instant } from '../../domain/model/time.ts';
import type { Page, PastCounts, PastQuery, PastSelection } from '../ports.ts';
import type { Viewer } from '../viewer.ts';
import type { TenantStatusThen, TenantThenView } from '../views.ts';

/**
 * The fleet as it was at a past moment, by the history of its connections. Who had not been added by then was not
 * there; who has been removed since was. Each throws `MomentOutOfReach` where history does not reach.
 */
export type Past = Readonly<{
  tenants(viewer: Viewer, query: Omit<PastQuery, 'tenantId'>): Promise<Page<TenantThenView>>;
  /** Null when there was no such tenant. */
  tenant(viewer: Viewer, id: string, at: Instant): Promise<TenantStatusThen | null>;
  counts(viewer: Viewer, selection: Omit<PastSelection, 'tenantId'>): Promise<PastCounts>;
}>;
