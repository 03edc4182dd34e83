type Site = Readonly<{
  /** What stands before every path of the dashboard. */
  base: string;
}>;

export function tenantAddress({ base }: Site, id: string): string {
  return `${base}/tenants/${encodeURIComponent(id)}`;
}

export function incidentAddress({ base }: Site, id: string): string {
  return `${base}/incidents/${encodeURIComponent(id)}`;
}

export function mailAddress({ base }: Site, id: string): string {
  return `${base}/mail/${encodeURIComponent(id)}`;
}

export function webhookAddress({ base }: Site, id: string): string {
  return `${base}/webhooks/${encodeURIComponent(id)}`;
}
