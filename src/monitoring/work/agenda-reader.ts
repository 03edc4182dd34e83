import { SECOND_MS } from '../../domain/model/time.ts';
import { keptFor } from '../kept-for.ts';
import type { Agenda, AgendaStore, Clock } from '../ports.ts';

/** The kinds of work that come round in one second have one look. */
const VALID_MS = SECOND_MS / 2;

export type AgendaReader = Readonly<{
  read(): Promise<Agenda>;
  /** Something may be due that was not: the next one who reads looks anew. */
  renew(): void;
}>;

export function createAgendaReader(agenda: AgendaStore, clock: Clock): AgendaReader {
  const look = () => keptFor(VALID_MS, clock, () => agenda.read(clock.now()));
  let kept = look();
  return {
    read: () => kept(),
    renew: () => {
      kept = look();
    },
  };
}
