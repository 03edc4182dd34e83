/** The rules' own knobs; the variables of the same names in `.env.example`, in ms and plain numbers. */
export type AlertSettings = Readonly<{
  recheckAfterMs: number;
  confirmPolls: number;
  recoveryPolls: number;
  rateLimitAfterMs: number;
  checkFailedAfterMs: number;
  outageAfterMs: number;
  alertOnBaseline: boolean;
  groupWaitMs: number;
  /** After the alert was accepted; ascending. Empty means no reminders. */
  remindAfterMs: readonly number[];
  reminderHours: ReminderHours;
  mailRetryForMs: number;
  /** Still broken for this long: into the operator's digest. */
  escalateAfterMs: number;
  flapChanges: number;
  flapWindowMs: number;
  /** 0 to 1. */
  fleetShare: number;
  fleetMin: number;
  fleetWindowMs: number;
  fleetHoldMs: number;
  /** Owners' mails an hour. */
  mailBrake: number;
}>;

/**
 * Local minutes of the day, from 0 to 1440, in which reminders may be sent; the end is exclusive.
 * A window whose end is not after its start wraps midnight.
 */
export type ReminderHours = Readonly<{ fromMinute: number; toMinute: number }>;
