import { expect } from 'expect';
import { bind } from 'jest-each';

/** Stands in for `@jest/globals` where mutants are tried: tests are collected here, to be run one by one in this process. */

type Run = () => unknown;

export type CollectedTest = Readonly<{ name: string; run: Run }>;

export const collected: CollectedTest[] = [];
const titles: string[] = [];

function addGroup(title: string, body: () => void): void {
  titles.push(title);
  body();
  titles.pop();
}

function addTest(title: string, run: Run): void {
  collected.push({ name: [...titles, title].join(' '), run });
}

export const describe = Object.assign(addGroup, { each: bind(addGroup as never, false) });
export const it = Object.assign(addTest, { each: bind(addTest as never, false) });
export { expect };
