import { DAY_MS, SECOND_MS } from '../domain/model/time.ts';
import type { ApiUseStore, ApiWriteStore } from '../monitoring/ports.ts';
import type { Database } from './database.ts';
import type { Encryption, SecretPlace } from './encryption.ts';
import { dateOf } from './rows/values.ts';
import { insertsFirst, retrying } from './transaction.ts';

/** Longer than any request takes: a write that is under way since then died with its process. */
const UNDER_WAY_MS = 120 * SECOND_MS;

export function createApiWriteStore({ db }: Database, encryption: Encryption): ApiWriteStore {
  return {
    begin: async ({ id, request }, at) => {
      const died = { status: null, createdAt: { lt: dateOf(at - UNDER_WAY_MS) } };
      const isOver = { createdAt: { lt: dateOf(at - DAY_MS) } };
      await db.repeatableWrite.deleteMany({ where: { id, OR: [died, isOver] } });
      const data = { id, request, createdAt: dateOf(at) };
      if (await retrying(() => insertsFirst(() => db.repeatableWrite.create({ data })))) return null;
      const row = await db.repeatableWrite.findUnique({ where: { id } });
      if (row === null) return null;
      const { status, contentType, body } = row;
      const isAnswered = status !== null && contentType !== null && body !== null;
      const answer = isAnswered ? { status, contentType, body: encryption.open(body, answerPlace(id)) } : null;
      return { request: row.request, beganAt: row.createdAt.getTime(), answer };
    },
    finish: async (id, { status, contentType, body }) => {
      const sealed = encryption.seal(body, answerPlace(id));
      await db.repeatableWrite.updateMany({ where: { id }, data: { status, contentType, body: sealed } });
    },
    forget: async (id) => {
      await db.repeatableWrite.deleteMany({ where: { id, status: null } });
    },
  };
}

/** The place that an answer is sealed for. */
export function answerPlace(writeId: string): SecretPlace {
  return { tenantId: writeId, field: 'answer' };
}

export function createApiUseStore({ db }: Database): ApiUseStore {
  return {
    // A process whose clock is behind counts in the minute that another one has begun.
    count: async (keyId, minute, requests) => {
      const [row] = await retrying(() =>
        db.$queryRawUnsafe<readonly { used: number | bigint }[]>(countSql, keyId, dateOf(minute), requests),
      );
      return Number(row?.used ?? 0);
    },
  };
}

const countSql = `INSERT INTO "ApiMinute" ("keyId", "minute", "used") VALUES ($1, $2, $3)
  ON CONFLICT ("keyId") DO UPDATE SET
    "used" = CASE WHEN "ApiMinute"."minute" < excluded."minute" THEN excluded."used" ELSE "ApiMinute"."used" + excluded."used" END,
    "minute" = CASE WHEN "ApiMinute"."minute" < excluded."minute" THEN excluded."minute" ELSE "ApiMinute"."minute" END
  RETURNING "used"`;
