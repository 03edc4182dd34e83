import { createHash } from 'node:crypto';

/** How many rows, and what is in all of them, whatever their order. */
export type RowsDigest = Readonly<{ rows: number; digest: bigint }>;

export const NO_ROWS: RowsDigest = { rows: 0, digest: 0n };

const MODULUS = 2n ** 256n;

/** Sums up the hashes of single rows: two tables with the same sum hold the same rows. */
export function addRows({ rows, digest }: RowsDigest, more: readonly (readonly unknown[])[]): RowsDigest {
  let sum = digest;
  for (const row of more) sum += BigInt(`0x${createHash('sha256').update(JSON.stringify(row)).digest('hex')}`);
  return { rows: rows + more.length, digest: sum % MODULUS };
}
