import { createHash } from 'node:crypto';
import type { TokenMint } from './opaque-tokens.ts';

export type AuthorizationRules = Readonly<{
  /** Where Constant Contact may send the browser back to, compared exactly; null lets every address through. */
  redirectUris: readonly string[] | null;
  /** Asked for, and not granted. Without `offline_access` an answer has no refresh token, and no error. */
  omittedScopes: readonly string[];
  deviceIntervalS: number;
  deviceLifetimeS: number;
}>;

/** A person's permission, for which the application gets tokens. */
export type Permission = Readonly<{ tenantId: string; scopes: readonly string[] }>;

/** An authorization request that the person has agreed to. */
export type Agreed = Permission & Readonly<{ redirectUri: string; challenge: string | null }>;

export type DeviceCodes = Readonly<{ deviceCode: string; userCode: string }>;

export type DevicePoll = Permission | 'authorization_pending' | 'slow_down' | 'expired_token' | 'access_denied';

/** Codes that wait to be exchanged for tokens: each works once, and for a few minutes. */
export type Authorizations = Readonly<{
  /** A code for the browser to carry back. */
  agree(agreed: Agreed): string;
  /** Null when the code is unknown, used or too old, or when redirect URI or verifier are not those of the request. */
  redeem(code: string, presented: Readonly<{ redirectUri: string; verifier: string | null }>): Permission | null;
  beginDevice(scopes: readonly string[]): DeviceCodes;
  /** Whether a device waits for an answer to this code. */
  isAwaited(userCode: string): boolean;
  /** `tenantId` null: the person refuses. */
  answerDevice(userCode: string, tenantId: string | null): void;
  /** Null for a device code that nobody has. */
  pollDevice(deviceCode: string): DevicePoll | null;
}>;

const CODE_LIFETIME_MS = 5 * 60 * 1000;
const SLOW_DOWN_S = 5;

type Setting = Readonly<{ mint: TokenMint; rules: () => AuthorizationRules; now: () => number }>;

export function createAuthorizations(setting: Setting): Authorizations {
  return { ...createCodes(setting), ...createDevices(setting) };
}

function createCodes({ mint, now }: Setting): Pick<Authorizations, 'agree' | 'redeem'> {
  const codes = new Map<string, Agreed & { expiresAt: number }>();
  let issued = 0;
  return {
    agree(agreed) {
      const code = mint.code(issued++);
      codes.set(code, { ...agreed, expiresAt: now() + CODE_LIFETIME_MS });
      return code;
    },
    redeem(code, { redirectUri, verifier }) {
      const agreed = codes.get(code);
      // A code is used up by the attempt, whether or not the attempt succeeds.
      codes.delete(code);
      if (agreed === undefined || agreed.expiresAt <= now() || agreed.redirectUri !== redirectUri) return null;
      return agreed.challenge === challengeOf(verifier) ? agreed : null;
    },
  };
}

/** RFC 7636: the base64url of the verifier's SHA-256. */
function challengeOf(verifier: string | null): string | null {
  return verifier === null ? null : createHash('sha256').update(verifier).digest('base64url');
}

type Device = {
  readonly scopes: readonly string[];
  readonly userCode: string;
  readonly expiresAt: number;
  intervalMs: number;
  polledAt: number | null;
  answer: string | 'refused' | null;
};

function createDevices({
  mint,
  rules,
  now,
}: Setting): Pick<Authorizations, 'beginDevice' | 'isAwaited' | 'answerDevice' | 'pollDevice'> {
  const devices = new Map<string, Device>();
  const awaited = (userCode: string) =>
    [...devices.values()].find(
      (device) => device.userCode === plainCode(userCode) && device.answer === null && device.expiresAt > now(),
    );
  let issued = 0;
  return {
    beginDevice(scopes) {
      const { deviceIntervalS, deviceLifetimeS } = rules();
      const { deviceCode, userCode } = mint.deviceCodes(issued++);
      const expiresAt = now() + deviceLifetimeS * 1000;
      const intervalMs = deviceIntervalS * 1000;
      devices.set(deviceCode, { scopes, userCode, expiresAt, intervalMs, polledAt: null, answer: null });
      return { deviceCode, userCode };
    },
    isAwaited: (userCode) => awaited(userCode) !== undefined,
    answerDevice(userCode, tenantId) {
      const device = awaited(userCode);
      if (device !== undefined) device.answer = tenantId ?? 'refused';
    },
    pollDevice(deviceCode) {
      const device = devices.get(deviceCode);
      if (device === undefined) return null;
      const outcome = pollOutcome(device, now());
      if (typeof outcome === 'object' || outcome === 'access_denied') devices.delete(deviceCode);
      return outcome;
    },
  };
}

function pollOutcome(device: Device, now: number): DevicePoll {
  if (device.expiresAt <= now) return 'expired_token';
  const isTooSoon = device.polledAt !== null && now - device.polledAt < device.intervalMs;
  device.polledAt = now;
  if (isTooSoon) {
    device.intervalMs += SLOW_DOWN_S * 1000;
    return 'slow_down';
  }
  if (device.answer === null) return 'authorization_pending';
  return device.answer === 'refused' ? 'access_denied' : { tenantId: device.answer, scopes: device.scopes };
}

/** People type a code in small letters, and with other marks between its halves. */
function plainCode(typed: string): string {
  return typed.toUpperCase().replaceAll(/[^A-Z]/g, '');
}
