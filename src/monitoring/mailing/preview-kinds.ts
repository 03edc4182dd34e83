/** The plain names are those of the outbox, the others its notable variants. */
export const ownerPreviewKinds = [
  'alert',
  'alert-several',
  'alert-wait',
  'alert-baseline',
  'alert-settled',
  'reminder',
  'last-reminder',
  'recovered',
  'flapping',
  'removed',
  'reauthorize',
  'access_denied',
  'invitation',
] as const;

/** In English alone, and without a link for an owner. */
export const operatorPreviewKinds = [
  'alert-to-operator',
  'operator',
  'operator-ended',
  'operator-test',
  'quota-exceeded',
  'hold-fleet',
  'hold-access',
  'hold-ended',
  'brake',
  'mail-works-again',
  'undeliverable',
  'recipient-gone',
  'never-worked',
  'webhook-stopped',
  'digest',
] as const;
export type OperatorPreviewKind = (typeof operatorPreviewKinds)[number];

/** The kinds of mail that `mail preview` can show. */
export const previewKinds = [...ownerPreviewKinds, ...operatorPreviewKinds] as const;
export type PreviewKind = (typeof previewKinds)[number];
