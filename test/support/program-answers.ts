/** What the program prints with `--json`, as far as the stories read it. */
export type RoundAnswer = Readonly<{
  polled: number;
  failed: number;
  changes: readonly Readonly<{
    tenantId: string;
    network: string;
    from: string | null;
    to: string;
    conditions: readonly string[];
    reason: string;
  }>[];
  incidents: Readonly<{ opened: number; closed: number }>;
  mail: Readonly<{ sent: number; pending: number; held: number; failed: number }>;
}>;

export type TenantsAnswer = Readonly<{
  tenants: readonly Readonly<{
    id: string;
    name: string;
    state: string;
    health: string | null;
    connections: Readonly<Record<string, number>>;
    lastPolledAt: string | null;
    nextPollAt: string | null;
  }>[];
}>;

export type IncidentsAnswer = Readonly<{
  incidents: readonly Readonly<{ id: string; state: string; decision: string; notifications: readonly string[] }>[];
}>;

export type MailAnswer = Readonly<{
  mail: readonly Readonly<{
    id: string;
    tenantId: string | null;
    kind: string;
    state: string;
    reason: string;
    attempts: number;
    outcomeUnknown: boolean;
    response: string | null;
    messageId: string | null;
  }>[];
}>;

export type HistoryAnswer = Readonly<{
  connections: readonly Readonly<{
    network: string;
    uptime: number | null;
    coverage: number | null;
    periods: readonly Readonly<{ from: string; to: string; health: string; polls: number }>[];
  }>[];
}>;

export type ReplayAnswer = Readonly<{
  settings: Readonly<Record<string, string>>;
  totals: Readonly<Record<string, Readonly<{ would: number; was: number }>>>;
  tenants: readonly Readonly<{ id: string; would: readonly object[]; was: readonly object[] }>[];
}>;
