import type { Permission } from '../../domain/model/grant.ts';
import type { PollFailure } from '../../domain/model/poll.ts';
import type { Instant } from '../../domain/model/time.ts';
import type { ApiResult } from './constant-contact.ts';

/** Constant Contact's pages on which a person lets us see an account, and the tokens that come of it (OAuth 2). */
export interface Authorizer {
  /** Where to send the browser. `prompt`: the person is to sign in anew, and may do so as somebody else. */
  begin(redirectUri: string, options: Readonly<{ prompt: boolean }>): Promise<AuthorizationRequest>;
  /** Exchanges the code with which the browser came back, which works once. Rejects when it got no slot. */
  finish(returned: ReturnedBrowser): Promise<AuthorizationAnswer>;
  /**
   * Begins the authorisation of a device without a browser. A failure is a value; rejects only when it got no slot.
   */
  beginDevice(): Promise<ApiResult<DeviceRequest>>;
  /**
   * One question to the token endpoint; `waiting` until the person has answered. Rejects as `finish` does. Ask no more
   * often than `intervalMs`.
   */
  pollDevice(deviceCode: string): Promise<AuthorizationAnswer | DeviceWait>;
}

export type AuthorizationRequest = Readonly<{ url: string }> & AuthorizationSecrets;

/** What only the browser that began may know; the answer has to fit it. */
export type AuthorizationSecrets = Readonly<{ state: string; verifier: string }>;

/** The query of the address to which Constant Contact sent the browser; it may be forged. */
export type ReturnedBrowser = AuthorizationSecrets &
  Readonly<{ redirectUri: string; query: Readonly<Record<string, unknown>> }>;

export type AuthorizationAnswer =
  | Readonly<{ outcome: 'agreed'; permission: Permission }>
  /** The person refused. */
  | Readonly<{ outcome: 'denied' }>
  /** The answer belongs to no request of this browser: nothing was asked. */
  | Readonly<{ outcome: 'forged' }>
  /** The code or the device's request has run out. */
  | Readonly<{ outcome: 'expired' }>
  | Readonly<{ outcome: 'failed'; failure: PollFailure }>;

export type DeviceRequest = Readonly<{
  deviceCode: string;
  userCode: string;
  verificationUri: string;
  expiresAt: Instant;
  /** Least time between two questions. */
  intervalMs: number;
}>;

/** `isTooSoon`: to be asked less often from now on. */
export type DeviceWait = Readonly<{ outcome: 'waiting'; isTooSoon: boolean }>;
