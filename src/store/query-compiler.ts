import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);

/**
 * Prisma's compiler of queries, out of the module in which it comes as base64 text (`export const wasm = "…"`).
 * Imported, that module would be compiled, and two copies of its text kept for as long as the process lives: 4 MiB, and
 * a hundredth of a second of each command.
 */
export async function readQueryCompiler(module: string): Promise<Buffer<ArrayBuffer>> {
  const text = await readFile(resolve(module), 'latin1');
  const base64 = text.slice(text.indexOf('"') + 1, text.lastIndexOf('"'));
  return Buffer.from(base64, 'base64');
}
