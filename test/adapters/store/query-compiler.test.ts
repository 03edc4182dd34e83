import { describe, expect, it } from '@jest/globals';
import { readQueryCompiler } from '../../../src/store/query-compiler.ts';

describe('Prisma’s compiler of queries', () => {
  it.each(['sqlite', 'postgresql'])('is read whole out of its module (%s)', async (database) => {
    const module = `@prisma/client/runtime/query_compiler_small_bg.${database}.wasm-base64.mjs`;
    const { wasm } = (await import(module)) as Readonly<{ wasm: string }>;
    expect((await readQueryCompiler(module)).equals(Buffer.from(wasm, 'base64'))).toBe(true);
  });
});
