import { z } from 'zod';
import { actions, conditions, healths } from '../../domain/model/condition.ts';

/** Inside milliseconds since 1970, outside ISO 8601 text in UTC, which `z.encode` writes and `z.decode` reads. */
export const instant = z.codec(z.iso.datetime(), z.int(), {
  decode: (text) => Date.parse(text),
  encode: (ms) => new Date(ms).toISOString(),
});
export const maybeInstant = instant.nullable();

export const text = z.string();
export const maybeText = text.nullable();
export const count = z.int().nonnegative();

export const health = z.enum(healths);
export const action = z.enum(actions);
export const conditionList = list(z.enum(conditions));

/** Account ids have 17 digits and more: always text. */
export const account = { network: text, accountId: text, displayName: maybeText };

export function list<Item extends z.ZodType>(item: Item): z.ZodReadonly<z.ZodArray<Item>> {
  return z.array(item).readonly();
}
