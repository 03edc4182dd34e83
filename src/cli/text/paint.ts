import picocolors from 'picocolors';
import type { Health } from '../../domain/model/condition.ts';
import type { Output } from '../context.ts';

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/** Coloured where the output has colour, the same text elsewhere. */
export function paint(output: Output, text: string, style: Style): string {
  return picocolors.createColors(output.hasColour)[style](text);
}

const healthStyles: Readonly<Record<Health, Style>> = {
  broken: 'red',
  waiting: 'yellow',
  unobserved: 'dim',
  healthy: 'green',
  removed: 'dim',
};

export function healthCell(health: Health | null): Readonly<{ text: string; style: Style }> {
  return health === null ? { text: 'no connections', style: 'dim' } : { text: health, style: healthStyles[health] };
}
