import type { Action } from './condition.ts';

/** One step of one incident that a mail reports. A contact gets at most one live mail about each step. */
export type Topic = Readonly<{ incidentId: string; step: Step; action: Action }>;

export type Step =
  /** The first alert has the number 1; an alert about a worse action has the next number. */
  | Readonly<{ kind: 'alert'; number: number }>
  /** A reminder belongs to the alert whose clock it follows; the first slot after that alert is 1. */
  | Readonly<{ kind: 'reminder'; alert: number; slot: number }>
  | Readonly<{ kind: 'flapping' }>
  | Readonly<{ kind: 'recovered' }>
  | Readonly<{ kind: 'removed' }>
  /** Stored by another version of Linkwatch. It keeps its text and equals no step of this version. */
  | Readonly<{ kind: 'other'; text: string }>;

/** As a step is stored: `alert:1`, `reminder:1.3`, `flapping`, `recovered`, `removed`. */
export function stepToText(step: Step): string {
  switch (step.kind) {
    case 'alert':
      return `alert:${step.number}`;
    case 'reminder':
      return `reminder:${step.alert}.${step.slot}`;
    case 'other':
      return step.text;
    default:
      return step.kind;
  }
}

export function stepFromText(text: string): Step {
  if (text === 'flapping' || text === 'recovered' || text === 'removed') return { kind: text };
  const alert = /^alert:(\d+)$/.exec(text);
  if (alert !== null) return { kind: 'alert', number: Number(alert[1]) };
  const reminder = /^reminder:(\d+)\.(\d+)$/.exec(text);
  if (reminder !== null) return { kind: 'reminder', alert: Number(reminder[1]), slot: Number(reminder[2]) };
  return { kind: 'other', text };
}

export function isSameStep(a: Step, b: Step): boolean {
  return stepToText(a) === stepToText(b);
}
