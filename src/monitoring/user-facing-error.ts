/** An error in words for a person: what happened, and what to do about it. */
export class UserFacingError extends Error {
  override readonly name: string = 'UserFacingError';
  readonly hint: string | null;

  constructor(message: string, hint: string | null = null, options: ErrorOptions = {}) {
    super(message, options);
    this.hint = hint;
  }
}
