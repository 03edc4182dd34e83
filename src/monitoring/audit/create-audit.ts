import type { Audit, AuditQuery } from '../application.ts';
import type { Stores } from '../ports.ts';
import { forFleet } from '../viewer.ts';

export function createAudit({ audit }: Pick<Stores, 'audit'>): Audit {
  return { list: forFleet('admin', (query: AuditQuery) => audit.list(query)) };
}
