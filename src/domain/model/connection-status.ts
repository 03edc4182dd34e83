/** A boolean that upstream may leave out or send as null: unknown, never false. */
export type Tristate = boolean | null;

/**
 * The seven fields of Constant Contact's `connection_status`, all optional upstream; null means unknown.
 * Source: the published contract, `ConnectionStatusDto` (GET /v3/social/connections).
 */
export type ConnectionStatus = Readonly<{
  hasToken: Tristate;
  /** True when a page or profile is connected; it does not mean that a person is active. */
  isActiveUser: Tristate;
  /** The account's own limit, or that of Constant Contact's application. */
  rateLimited: Tristate;
  tokenHasScopes: Tristate;
  /** The outcome of a live probe, so a hiccup of the network can make it false. */
  tokenIsValid: Tristate;
  error: string | null;
  /** The HTTP status of the social network's API, named `status` upstream. */
  networkStatus: number | null;
}>;

export const UNKNOWN_STATUS: ConnectionStatus = {
  hasToken: null,
  isActiveUser: null,
  rateLimited: null,
  tokenHasScopes: null,
  tokenIsValid: null,
  error: null,
  networkStatus: null,
};

/**
 * Whether two statuses are the same observation. Error texts often carry a request id or a time, so they are
 * compared without any word that has a digit in it: otherwise every poll would start a new period.
 */
export function isSameStatus(a: ConnectionStatus, b: ConnectionStatus): boolean {
  return (
    a.hasToken === b.hasToken &&
    a.isActiveUser === b.isActiveUser &&
    a.rateLimited === b.rateLimited &&
    a.tokenHasScopes === b.tokenHasScopes &&
    a.tokenIsValid === b.tokenIsValid &&
    a.networkStatus === b.networkStatus &&
    withoutVariableWords(a.error) === withoutVariableWords(b.error)
  );
}

function withoutVariableWords(text: string | null): string | null {
  return text === null ? null : text.replaceAll(/\S*\d\S*/g, '#');
}
