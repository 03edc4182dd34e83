import { NEEDED_PRIVILEGE } from '../domain/detection/explain-refusal.ts';
import type { MissingPart } from '../domain/model/poll.ts';

/** What `privileges.intro.known` names. */
export const privilegeNamed = { privilege: NEEDED_PRIVILEGE };

/** The sentence that says since when we cannot see the accounts, and why, where the cause is known. */
export function accessIntroKey(action: 'reauthorize' | 'privileges', missing: MissingPart | null) {
  if (action === 'privileges') return missing === 'privilege' ? 'privileges.intro.known' : 'privileges.intro';
  return missing === 'scope' ? 'reauthorize.intro.scope' : 'reauthorize.intro';
}
