import { describe, expect, it } from '@jest/globals';
import { auditActions, auditActors } from '../../../src/domain/model/audit.ts';
import { readAllPages } from '../../../src/monitoring/pages.ts';
import type { AuditFilter } from '../../../src/monitoring/ports.ts';
import { isPerson } from '../../support/audit-people.ts';
import { anAuditEntry, NOW } from '../../support/builders.ts';
import type { FreshStore } from '../../support/store-fixtures.ts';
import { storeWithTenant } from '../../support/store-records.ts';

const firstPage = { cursor: null, limit: 100 };

const entries = [
  anAuditEntry({ id: 'a', at: NOW - 2, actor: { kind: 'key', id: 'key-1' }, tenantId: null, from: '192.0.2.1' }),
  anAuditEntry({ id: 'b', at: NOW - 1, actor: { kind: 'contact', id: 'contact-1' }, action: 'contact.leave' }),
  anAuditEntry({ id: 'c', at: NOW - 1, tenantId: 'tenant-2', subjects: ['mail-1', 'mail-2'], count: 200 }),
  anAuditEntry({ id: 'd', at: NOW, actor: { kind: 'nobody', id: null }, action: 'api_key.refused', from: '::1' }),
];

export function auditStoreContract(fresh: FreshStore): void {
  describe('the store of the audit', () => {
    it('gives back every entry as it was written, the newest first, whether or not the tenant is there', async () => {
      const { audit } = await fresh();
      for (const entry of entries) await audit.add(entry);
      expect(await audit.list(firstPage)).toEqual({ items: entries.toReversed(), nextCursor: null });
    });

    it('takes every action of every kind of actor', async () => {
      const { audit } = await fresh();
      const written = auditActions.map((action, n) => {
        const kind = auditActors[n % auditActors.length] ?? 'nobody';
        return anAuditEntry({ id: `entry-${String(n).padStart(2, '0')}`, action, actor: { kind, id: `who-${n}` } });
      });
      for (const entry of written) await audit.add(entry);
      expect((await audit.list(firstPage)).items).toEqual(written.toReversed());
    });

    it.each<[AuditFilter, string]>([
      [{}, 'dcba'],
      [{ tenantId: 'tenant-1' }, 'db'],
      [{ tenantId: 'tenant-2' }, 'c'],
      [{ tenantId: 'nowhere' }, ''],
      [{ actor: 'key' }, 'a'],
      [{ actor: 'key-1' }, 'a'],
      [{ actor: 'nobody' }, 'd'],
      [{ actor: 'root' }, 'c'],
      [{ actor: 'command_line' }, 'c'],
      [{ actor: 'no-key' }, ''],
      [{ action: 'contact.leave' }, 'b'],
      [{ action: 'tenant.pause' }, 'ca'],
      [{ from: NOW - 1 }, 'dcb'],
      [{ to: NOW - 1 }, 'a'],
      [{ from: NOW - 1, to: NOW }, 'cb'],
      [{ from: NOW, to: NOW }, ''],
      [{ tenantId: 'tenant-1', actor: 'contact', action: 'contact.leave', from: NOW - 1, to: NOW }, 'b'],
      [{ tenantId: 'tenant-2', actor: 'contact' }, ''],
    ])('lists those that %j lets through', async (filter, ids) => {
      const { audit } = await fresh();
      for (const entry of entries) await audit.add(entry);
      const { items } = await audit.list({ ...firstPage, ...filter });
      expect(items.map(({ id }) => id).join('')).toBe(ids);
      const byOne = await readAllPages((page) => audit.list({ ...page, ...filter, limit: 1 }));
      expect(byOne).toEqual(items);
    });

    it('turns its pages without a gap or a double while entries are added', async () => {
      const { audit } = await fresh();
      for (const entry of entries) await audit.add(entry);
      const first = await audit.list({ cursor: null, limit: 2 });
      await audit.add(anAuditEntry({ id: 'e', at: NOW }));
      const second = await audit.list({ cursor: first.nextCursor, limit: 2 });
      expect([...first.items, ...second.items].map(({ id }) => id).join('')).toBe('dcba');
      expect(second.nextCursor).toBeNull();
    });

    it('keeps all entries of a tenant that is purged, without the addresses of its people alone', async () => {
      const store = await storeWithTenant(fresh);
      const of = (tenantId: string | null) =>
        auditActors.map((kind) => {
          const id = `${tenantId} ${kind}`;
          return anAuditEntry({ id, actor: { kind, id: 'who' }, tenantId, from: '192.0.2.1' });
        });
      const written = [...of('tenant-1'), ...of('tenant-2'), ...of(null)];
      for (const entry of written) await store.audit.add(entry);

      expect(await store.tenants.erase('tenant-1')).toBe(true);

      const { items } = await store.audit.list(firstPage);
      const isErased = ({ tenantId, actor }: (typeof written)[number]) =>
        tenantId === 'tenant-1' && isPerson(actor.kind);
      expect(new Map(items.map((entry) => [entry.id, entry]))).toEqual(
        new Map(written.map((entry) => [entry.id, isErased(entry) ? { ...entry, from: null } : entry])),
      );
    });
  });
}
