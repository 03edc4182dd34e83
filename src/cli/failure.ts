import { type Problem, problemsTitle } from '../config/config.ts';
import type { ApplicationProblem, ExternalIdProblem, TokenProblem } from '../monitoring/application.ts';
import { UserFacingError } from '../monitoring/user-facing-error.ts';

import { plain } from './text/plain-text.ts';

export const EXIT_DONE = 0;
export const EXIT_FAILED = 1;
export const EXIT_WRONG_USAGE = 2;

/** Why a command ends without having done its work. */
export class CommandFailure extends UserFacingError {
  override readonly name: string = 'CommandFailure';
  readonly exitCode: number = EXIT_FAILED;
}

/** Wrong usage: an option, an argument or a file. */
export class WrongUsage extends CommandFailure {
  override readonly name = 'WrongUsage';
  override readonly exitCode = EXIT_WRONG_USAGE;
}

export class BadConfiguration extends WrongUsage {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problemsTitle(problems), 'Correct them in .env or in the environment; `linkwatch config` shows what is set.');
    this.problems = problems;
  }
}

/** What --set changes for one command; nothing of it is configured. */
export class BadSettings extends WrongUsage {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const title = problems.length === 1 ? '--set has a problem.' : `--set has ${problems.length} problems.`;
    super(title, 'Write each rule as --set NAME=VALUE, with a value as in .env.');
    this.problems = problems;
  }
}

export function unknownTenant(id: string): CommandFailure {
  return new CommandFailure(`There is no tenant ${id}.`, '`linkwatch tenant list` shows them with their ids.');
}

function takenToken(holder: string | null): CommandFailure {
  return new CommandFailure(
    `The refresh token is ${holder === null ? 'another tenant’s' : `that of tenant ${holder}`}; nothing was changed.`,
    'Every account needs a refresh token of its own: one that is used for two may cost both their access. Authorise the account again for another token.',
  );
}

function refusedToken(detail: string): CommandFailure {
  return new CommandFailure(
    `Constant Contact refuses this refresh token; nothing was changed. ${plain(detail)}`,
    'It is wrong, used up or revoked, or belongs to another application than the tenant (--application; CONSTANT_CONTACT_CLIENT_ID unless given). Authorise the account again for another token.',
  );
}

function takenExternalId({ externalId, holder }: ExternalIdProblem): CommandFailure {
  const whose = holder === null ? 'another tenant’s' : `that of ${plain(holder.name)} (${holder.id})`;
  return new CommandFailure(
    `The external id ${plain(externalId)} is ${whose}; nothing was changed.`,
    'An external id names one tenant alone. Give another one, or take it away there: `linkwatch tenant update ID --external-id ""`.',
  );
}

export function unknownApplication(name: string): CommandFailure {
  return new CommandFailure(
    `There is no application ${plain(name)}.`,
    '`linkwatch application list` shows them; `default` is the one of the configuration.',
  );
}

function grantOfAnother(): CommandFailure {
  return new CommandFailure(
    'The tenant’s tokens belong to the application that they were given to; nothing was changed.',
    'Give a token of the other application as well (--refresh-token), or have the account authorised by it: `linkwatch connect --tenant ID --application NAME`.',
  );
}

function tokenOfAnotherAccount(holder: string | null): CommandFailure {
  const whose = holder === null ? 'than the tenant’s' : `than the tenant’s, that of tenant ${holder}`;
  return new CommandFailure(
    `The refresh token is of another Constant Contact account ${whose}; nothing was changed, and the token is used up.`,
    'Authorise the account of this tenant, `linkwatch connect --tenant ID` for example. Another account is a tenant of its own.',
  );
}

/** Why a tenant was not stored, or not changed. */
export function refusedTenant(problem: TokenProblem | ExternalIdProblem | ApplicationProblem): CommandFailure {
  switch (problem.outcome) {
    case 'token_taken':
      return takenToken(problem.holder);
    case 'token_of_another_account':
      return tokenOfAnotherAccount(problem.holder);
    case 'token_refused':
      return refusedToken(problem.detail);
    case 'external_id_taken':
      return takenExternalId(problem);
    case 'unknown_application':
      return unknownApplication(problem.application);
    case 'grant_of_another_application':
      return grantOfAnother();
  }
}

/** What is said of a token of which nothing is known yet. */
export function untriedToken(why: string): string {
  return `Its token was not tried (${plain(why)}). The first poll tries it; you get a mail if it does not work.`;
}
