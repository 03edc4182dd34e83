import { z } from 'zod';
import { conditionList, instant, list, maybeInstant } from './parts.ts';
import { connectionView, tenantSummary } from './tenants.ts';

const { id, externalId, name, health, connections } = tenantSummary.shape;

/**
 * A tenant as it was at a past moment, by the history of its connections; `tenantThen` says what health, conditions and
 * `since` mean. Its name and external id are those of today.
 */
export const tenantThenView = z.object({
  id,
  externalId,
  name,
  at: instant,
  health,
  conditions: conditionList,
  since: maybeInstant,
  connections,
});

/** `observedAt` is null where a later poll has shown the same: then it is not known which poll was the last one. */
export const tenantStatusThen = z.object({ tenant: tenantThenView, connections: list(connectionView) });

export type TenantThenView = Readonly<z.output<typeof tenantThenView>>;
export type TenantStatusThen = Readonly<z.output<typeof tenantStatusThen>>;
