import { UserFacingError } from '../../monitoring/user-facing-error.ts';

/** A file of tenants that cannot be read as a whole, so that no line of it is looked at. */
export class UnreadableFile extends UserFacingError {
  override readonly name = 'UnreadableFile';
}
