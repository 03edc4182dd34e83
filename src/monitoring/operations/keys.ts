import type { KeyUse, ResealedPage, Stores } from '../ports.ts';
import { UserFacingError } from '../user-facing-error.ts';
import type { KeyRotation } from '../views.ts';

type KeyPorts = Pick<Stores, 'secrets'>;

/** Rows whose values are sealed anew at once. */
const PAGE = 500;

/**
 * Seals every stored secret with the first key of ENCRYPTION_KEY. It may run beside daemons that have both keys, and be
 * broken off and run again: what is sealed already is left out.
 */
export async function rotateKeys(
  { secrets }: KeyPorts,
  onProgress: (done: number, total: number) => void,
): Promise<KeyRotation> {
  const older = (await secrets.keysInUse()).filter(({ isFirst }) => !isFirst);
  const total = older.reduce((sum, { values }) => sum + values, 0);
  let [resealed, unreadable] = [0, 0];
  for (const reseal of [secrets.reseal, secrets.resealAnswers, secrets.resealWebhooks, secrets.resealApplications]) {
    for (let after: string | null = ''; after !== null; ) {
      const page: ResealedPage = await reseal({ after, limit: PAGE });
      resealed += page.resealed;
      unreadable += page.unreadable;
      after = page.last;
      onProgress(resealed + unreadable, total);
    }
  }
  return { resealed, unreadable, keys: await secrets.keysInUse() };
}

/** Throws when no key of ENCRYPTION_KEY opens anything that is stored: the key is wrong, and nothing was touched. */
export async function assertKeysFit({ secrets }: KeyPorts): Promise<void> {
  const uses = await secrets.keysInUse();
  if (uses.length === 0 || uses.some(({ isKnown }) => isKnown)) return;
  throw new UserFacingError(
    `ENCRYPTION_KEY opens none of the ${valuesOf(uses)} stored tokens: they were sealed with ${namesOf(uses)}`,
    'Set ENCRYPTION_KEY to the key they were stored with; a new one goes before it: NEW,OLD.',
  );
}

/** What the stored tokens need and ENCRYPTION_KEY lacks; null when it opens all. */
export function lackingKeys(uses: readonly KeyUse[]): string | null {
  const lacking = uses.filter(({ isKnown }) => !isKnown);
  if (lacking.length === 0) return null;
  return `${valuesOf(lacking)} were sealed with ${namesOf(lacking)}, which ENCRYPTION_KEY does not have`;
}

function valuesOf(uses: readonly KeyUse[]): string {
  return uses.reduce((sum, { values }) => sum + values, 0).toLocaleString('en-US');
}

function namesOf(uses: readonly KeyUse[]): string {
  return uses.map(({ keyId }) => `key ${keyId}`).join(', ');
}
