import type { Cli } from './context.ts';

/** From here on SIGINT waits: to end while Constant Contact answers would lose the tenant's grant. */
export function deferSignals(cli: Pick<Cli, 'stopSignal'>): void {
  cli.stopSignal();
}
