/**
 * Loaded into a daemon before its own code: every answer over HTTP has a header with the number of statements that its
 * request has asked the database for, whatever else the daemon does meanwhile; on PostgreSQL those of transactions are left out.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { Server, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import Libsql from 'libsql';

type Method = (this: unknown, ...args: unknown[]) => unknown;

const asked = new AsyncLocalStorage<{ statements: number }>();

function replace(prototype: object, name: string, by: (own: Method) => Method): void {
  Reflect.set(prototype, name, by(Reflect.get(prototype, name) as Method));
}

const counted = (own: Method): Method =>
  function count(...args) {
    const counter = asked.getStore();
    if (counter !== undefined) counter.statements += 1;
    return own.apply(this, args);
  };

/** SQLite's statements are prepared once and run many times; what gives rows is iterated over. */
const statement = Object.getPrototypeOf(new Libsql(':memory:').prepare('SELECT 1')) as object;
for (const method of ['run', 'iterate']) replace(statement, method, counted);
/** The one that the adapter uses. */
const pg = createRequire(import.meta.resolve('@prisma/adapter-pg'))('pg') as { Pool: { prototype: object } };
replace(pg.Pool.prototype, 'query', counted);

replace(
  Server.prototype,
  'emit',
  (own) =>
    function emit(...args) {
      if (args[0] !== 'request') return own.apply(this, args);
      const counter = { statements: 0 };
      const response = args[2] as ServerResponse;
      const { writeHead } = response;
      response.writeHead = ((...head: unknown[]) => {
        response.setHeader('x-statements', counter.statements);
        return (writeHead as Method).apply(response, head);
      }) as typeof writeHead;
      return asked.run(counter, () => own.apply(this, args));
    },
);
