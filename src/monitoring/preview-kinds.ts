/** What `mail preview` can show; the plain names are those of the outbox, the others its notable variants. */
export const previewKinds = [
  'alert',
  'alert-several',
  'alert-wait',
  'alert-baseline',
  'reminder',
  'last-reminder',
  'recovered',
  'reauthorize',
  'access_denied',
  'operator',
  'operator-ended',
  'operator-test',
] as const;
export type PreviewKind = (typeof previewKinds)[number];
