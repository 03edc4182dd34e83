import type { ReportedCause } from '../../domain/model/fault.ts';
import { sayToOperator as say } from '../../words/words.ts';
import { failureWords, networkWords } from './operator-words.ts';

/** The network and condition that a hold is about, for the sentences; empty for a brake or a command. */
export function causeWords(cause: ReportedCause): Readonly<Record<string, string>> {
  switch (cause.kind) {
    case 'fleet':
      return { network: networkWords(cause.network), condition: say(`condition.${cause.condition}`) };
    case 'access':
      return { failure: failureWords(cause.failure) };
    case 'brake':
    case 'command':
    case 'restored':
      return {};
  }
}
