import type { Command } from 'commander';
import type { Cli } from '../context.ts';
import { addTenantAdd } from './tenant-add.ts';
import { addTenantExport } from './tenant-export.ts';
import { addTenantImport } from './tenant-import.ts';
import { addTenantList } from './tenant-list.ts';
import { addTenantPause, addTenantResume } from './tenant-pause.ts';
import { addTenantRemove } from './tenant-remove.ts';
import { addTenantShow } from './tenant-show.ts';
import { addTenantUpdate } from './tenant-update.ts';

export function addTenant(parent: Command, cli: Cli): void {
  const group = parent.command('tenant').description('The Constant Contact accounts that are watched.');
  addTenantAdd(group, cli);
  addTenantList(group, cli);
  addTenantShow(group, cli);
  addTenantUpdate(group, cli);
  addTenantPause(group, cli);
  addTenantResume(group, cli);
  addTenantRemove(group, cli);
  addTenantImport(group, cli);
  addTenantExport(group, cli);
}
