import { StoreUnavailable } from '../monitoring/store-unavailable.ts';
import { isConflict } from './transaction.ts';

/** Whether an error of a store says that the database is down or busy: the same work may succeed later, as it is. */
export function isUnavailable(error: unknown): boolean {
  return error instanceof StoreUnavailable ? error.kind !== 'damaged' : isConflict(error);
}
