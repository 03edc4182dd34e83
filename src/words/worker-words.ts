import { SECOND_MS } from '../domain/model/time.ts';
import type { WorkerView } from '../monitoring/views.ts';

/** `132 polls, 1 mail`, of the ten seconds between two reports. */
export function doneText({ polls, mails, webhooks }: WorkerView['done']): string {
  const parts = [countOf(polls, 'poll'), countOf(mails, 'mail'), countOf(webhooks, 'webhook')];
  return parts.filter((part) => part !== '').join(', ') || 'nothing was due';
}

function countOf(count: number, name: string): string {
  return count === 0 ? '' : `${count} ${name}${count === 1 ? '' : 's'}`;
}

/** `0.2 s ahead`, against the database's clock. */
export function clockText(aheadMs: number): string {
  const tenths = Math.round(Math.abs(aheadMs) / (SECOND_MS / 10)) / 10;
  return tenths === 0 ? 'the same' : `${tenths} s ${aheadMs > 0 ? 'ahead' : 'behind'}`;
}
