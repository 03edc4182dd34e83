/** What to do where Constant Contact refuses more requests although our own count leaves some of the day's. */
export const REFUSED_EARLY_REMEDY =
  'Look whether another program uses the same key, and whether the key is really allowed so many (CONSTANT_CONTACT_REQUESTS_PER_DAY, `linkwatch application update`).';
