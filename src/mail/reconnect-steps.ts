import type { Say } from '../words/words.ts';

/** The repairs that have steps; `connect` is for an account that was removed. */
export type StepAction = 'reconnect' | 'choose_profile' | 'connect';

type StepsByAction = Readonly<Partial<Record<StepAction, readonly string[]>>>;

/** The operator's own steps, by Constant Contact's name of the network; `default` serves every other network. */
export type ReconnectSteps = Readonly<Record<string, StepsByAction>>;

/** No steps of the operator's own: all readers get the built-in steps in their language. */
export const defaultReconnectSteps: ReconnectSteps = {};

/** One account to be repaired, with its names as they stand in sentences. */
export type Repair = Readonly<{ action: StepAction; network: string; networkName: string; account: string }>;

/**
 * The steps that repair the accounts: the operator's own where there are any, the built-in ones in the reader's words
 * for the others. Steps that all accounts begin with are said once, and the built-in ones name an account only when it
 * is the only one.
 */
export function stepsFor(repairs: readonly Repair[], own: ReconnectSteps, say: Say): readonly string[] {
  const builtIn = repairs.filter((repair) => ownSteps(repair, own) === null);
  const lists = repairs.map((repair) => {
    const alike = builtIn.filter(({ action }) => action === repair.action);
    return ownSteps(repair, own) ?? builtInSteps(repair, { isSeveral: alike.length > 1, say });
  });
  return mergeSteps(lists);
}

function ownSteps({ action, network, networkName, account }: Repair, own: ReconnectSteps): readonly string[] | null {
  const ofNetwork = Object.hasOwn(own, network.toLowerCase()) ? own[network.toLowerCase()] : undefined;
  const chosen = ofNetwork?.[action] ?? own.default?.[action];
  if (chosen === undefined) return null;
  return chosen.map((text) => text.replaceAll('{network}', () => networkName).replaceAll('{account}', () => account));
}

function builtInSteps(
  { action, networkName, account }: Repair,
  { isSeveral, say }: Readonly<{ isSeveral: boolean; say: Say }>,
): readonly string[] {
  const repair = isSeveral ? say(`step.${action}.several`) : say(`step.${action}`, { network: networkName, account });
  return [say('step.sign_in'), say('step.open_settings'), repair];
}

/** One list for several accounts: the steps that all begin with once, then each account's own steps. */
function mergeSteps(lists: readonly (readonly string[])[]): readonly string[] {
  const [first = [], ...others] = lists;
  const common = first.findIndex((text, index) => others.some((list) => list[index] !== text));
  const shared = common === -1 ? first.length : common;
  const own = lists.flatMap((list) => list.slice(shared));
  return [...first.slice(0, shared), ...new Set(own)];
}
