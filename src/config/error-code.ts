/** Node.js's code of a failure of the file system, `ENOENT` for one. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
