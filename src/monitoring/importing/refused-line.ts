import type { ApplicationProblem, ExternalIdProblem, TokenProblem } from '../application.ts';
import type { NamedTenant } from '../ports.ts';
import type { LineProblem } from './file-entry.ts';

export function tokenTaken(holder: string | null): LineProblem {
  const problem = holder === null ? 'another line has the same' : `it is that of tenant ${holder}`;
  return { field: 'refresh_token', problem };
}

export function externalIdTaken(holder: NamedTenant | null): LineProblem {
  const problem = holder === null ? 'another line has the same' : `it is that of ${holder.name} (${holder.id})`;
  return { field: 'external_id', problem };
}

export function applicationUnknown(name: string): LineProblem {
  return { field: 'application', problem: `there is no application ${JSON.stringify(name)}` };
}

function otherAccountText(holder: string | null): string {
  return holder === null
    ? "it is of another Constant Contact account than the tenant's"
    : `it is of another Constant Contact account, that of tenant ${holder}`;
}

/** Why a line was not taken, by what the application says of its tenant. */
export function lineProblem(problem: TokenProblem | ExternalIdProblem | ApplicationProblem): LineProblem {
  switch (problem.outcome) {
    case 'token_taken':
      return tokenTaken(problem.holder);
    case 'external_id_taken':
      return externalIdTaken(problem.holder);
    case 'token_of_another_account':
      return { field: 'refresh_token', problem: otherAccountText(problem.holder) };
    case 'token_refused':
      return { field: 'refresh_token', problem: `Constant Contact refuses it: ${problem.detail}` };
    case 'unknown_application':
      return applicationUnknown(problem.application);
    case 'grant_of_another_application':
      return { field: 'application', problem: 'its tokens are of another one: write a token of this one beside it' };
  }
}
