export const mailKinds = [
  'alert',
  'reminder',
  'recovered',
  'flapping',
  'removed',
  'reauthorize',
  'access_denied',
  'operator',
  'digest',
] as const;
export type MailKind = (typeof mailKinds)[number];

export function isAlertKind(kind: MailKind): boolean {
  return kind === 'alert' || kind === 'reauthorize' || kind === 'access_denied';
}
