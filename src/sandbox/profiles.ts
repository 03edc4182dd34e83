import type { WireConnection, WireProfile } from './wire-format.ts';

/** A page of a connection, as a test or a demo says how it is. */
export type SandboxPage = Readonly<{ name: string; accessible: boolean; connected?: boolean }>;

type Owned = Readonly<{ connection: WireConnection; pages: readonly SandboxPage[] | undefined }>;

/** The entries of `GET /social/profiles`; `accessible` is among their fields only when it was asked for. */
export function profilesOf(all: readonly Owned[], isAccessibleAsked: boolean): readonly WireProfile[] {
  return all.flatMap(({ connection, pages = usualPages(connection) }) =>
    pages.map((page, index) => profileOf(connection, page, { index, isAccessibleAsked })),
  );
}

/** One page with the connection's own name, which a dead token puts out of reach. */
function usualPages({ account_info: info, connection_status: status }: WireConnection): readonly SandboxPage[] {
  if (status?.is_active_user === false) return [];
  const accessible = status?.has_token !== false && status?.token_is_valid !== false;
  return [{ name: String(info?.display_name ?? info?.network_account_id), accessible }];
}

function profileOf(
  { account_info: info }: WireConnection,
  { name, accessible, connected = true }: SandboxPage,
  { index, isAccessibleAsked }: Readonly<{ index: number; isAccessibleAsked: boolean }>,
): WireProfile {
  const account = `${info?.network}-${info?.network_account_id}`;
  return {
    profile_id: `${account}-${index}`,
    name,
    network: info?.network,
    connected,
    account_info: info ?? null,
    handle: null,
    network_profile_id: `${account}-page-${index}`,
    network_user_id: info?.network_account_id,
    ...(isAccessibleAsked ? { accessible } : {}),
  };
}
