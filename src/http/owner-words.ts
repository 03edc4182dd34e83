import type { Condition, Health } from '../domain/condition.ts';
import { momentFormat } from '../domain/moment-format.ts';
import { networkName } from '../domain/network-name.ts';
import type { Instant } from '../domain/time.ts';
import type { OwnerConnection, OwnerPage } from './owner-page.ts';

/** Finds the steps that repair a connection, as the mail shows them. */
export type RepairSteps = (
  repair: Readonly<{ action: 'reconnect' | 'choose_profile'; network: string; networkName: string; account: string }>,
) => readonly string[];

/** The owner's page in words, ready for the template. */
export type OwnerPageWords = Readonly<{
  tenant: string;
  summary: string;
  /** When Linkwatch last looked; null when it never did. */
  checkedAt: string | null;
  access: readonly string[];
  connections: readonly OwnerConnectionWords[];
  hasRepairs: boolean;
}>;

export type OwnerConnectionWords = Readonly<{
  network: string;
  account: string;
  /** Chooses the colour; `label` says the same in words. */
  tone: 'needs-you' | 'waiting' | 'well' | 'unknown';
  label: string;
  lines: readonly string[];
  steps: readonly string[];
}>;

const causes: Readonly<Record<Condition, (network: string) => string>> = {
  token_missing: () => 'Constant Contact no longer holds a permission to use this account.',
  token_invalid: (network) =>
    `${network} no longer accepts the permission that Constant Contact holds for this account.`,
  scopes_missing: () => 'Constant Contact is missing some of the permissions it needs for this account.',
  no_profile: () => 'The account is connected, but no page or profile is chosen for posting.',
  rate_limited: (network) =>
    `${network} is limiting how much may be posted. There is nothing to do: this usually lifts by itself.`,
  check_failed: (network) => `${network} did not answer when Constant Contact asked. Linkwatch keeps looking.`,
  removed: () => 'This account is no longer connected to Constant Contact. If that is on purpose, all is well.',
};

const labels: Readonly<Record<Health, string>> = {
  broken: 'Needs you',
  waiting: 'Waiting',
  unobserved: 'Not seen',
  healthy: 'Works',
  removed: 'Removed',
};

const tones: Readonly<Record<Health, OwnerConnectionWords['tone']>> = {
  broken: 'needs-you',
  waiting: 'waiting',
  unobserved: 'unknown',
  healthy: 'well',
  removed: 'unknown',
};

export function ownerPageWords(page: OwnerPage, repairSteps: RepairSteps, helpAddress: string): OwnerPageWords {
  const moments = momentFormat('en-US', page.tenant.timezone);
  const moment: Moment = (at) => moments.format(at);
  const connections = page.connections.map((connection) => connectionWords(connection, moment, repairSteps));
  return {
    tenant: page.tenant.name,
    summary: summaryOf(page),
    checkedAt: page.tenant.lastGoodPollAt === null ? null : moment(page.tenant.lastGoodPollAt),
    access: accessWords(page, moment, helpAddress),
    connections,
    hasRepairs: connections.some(({ steps }) => steps.length > 0),
  };
}

type Moment = (at: Instant) => string;

function summaryOf({ connections, accessProblem }: OwnerPage): string {
  if (accessProblem !== null) return 'Linkwatch cannot see your social accounts at the moment';
  const needing = connections.filter(({ health, isCertain }) => health === 'broken' && isCertain).length;
  if (needing === 1) return 'One of your social accounts needs you';
  if (needing > 1) return `${needing} of your social accounts need you`;
  const present = connections.filter(({ health }) => health !== 'removed');
  if (present.length === 0) return 'No social account is connected to Constant Contact';
  if (present.every(({ health }) => health === 'healthy')) return 'All of your social accounts work';
  return 'None of your social accounts needs you';
}

function accessWords({ accessProblem }: OwnerPage, moment: Moment, helpAddress: string): readonly string[] {
  if (accessProblem === null) return [];
  const { action, since } = accessProblem;
  const from = since === null ? '' : ` since ${moment(since)}`;
  const meaning = 'This says nothing about the accounts themselves: they may be perfectly well.';
  return action === 'reauthorize'
    ? [
        `Constant Contact no longer lets Linkwatch look at them${from}. ${meaning}`,
        `Please write to ${helpAddress}, and we will help you to give Linkwatch its permission again.`,
      ]
    : [
        `Constant Contact refuses to show them to Linkwatch${from}. ${meaning}`,
        `Please ask the owner of your Constant Contact account to check that the person who gave Linkwatch its permission may still view campaigns, or write to ${helpAddress} and we will help you.`,
      ];
}

function connectionWords(connection: OwnerConnection, moment: Moment, repairSteps: RepairSteps): OwnerConnectionWords {
  const { health, action, isCertain } = connection;
  const network = networkName(connection.network);
  const account = connection.displayName ?? `account ${connection.accountId}`;
  const isDoubted = health === 'broken' && !isCertain;
  const isRepairable = (action === 'reconnect' || action === 'choose_profile') && isCertain;
  return {
    network,
    account,
    tone: isDoubted ? 'waiting' : tones[health],
    label: isDoubted ? 'Looking again' : labels[health],
    lines: linesOf(connection, network, moment),
    steps: isRepairable ? repairSteps({ action, network: connection.network, networkName: network, account }) : [],
  };
}

function linesOf({ health, conditions, since, isCertain }: OwnerConnection, network: string, moment: Moment) {
  if (health === 'unobserved') {
    return [since === null ? 'Linkwatch has not seen it yet.' : `Linkwatch last saw it on ${moment(since)}.`];
  }
  const sinceLine = since === null ? [] : [`Since ${moment(since)}.`];
  if (health === 'healthy') return sinceLine;
  if (health === 'broken' && !isCertain) {
    return ['Something may be wrong here. Linkwatch looks again before it asks you to do anything.'];
  }
  const leading = conditions.find((condition) => condition !== 'check_failed') ?? conditions[0];
  return [...(leading === undefined ? [] : [causes[leading](network)]), ...sinceLine];
}
