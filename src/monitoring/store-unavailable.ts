import { UserFacingError } from './user-facing-error.ts';

export type StoreTrouble = 'locked' | 'away' | 'slow' | 'full' | 'read_only' | 'damaged';

/** The database as a whole does not do its work at present: whatever it is asked next will most likely fail alike. */
export class StoreUnavailable extends UserFacingError {
  override readonly name = 'StoreUnavailable';
  readonly kind: StoreTrouble;

  constructor(kind: StoreTrouble, message: string, { hint, cause }: Readonly<{ hint: string; cause: unknown }>) {
    super(message, hint, { cause });
    this.kind = kind;
  }
}
