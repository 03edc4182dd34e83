import { z } from 'zod';
import type { Page, PagesAnswer } from '../domain/model/pages.ts';
import { storedText } from './stored-text.ts';

const MAX_NAME = 100;

const text = z.string().nullish().catch(null);

/**
 * One entry of `GET /social/profiles?include=accessible` (published contract, build 3.0.178: `ProfileDto`, a bare
 * array). `accessible` is there only when it was asked for; an entry without it says nothing. Everything else may be
 * missing or of another type, `connected` and `network` included, although they are documented as required.
 */
const profileSchema = z.object({
  network: z.string(),
  accessible: z.boolean(),
  connected: z.boolean().nullish().catch(null),
  name: text,
  handle: text,
  network_user_id: text,
  account_info: z.object({ network_account_id: text }).nullish().catch(null),
});

/** Throws a ZodError for a body that is no list. An entry that cannot be read is left out. */
export function parseProfiles(body: unknown): PagesAnswer {
  const entries = z.array(z.unknown()).parse(body);
  const read = entries.map((entry) => profileSchema.safeParse(entry));
  const profiles = read.flatMap(({ success, data }) => (success ? [data] : []));
  const owned = profiles.map((profile) => ({ profile, accountIds: accountIdsOf(profile) }));
  return {
    // A page that is not connected is one that nobody chose to post to.
    pages: owned.filter(({ profile }) => profile.connected !== false).map(toPage),
    isWhole: owned.length === entries.length && owned.every(({ accountIds }) => accountIds.length > 0),
  };
}

type Profile = z.infer<typeof profileSchema>;

function accountIdsOf({ account_info, network_user_id }: Profile): readonly string[] {
  return [account_info?.network_account_id, network_user_id].flatMap((id) => id?.trim() || []);
}

function toPage({ profile, accountIds }: Readonly<{ profile: Profile; accountIds: readonly string[] }>): Page {
  const { network, accessible, name, handle } = profile;
  const shown = storedText(name?.trim(), MAX_NAME) ?? storedText(handle?.trim(), MAX_NAME);
  return { network: network.trim().toLowerCase(), accountIds, name: shown, isAccessible: accessible };
}
