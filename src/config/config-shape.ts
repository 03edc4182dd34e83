import type { AlertSettings } from '../domain/model/settings.ts';
import type { UnknownVariable } from './unknown-variables.ts';
import type { Values } from './variables.ts';

/** The validated configuration, by what it is for. Shares are 0 to 1; minutes of the day count from 0. */
export type Config = ReturnType<typeof shapeConfig>;

export function shapeConfig(
  values: Values,
  { isTerminal, unknown }: Readonly<{ isTerminal: boolean; unknown: readonly UnknownVariable[] }>,
) {
  return deepFreeze({
    /** Names that have no effect, to be warned of. */
    unknown,
    database: { url: values.DATABASE_URL },
    /** The first encrypts, all decrypt; empty when the command needs none. */
    encryptionKeys: values.ENCRYPTION_KEY ?? [],
    constantContact: constantContactOf(values),
    polling: {
      schedule: values.POLL_SCHEDULE,
      spread: values.POLL_SPREAD,
      concurrency: values.POLL_CONCURRENCY,
    },
    alerts: alertsOf(values),
    /** UTC minute of the day; null is off. */
    digestAtMinute: values.DIGEST_AT,
    brand: { name: values.BRAND_NAME, url: values.BRAND_URL, color: values.BRAND_COLOR },
    mail: mailOf(values),
    http: {
      host: values.HTTP_HOST,
      port: values.HTTP_PORT,
      publicUrl: values.PUBLIC_URL,
      trustedProxies: values.TRUSTED_PROXIES ?? [],
      apiRequestsPerMinute: values.API_REQUESTS_PER_MINUTE,
    },
    webhooks: { allowPrivate: values.WEBHOOK_ALLOW_PRIVATE },
    retention: { pollsForMs: values.POLL_RETENTION, historyForMs: values.HISTORY_RETENTION },
    heartbeatUrl: values.HEARTBEAT_URL,
    canaryEmail: values.CANARY_EMAIL,
    proxy: proxyOf(values),
    log: { level: values.LOG_LEVEL, format: values.LOG_FORMAT ?? (isTerminal ? 'pretty' : 'json') },
  });
}

/** As Node.js takes it; only what is set. */
function proxyOf({ HTTPS_PROXY, HTTP_PROXY, NO_PROXY }: Values): Readonly<Record<string, string>> {
  const given = Object.entries({ HTTPS_PROXY, HTTP_PROXY, NO_PROXY });
  return Object.fromEntries(given.flatMap(([name, text]) => (text === null ? [] : [[name, text]])));
}

function constantContactOf(values: Values) {
  return {
    clientId: values.CONSTANT_CONTACT_CLIENT_ID,
    /** Null for a PKCE client. */
    clientSecret: values.CONSTANT_CONTACT_CLIENT_SECRET,
    apiUrl: values.CONSTANT_CONTACT_API_URL,
    authUrl: values.CONSTANT_CONTACT_AUTH_URL,
    /** 0 = no limit, in all three. */
    requestsPerSecond: values.CONSTANT_CONTACT_REQUESTS_PER_SECOND,
    requestsPerDay: values.CONSTANT_CONTACT_REQUESTS_PER_DAY,
    tokenRequestsPerSecond: values.CONSTANT_CONTACT_TOKEN_REQUESTS_PER_SECOND,
    quotaReserveShare: values.QUOTA_RESERVE,
    requestTimeoutMs: values.REQUEST_TIMEOUT,
  };
}

function alertsOf(values: Values): AlertSettings {
  return {
    recheckAfterMs: values.RECHECK_AFTER,
    confirmPolls: values.CONFIRM_POLLS,
    recoveryPolls: values.RECOVERY_POLLS,
    rateLimitAfterMs: values.RATE_LIMIT_AFTER,
    checkFailedAfterMs: values.CHECK_FAILED_AFTER,
    outageAfterMs: values.OUTAGE_AFTER,
    alertOnBaseline: values.ALERT_ON_BASELINE,
    groupWaitMs: values.GROUP_WAIT,
    remindAfterMs: values.REMIND_AFTER,
    reminderHours: values.REMINDER_HOURS,
    mailRetryForMs: values.MAIL_RETRY_FOR,
    escalateAfterMs: values.ESCALATE_AFTER,
    flapChanges: values.FLAP_CHANGES,
    flapWindowMs: values.FLAP_WINDOW,
    fleetShare: values.FLEET_SHARE,
    fleetMin: values.FLEET_MIN,
    fleetWindowMs: values.FLEET_WINDOW,
    fleetHoldMs: values.FLEET_HOLD,
    mailBrake: values.MAIL_BRAKE,
  };
}

function mailOf(values: Values) {
  return {
    smtpUrl: values.SMTP_URL,
    from: values.MAIL_FROM,
    operatorEmail: values.OPERATOR_EMAIL,
    returnPath: values.MAIL_RETURN_PATH,
    replyTo: values.MAIL_REPLY_TO,
    reconnectUrl: values.RECONNECT_URL,
    reconnectStepsFile: values.RECONNECT_STEPS_FILE,
    /** Null: mail is not signed. */
    dkim: dkimOf(values),
  };
}

function dkimOf(values: Values) {
  const { MAIL_DKIM_DOMAIN: domain, MAIL_DKIM_SELECTOR: selector, MAIL_DKIM_PRIVATE_KEY: privateKey } = values;
  return domain === null || selector === null || privateKey === null ? null : { domain, selector, privateKey };
}

type DeepReadonly<T> = T extends Uint8Array
  ? T
  : T extends object
    ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> }
    : T;

/** Bytes cannot be frozen. */
function deepFreeze<T>(value: T): DeepReadonly<T> {
  if (typeof value === 'object' && value !== null && !(value instanceof Uint8Array)) {
    for (const part of Object.values(value)) deepFreeze(part);
    Object.freeze(value);
  }
  return value as DeepReadonly<T>;
}
