import type { Command } from 'commander';
import type { Cli } from '../context.ts';
import { addMailBounce } from './mail-bounce.ts';
import { addMailHolds } from './mail-hold.ts';
import { addMailList } from './mail-list.ts';
import { addMailPreview } from './mail-preview.ts';
import { addMailShow } from './mail-show.ts';
import { addMailTest } from './mail-test.ts';

export function addMail(parent: Command, cli: Cli): void {
  const group = parent.command('mail').description('What was sent, what waits, and how it looks.');
  addMailList(group, cli);
  addMailShow(group, cli);
  addMailPreview(group, cli);
  addMailTest(group, cli);
  addMailHolds(group, cli);
  addMailBounce(group, cli);
}
