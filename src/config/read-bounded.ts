import { closeSync, openSync, readSync } from 'node:fs';

/** Files of 100,000 tenants have a tenth of it. A device such as /dev/zero has no end, and would take all memory. */
export const MOST_BYTES = 256 * 2 ** 20;

const CHUNK_BYTES = 2 ** 20;

export const TOO_LARGE = `it has more than ${MOST_BYTES / 2 ** 20} MiB`;

/** What a user named has more than `MOST_BYTES`. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
  readonly code = 'EFBIG';

  constructor() {
    super(TOO_LARGE);
  }
}

/** The bytes of a file, a pipe or a device; throws `TooLarge`, or as Node's own functions do. */
export function readBounded(path: string): Buffer {
  const file = openSync(path, 'r');
  try {
    const chunks: Buffer[] = [];
    for (let size = 0; ; ) {
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
      const read = readSync(file, chunk);
      if (read === 0) return Buffer.concat(chunks);
      size += read;
      if (size > MOST_BYTES) throw new TooLarge();
      chunks.push(chunk.subarray(0, read));
    }
  } finally {
    closeSync(file);
  }
}
