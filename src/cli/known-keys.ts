import type { Application } from '../monitoring/application.ts';
import { readAllPages } from '../monitoring/pages.ts';
import { operator } from '../monitoring/viewer.ts';
import type { ApiKeyView } from '../monitoring/views.ts';
import { CommandFailure } from './failure.ts';

export async function readApiKeys(app: Application): Promise<readonly ApiKeyView[]> {
  return await readAllPages((page) => app.apiKeys.list(operator, page));
}

/**
 * The key that is named by its id or its prefix, or by its whole secret, as somebody has it who found it where it
 * should not be. Null when there is none.
 */
export function keyNamed(keys: readonly ApiKeyView[], named: string): ApiKeyView | null {
  const byId = keys.find(({ id }) => id === named);
  if (byId !== undefined) return byId;
  const [first, ...others] = keys.filter(({ prefix }) => named === prefix || named.startsWith(`${prefix}_`));
  if (first === undefined) return null;
  if (others.length === 0) return first;
  const ids = [first, ...others].map(({ id }) => id);
  throw new CommandFailure(
    `${ids.length} API keys begin with ${first.prefix}.`,
    `Name one by its id: ${ids.join(', ')}.`,
  );
}
