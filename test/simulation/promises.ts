import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/domain/model/time.ts';
import type { Look } from './plan.ts';

/*
 * What product.md promises, in figures, for a world that is polled every hour. These are its words, and none of the
 * code's: where the two differ, one of them is wrong.
 */

/** What somebody has to do about an account that looks so; null: nobody knows, or nothing. */
export const actionOf: Readonly<Record<Look, 'reconnect' | 'choose_profile' | 'wait' | null>> = {
  fine: null,
  unanswered: null,
  gone: null,
  broken: 'reconnect',
  scopeless: 'reconnect',
  profileless: 'choose_profile',
  limited: 'wait',
};

export const INTERVAL_MS = HOUR_MS;
export const RECHECK_AFTER_MS = 15 * MINUTE_MS;
/** Between two answers to polls that are so far apart: the first may have been on its way for a while. */
export const APART_MS = RECHECK_AFTER_MS - 2 * MINUTE_MS;
export const RATE_LIMIT_AFTER_MS = 2 * HOUR_MS;
export const CHECK_FAILED_AFTER_MS = DAY_MS;
export const FIRST_REMINDER_MS = 2 * DAY_MS;
export const REMINDERS = 5;
/** Local hours in which reminders may come. */
export const REMINDER_HOURS = { from: 9, to: 17 };

/**
 * In calm weather: the poll, its confirmation, a sibling that is waited for, the group; and before that the mail, the
 * claims and the leases that the weather has left behind: a mail may wait for an hour, one without an answer for six.
 */
export const SOON_MS = INTERVAL_MS + 2 * RECHECK_AFTER_MS + 2 * MINUTE_MS + 10 * MINUTE_MS + HOUR_MS;
export const UNKNOWN_WAIT_MS = 7.5 * HOUR_MS;
/** A flapping account is told of when one health has held for six hours. */
export const FLAPPING_MS = 6 * HOUR_MS;
export const FLAP_WINDOW_MS = DAY_MS;
/** So many tenants at once show what is no tenant's own. */
export const FLEET_MIN = 10;
/** A hold keeps mail back for so long at most, however many outages follow one another meanwhile. */
export const FLEET_HOLD_MS = 6 * HOUR_MS;
/** An outage is noticed within the hour; then it is held for six hours at most, and told what is still true. */
export const OUTAGE_OVER_MS = 8 * HOUR_MS;
/** What was seen so long before cannot be news any more to whoever sends a mail. */
export const UNDER_WAY_MS = 45 * MINUTE_MS;
