/** Everything that a storm leaves behind for its judge. Times are the storm's own clock, ms since the Unix epoch. */
export type Evidence = Readonly<{
  breaks: readonly Break[];
  /** Every mail that the mail server took, whatever it said about it then. In the order of their arrival. */
  mails: readonly TakenMail[];
  polls: readonly SeenPoll[];
  /** When the daemon was killed. */
  kills: readonly number[];
  /** When the database was away. */
  outages: readonly Span[];
  /** When the mail server was in trouble. */
  mailTroubles: readonly Span[];
  listed: readonly ListedMail[];
  /** How each tenant stands when all is over, after its access token was made useless. */
  tenants: readonly FinalTenant[];
  /** Spent refresh tokens that were presented once more. */
  reusedTokens: number;
  /** Tenants that a daemon which lived through an outage of the database did not ask again soon. */
  unaskedAfterOutage: readonly string[];
  /** Tenants that a daemon which was told to stop kept for itself, so that for minutes nobody else asks them. */
  leftByStop: readonly string[];
}>;

export type Span = Readonly<{ from: number; to: number }>;

/** A tenant's account of a network; each tenant has one of a network. */
export type Account = Readonly<{ tenantId: string; network: string }>;

export type Break = Account &
  Readonly<{
    from: number;
    /** Null while it lasts. */
    to: number | null;
    /** Only the owner, once told, repairs it; other breaks pass by themselves, told or not. */
    isLasting: boolean;
  }>;

export type TakenMail = Readonly<{
  at: number;
  messageId: string;
  subject: string;
  /** Null when it went to nobody's owner: to the operator. */
  tenantId: string | null;
  kind: 'alert' | 'recovered' | 'other';
  networks: readonly string[];
  /** The server hung up in place of saying that it has the mail. */
  isDropped: boolean;
}>;

/** A line of `mail list`. */
export type ListedMail = Readonly<{
  messageId: string | null;
  tenantId: string | null;
  kind: string;
  /** It may have arrived, says Linkwatch: an attempt ended without an answer. */
  outcomeUnknown: boolean;
}>;

/** A poll whose answer Linkwatch has stored. */
export type SeenPoll = Readonly<{ tenantId: string; from: number; to: number }>;

export type FinalTenant = Readonly<{ tenantId: string; state: string; isAskedWell: boolean }>;
