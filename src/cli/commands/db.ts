import type { Command } from 'commander';
import type { CopyRequest } from '../../monitoring/ports.ts';
import { operator } from '../../monitoring/viewer.ts';
import type { Cli } from '../context.ts';
import { withExamples, withJson } from '../help.ts';
import { withApp } from '../open-app.ts';
import { type JsonOption, printAnswer } from '../print.ts';
import { withProgress } from '../progress.ts';
import { backupText, moveText, restoreText } from '../text/copies-text.ts';

/** Each asks for the database itself, or must find nobody at it. */
const opening = { purpose: 'read', database: 'untouched' } as const;

export function addDb(parent: Command, cli: Cli): void {
  const group = parent.command('db').description('The database.');
  addMigrate(group, cli);
  addBackup(group, cli);
  addRestore(group, cli);
  addMove(group, cli);
}

function addMigrate(group: Command, cli: Cli): void {
  const command = group
    .command('migrate')
    .summary('bring the tables up to date')
    .description('Bring the tables up to date. `linkwatch start` and `poll` do it by themselves.')
    .action(async (options: JsonOption) => {
      const applied = await withApp(cli, opening, (app) => app.operations.migrate(operator));
      const text = () => (applied.length === 0 ? 'The database is up to date.' : `Applied: ${applied.join(', ')}`);
      await printAnswer(cli, options, { as: 'plain', view: { applied }, text });
    });
  withExamples(withJson(command), 'db migrate');
}

type CopyOptions = JsonOption & Readonly<{ replace?: boolean }>;

function addBackup(group: Command, cli: Cli): void {
  const command = group
    .command('backup')
    .summary('copy the database into a file')
    .description(
      'Copy the database into a file, as of one moment, while the daemon works on. The copy is read through before it gets its name. PostgreSQL needs pg_dump on this machine.',
    )
    .argument('<file>', 'the new file, which this user alone may read')
    .option('--replace', 'replace a file of that name')
    .action(async (file: string, options: CopyOptions) => {
      const view = await withApp(cli, opening, (app) => app.operations.backUp(operator, requestOf(cli, file, options)));
      await printAnswer(cli, options, { as: 'backup', view, text: () => backupText(view) });
    });
  withExamples(withJson(command), 'db backup /var/backups/linkwatch-monday.db');
}

function addRestore(group: Command, cli: Cli): void {
  const command = group
    .command('restore')
    .summary('put a copy in the place of the database')
    .description(
      'Put a copy in the place of the database, all of it or nothing, while no Linkwatch runs. Mail that may have been sent since the copy was made is held.',
    )
    .argument('<file>', 'a copy that `linkwatch db backup` has made')
    .option('--replace', 'replace a database that holds tenants; it is kept under another name')
    .action(async (file: string, options: CopyOptions) => {
      const view = await withApp(cli, opening, (app) =>
        app.operations.restore(operator, requestOf(cli, file, options)),
      );
      await printAnswer(cli, options, { as: 'restoredDatabase', view, text: () => restoreText(view) });
    });
  withExamples(withJson(command), 'db restore /var/backups/linkwatch-monday.db');
}

function addMove(group: Command, cli: Cli): void {
  const command = group
    .command('move')
    .summary('take an SQLite database to PostgreSQL')
    .description(
      'Take every row of the SQLite database to an empty one of a PostgreSQL server, and read all of it back, while no Linkwatch runs. The file is only read; after a failure the move can be begun anew.',
    )
    .argument('<url>', 'postgresql://user:password@host/name; `-` reads it from stdin')
    .action(async (given: string, options: JsonOption) => {
      const url = given === '-' ? (await cli.readStdin()).trim() : given;
      const view = await withApp(cli, opening, (app) =>
        withProgress(cli, 'Moving rows', (onProgress) => app.operations.move(operator, { url, onProgress })),
      );
      await printAnswer(cli, options, { as: 'plain', view, text: () => moveText(view) });
    });
  withExamples(withJson(command), 'db move postgresql://linkwatch:secret@db.example.com/linkwatch');
}

function requestOf(cli: Cli, file: string, { replace = false }: CopyOptions): CopyRequest {
  return { file: cli.pathOf(file), replace };
}
