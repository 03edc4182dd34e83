/**
 * Loaded into the program before everything else (`node --import`): when the answer to its STOP_AT-th statement has
 * come, and nothing has been made of it, the process gets STOP_SIGNAL. How many there were goes into STOP_COUNT_FILE.
 */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Libsql from 'libsql';

const { STOP_AT = '0', STOP_SIGNAL = 'SIGKILL', STOP_COUNT_FILE = '' } = process.env;
let count = 0;

function answered(): void {
  count += 1;
  if (count === Number(STOP_AT)) process.kill(process.pid, STOP_SIGNAL);
}

type Method = (...args: unknown[]) => unknown;

/** Calls `seen` when the method is called, or has done its work. */
function replace(target: object, name: string, when: 'called' | 'done'): void {
  const method = Reflect.get(target, name) as Method;
  const other = function (this: unknown, ...args: unknown[]) {
    if (when === 'called') answered();
    const result = method.apply(this, args);
    if (when === 'done') answered();
    return result;
  };
  Reflect.set(target, name, other);
}

const prepare = Reflect.get(Libsql.prototype as object, 'prepare') as Method;
const preparing = function (this: unknown, ...args: unknown[]) {
  const statement = prepare.apply(this, args) as object;
  for (const name of ['run', 'all', 'get']) replace(statement, name, 'done');
  return statement;
};
Reflect.set(Libsql.prototype, 'prepare', preparing);

/** The one that Prisma's adapter works with. */
const pg = createRequire(import.meta.resolve('@prisma/adapter-pg'))('pg');
replace(pg.Client.prototype, '_handleReadyForQuery', 'called');

process.on('exit', () => {
  if (STOP_COUNT_FILE !== '') writeFileSync(STOP_COUNT_FILE, `${count}`);
});
