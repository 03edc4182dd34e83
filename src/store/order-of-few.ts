/**
 * What an index has found is put in order by this; by the plain column SQLite would rather read the whole table in
 * order.
 */
export function orderOfFew(column: string): string {
  return `COALESCE(${column}, '')`;
}
