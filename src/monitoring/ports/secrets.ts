/** All sealed secrets, as far as the keys are concerned that seal them. */
export interface SecretStore {
  /** How many stored values each key has sealed. */
  keysInUse(): Promise<readonly KeyUse[]>;
  /**
   * Seals one page of what other keys have sealed with the first key; what is stored meanwhile is left alone. `after`
   * and `last` are tenants' ids, `last` null on the last page. A value that no key opens stays as it is.
   */
  reseal(page: Readonly<{ after: string; limit: number }>): Promise<ResealedPage>;
  /** Does the same to the answers to writes that programs may repeat; `after` and `last` are the writes' ids. */
  resealAnswers(page: Readonly<{ after: string; limit: number }>): Promise<ResealedPage>;
  /** Does the same to the secrets of webhooks; `after` and `last` are the endpoints' ids. */
  resealWebhooks(page: Readonly<{ after: string; limit: number }>): Promise<ResealedPage>;
  /** Does the same to the secrets of applications; `after` and `last` are the applications' ids. */
  resealApplications(page: Readonly<{ after: string; limit: number }>): Promise<ResealedPage>;
}

/** `isKnown`: the key is in ENCRYPTION_KEY; `isFirst`: it is the one that seals. */
export type KeyUse = Readonly<{ keyId: string; values: number; isKnown: boolean; isFirst: boolean }>;

export type ResealedPage = Readonly<{ resealed: number; unreadable: number; last: string | null }>;
