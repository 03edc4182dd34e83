import type { BounceReport } from '../domain/delivery/bounce.ts';
import { headerFields } from './header-fields.ts';
import { oneLine } from './one-line.ts';

const actions = ['failed', 'delayed', 'delivered', 'relayed', 'expanded'] as const;

type Fields = ReadonlyMap<string, readonly string[]>;

/**
 * The recipient's fields in a `message/delivery-status` part (RFC 3464); the worst recipient's when there are several,
 * as after a forwarding. Null without any recipient.
 */
export function readReport(content: string): BounceReport | null {
  const reports = content
    .split(/\r?\n[ \t]*\r?\n/)
    .map(headerFields)
    .flatMap((fields) => reportOf(fields) ?? []);
  return reports.toSorted((a, b) => actions.indexOf(a.action) - actions.indexOf(b.action))[0] ?? null;
}

function reportOf(fields: Fields): BounceReport | null {
  const named = value(fields, 'action')?.toLowerCase();
  // RFC 3464 allows a comment after the code, and servers use it.
  const stated = /^([245]\.\d{1,3}\.\d{1,3})\b/.exec(value(fields, 'status') ?? '')?.[1];
  const action = actions.find((known) => named?.split(/[\s(]/)[0] === known) ?? actionOf(stated);
  if (action === undefined) return null;
  const said = withoutType(value(fields, 'diagnostic-code') ?? '');
  const status = moreExact(stated ?? (action === 'failed' ? '5.0.0' : '4.0.0'), said);
  return { action, status, response: oneLine(said || `${action}, status ${status}`) };
}

function actionOf(status: string | undefined): BounceReport['action'] | undefined {
  if (status?.startsWith('5.')) return 'failed';
  if (status?.startsWith('4.')) return 'delayed';
  return status === undefined ? undefined : 'delivered';
}

/** Drops the type from `smtp; 550 5.1.1 No such user`: it tells a reader nothing. */
function withoutType(code: string): string {
  return code.replace(/^[\w.-]+[ \t]*;[ \t]*/, '');
}

/** A status such as 5.0.0 names no subject, but the server's own words may contain a precise code. */
function moreExact(status: string, said: string): string {
  if (!status.endsWith('.0.0')) return status;
  const [exact = status] = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(said) ?? [];
  return exact.charAt(0) === status.charAt(0) ? exact : status;
}

function value(fields: Fields, name: string): string | undefined {
  return fields.get(name)?.[0];
}
