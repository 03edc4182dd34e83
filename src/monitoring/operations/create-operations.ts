import type { DaemonRun, Operations } from '../application.ts';
import { assertOperator } from '../viewer.ts';
import { diagnose } from './doctor.ts';
import { type ExaminePorts, examine } from './examine.ts';

export type OperationsPorts = ExaminePorts &
  Readonly<{
    runDaemon(run: DaemonRun): Promise<void>;
    close(): Promise<void>;
  }>;

/** Linkwatch itself: run, looked at, kept up to date. */
export function createOperations(ports: OperationsPorts): Operations {
  return {
    start: async (viewer, run) => {
      assertOperator(viewer);
      await ports.runDaemon(run);
    },
    doctor: async (viewer) => {
      assertOperator(viewer);
      return diagnose(await examine(ports));
    },
    migrate: async (viewer) => {
      assertOperator(viewer);
      return await ports.migrate();
    },
    close: async (viewer) => {
      assertOperator(viewer);
      await ports.close();
    },
  };
}
