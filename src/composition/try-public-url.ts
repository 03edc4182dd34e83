import { SECOND_MS } from '../domain/model/time.ts';

const TIMEOUT_MS = 5 * SECOND_MS;

/** Whether Linkwatch answers at PUBLIC_URL, asked from this machine: `other` is something that answers in its place. */
export async function tryPublicUrl(publicUrl: string): Promise<'answers' | 'other' | 'silent'> {
  try {
    const url = `${publicUrl}/livez`;
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    return (await response.text()).includes('"alive"') ? 'answers' : 'other';
  } catch {
    return 'silent';
  }
}
