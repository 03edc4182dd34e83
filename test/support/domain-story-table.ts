import { expect } from '@jest/globals';
import { broken, fine, shows } from './domain-happenings.ts';
import { tell } from './domain-simulation.ts';
import type { Script, Story } from './domain-story.ts';

/*
 * Whole stories on a virtual clock, from 09:00 on a Monday in New York, polled every hour on the hour. Left: what
 * happens, and when. Right: every mail that a server accepted.
 */
export type Row = readonly [title: string, story: Story, mail: readonly string[]];

export function check(_: string, story: Story, mail: readonly string[]): void {
  expect(tell(story).mail).toEqual(mail);
}

export const well: Script[number] = ['0s', shows({ facebook: fine })];
export const facebookBreaks: Script = [well, ['30m', shows({ facebook: broken })]];
export const facebookTold = '1h17m first_alert to owner: reconnect facebook';
