/** What a process asks again and again; the rest sets something up, or acts as it is prepared. */
const REPEATED = /^\s*(SELECT|WITH|INSERT|UPDATE|DELETE|COMMIT)\b/i;

/** Whether it may pay to keep the statement prepared. */
export function isRepeated(sql: string): boolean {
  return REPEATED.test(sql);
}
