import { createTokenMint } from '../../src/sandbox/opaque-tokens.ts';
import { usualScopes } from '../../src/sandbox/scopes.ts';
import type { Database } from '../../src/store/database.ts';

/** A piece of text that somebody might read: an output, a log, a mail, a page, a stored row. */
export type Said = Readonly<{ where: string; text: string }>;

/** More grants than any story's tenant gets. */
const GRANTS = 20;
/** A part of a long token is as bad as the whole. */
const TELLING_LENGTH = 40;

/** What gives each tenant's tokens away, all that it had and will have, and the codes that tokens are got with. */
export function tokensOf(
  tenantIds: readonly string[],
  { seed, clientId }: Readonly<{ seed: string; clientId: string }>,
): readonly string[] {
  const mint = createTokenMint(seed, clientId);
  const nths = Array.from({ length: GRANTS }, (_, nth) => nth);
  const codes = nths.flatMap((nth) => [mint.code(nth), mint.deviceCodes(nth).deviceCode]);
  const tokens = tenantIds.flatMap((id) =>
    nths.flatMap((nth) => [signatureOf(mint.accessToken(id, nth, usualScopes)), mint.refreshToken(id, nth)]),
  );
  return [...tokens, ...codes];
}

/** The header and the claims of an access token are the same for many; its signature is its own. */
function signatureOf(accessToken: string): string {
  return (accessToken.split('.').at(-1) ?? accessToken).slice(0, TELLING_LENGTH);
}

/** Where one of the secrets was said; none of them is repeated here. */
export function leaksIn(said: readonly Said[], secrets: readonly string[]): readonly string[] {
  const spellings = [...new Set(secrets.flatMap(spellingsOf))];
  return said.filter(({ text }) => spellings.some((spelling) => text.includes(spelling))).map(({ where }) => where);
}

/** As it is, in an address, in JSON, and in base64, as HTTP Basic and mail write it. */
function spellingsOf(secret: string): readonly string[] {
  const base64 = Buffer.from(secret).toString('base64').replace(/=+$/, '');
  return [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), base64];
}

/** Every row that is stored, table by table. */
export async function storedRows({ db, dialect }: Database): Promise<readonly Said[]> {
  const list =
    dialect.name === 'sqlite'
      ? `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'`
      : `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`;
  const tables = await db.$queryRawUnsafe<readonly { name: string }[]>(list);
  return await Promise.all(
    tables.map(async ({ name }) => {
      const rows = await db.$queryRawUnsafe<readonly unknown[]>(`SELECT * FROM "${name}"`);
      return { where: `table ${name}`, text: JSON.stringify(rows, (_, value) => textOfNumber(value)) };
    }),
  );
}

function textOfNumber(value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
