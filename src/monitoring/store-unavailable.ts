import { UserFacingError } from './user-facing-error.ts';

export type StoreTrouble =
  | 'locked'
  | 'away'
  | 'refused'
  | 'slow'
  | 'overloaded'
  | 'full'
  | 'read_only'
  | 'unreadable'
  | 'damaged';

type Details = Readonly<{ hint: string; cause: unknown; mayBeDone: boolean }>;

/** The database as a whole does not do its work at present: whatever it is asked next will most likely fail alike. */
export class StoreUnavailable extends UserFacingError {
  override readonly name = 'StoreUnavailable';
  readonly kind: StoreTrouble;
  /** What was asked may have been done all the same: the answer is what is missing. */
  readonly mayBeDone: boolean;

  constructor(kind: StoreTrouble, message: string, { hint, cause, mayBeDone }: Details) {
    super(message, hint, { cause });
    this.kind = kind;
    this.mayBeDone = mayBeDone;
  }
}
