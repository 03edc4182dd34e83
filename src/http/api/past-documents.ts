import { tenantThenView } from '../../monitoring/views/past.ts';

/** A tenant of the fleet as it was, by its name in the OpenAPI document, with an example. */
export const tenantAt = tenantThenView.meta({
  id: 'TenantAt',
  examples: [
    {
      id: '4ba1vqnyqq0hp7ur',
      externalId: 'customer-17',
      name: "Jane's Bakery",
      at: '2026-11-28T08:30:00.000Z',
      health: 'broken',
      conditions: ['token_invalid'],
      since: '2026-11-28T08:00:12.000Z',
      connections: { total: 2, broken: 1, waiting: 0, unobserved: 0, healthy: 1, removed: 0 },
    },
  ],
});
