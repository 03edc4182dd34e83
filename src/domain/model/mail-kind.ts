export const tenantMailKinds = [
  'alert',
  'reminder',
  'recovered',
  'flapping',
  'removed',
  'reauthorize',
  'access_denied',
  'invitation',
] as const;
export type TenantMailKind = (typeof tenantMailKinds)[number];

export type OperatorMailKind = 'operator' | 'digest';

export const mailKinds = [...tenantMailKinds, 'operator', 'digest'] as const;
export type MailKind = TenantMailKind | OperatorMailKind;

export function isAlertKind(kind: MailKind): boolean {
  return kind === 'alert' || kind === 'reauthorize' || kind === 'access_denied';
}

/** Mail from which its reader learns that something is wrong. */
export function tellsOfTrouble(kind: MailKind): boolean {
  return isAlertKind(kind) || kind === 'reminder' || kind === 'flapping' || kind === 'removed';
}
