import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createEncryption } from '../../../src/store/encryption.ts';
import { aGrant, aTenant } from '../../support/builders.ts';
import { createTestDatabase, type TestDatabase } from '../../support/store-fixtures.ts';

const [oldKey, newKey, strangeKey] = [1, 2, 3].map((byte) => Buffer.alloc(32, byte)) as [Buffer, Buffer, Buffer];
const place = { tenantId: 'tenant-1', field: 'refresh token' };

describe('encryption', () => {
  it('is refused without a key', () => {
    expect(() => createEncryption([])).toThrow('at least one key');
  });

  it('says which key is missing, and what to do', () => {
    const sealed = createEncryption([strangeKey]).seal('secret', place);
    const keyId = sealed.split('.')[0];
    expect(() => createEncryption([oldKey, newKey]).open(sealed, place)).toThrow(
      `No encryption key opens the stored refresh token of tenant tenant-1: it was sealed with key ${keyId}. ` +
        'Add that key to ENCRYPTION_KEY, after the first and a comma.',
    );
  });

  it('opens nothing that was altered', () => {
    const encryption = createEncryption([oldKey]);
    const [keyId, content = ''] = encryption.seal('secret', place).split('.');
    const bytes = Buffer.from(content, 'base64url');
    for (const position of [0, 12, 28, bytes.length - 1]) {
      const altered = Buffer.from(bytes);
      altered[position] = (altered[position] ?? 0) ^ 1;
      expect(() => encryption.open(`${keyId}.${altered.toString('base64url')}`, place)).toThrow('was altered');
    }
    for (const broken of [`${keyId}.`, `${keyId}.AAAA`, `${keyId}`, '']) {
      expect(() => encryption.open(broken, place)).toThrow();
    }
  });

  it('opens no value in the place of another', () => {
    const encryption = createEncryption([oldKey]);
    const sealed = encryption.seal('secret', place);
    for (const other of [
      { ...place, tenantId: 'tenant-2' },
      { ...place, field: 'access token' },
    ]) {
      expect(() => encryption.open(sealed, other)).toThrow('was altered, or belongs elsewhere');
    }
  });

  it('seals with the first key and opens with all', () => {
    const before = createEncryption([oldKey]).seal('sécret 🗝', place);
    const rotated = createEncryption([newKey, oldKey]);
    expect(rotated.open(before, place)).toBe('sécret 🗝');
    expect(createEncryption([newKey]).open(rotated.seal('', place), place)).toBe('');
  });

  it('seals the same secret differently each time', () => {
    const { seal } = createEncryption([oldKey]);
    expect(seal('secret', place)).not.toBe(seal('secret', place));
  });
});

describe('stored grants', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase('SQLite');
    const tenants = ['tenant-1', 'tenant-2'].map((id) => {
      const grant = aGrant({ refreshToken: `refresh-1 of ${id}` });
      return { tenant: aTenant({ id }), contacts: [], grant };
    });
    await database.open().tenants.add(tenants);
  });
  afterAll(() => database.drop());

  it('show no token to whoever reads the database', async () => {
    const rows = await database.raw.db.credential.findMany();
    expect(rows).toHaveLength(2);
    expect(JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? Number(value) : value))).not.toMatch(
      /refresh-1|access-1/,
    );
  });

  it('cannot be given to another tenant by whoever writes the database', async () => {
    const { db } = database.raw;
    const { refreshToken } = await db.credential.findUniqueOrThrow({ where: { tenantId: 'tenant-1' } });
    await db.credential.update({ where: { tenantId: 'tenant-2' }, data: { refreshToken } });
    await expect(database.open().grants.read('tenant-2')).rejects.toThrow('belongs elsewhere');
  });
});
