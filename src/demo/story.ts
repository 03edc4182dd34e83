import { HOUR_MS } from '../domain/model/time.ts';
import { operator } from '../monitoring/viewer.ts';
import { type DemoEnvironment, OPERATOR } from './demo-environment.ts';
import type { Screen } from './screen.ts';

/** One minute in the life of an agency. Every act waits for what the real daemon does. */
export async function tellStory(environment: DemoEnvironment, screen: Screen): Promise<void> {
  introduce(environment, screen);
  const acts = [meetTheFleet, breakConnections, remind, failUpstream, repair];
  for (const act of acts) {
    if (!(await act(environment, screen))) return;
  }
  await conclude(environment, screen);
}

type Act = (environment: DemoEnvironment, screen: Screen) => Promise<boolean>;

function introduce({ catcher }: DemoEnvironment, screen: Screen): void {
  screen.headline('Linkwatch, watching the social connections of six small businesses');
  screen.say('All of it runs on this machine: a stand-in for Constant Contact, a mail catcher, a database in a');
  screen.say('temporary folder. Minutes and days of the real thing pass as seconds. Ctrl-C ends it.');
  screen.say(`Every mail as its reader sees it: ${catcher.webUrl}`);
}

const meetTheFleet: Act = async ({ app, until }, screen) => {
  screen.headline('1. The first round: what is there');
  const fleet = async () => (await app.tenants.list(operator, { cursor: null, limit: 100 })).items;
  const isGoing = await until(async () => (await fleet()).every(({ health }) => health === 'healthy'));
  screen.fleet(await fleet());
  return isGoing;
};

/** Two problems of one owner make one mail; a single bad poll makes none. */
const breakConnections: Act = async ({ sandbox, catcher, until }, screen) => {
  const [first, second, third] = sandbox.control.tenants();
  if (first === undefined || second === undefined || third === undefined) return false;
  screen.headline('2. Something breaks');
  screen.say(`${first.name} changed its Facebook password: two tokens die. ${second.name} took a permission back.`);
  screen.say(`For ${third.name} one check fails, and the next is fine: a hiccup that nobody should hear of.`);
  screen.say('One bad poll is only a suspicion. What a second one confirms is told, in one mail per owner.');
  const select = (tenantId: string, network: string) => ({ tenantIds: [tenantId], network });
  sandbox.control.patchStatuses(select(first.id, 'facebook'), { token_is_valid: false });
  sandbox.control.patchStatuses(select(first.id, 'instagram'), { token_is_valid: false });
  sandbox.control.patchStatuses(select(second.id, 'linkedin'), { token_has_scopes: false });
  sandbox.control.patchStatuses(select(third.id, 'facebook'), { error: 'timeout', status: 504, token_is_valid: false });
  const isGoing = await until(
    () => mailTo(catcher, first.contactEmail) >= 1 && mailTo(catcher, second.contactEmail) >= 1,
  );
  sandbox.control.patchStatuses(select(third.id, 'facebook'), { error: null, status: null, token_is_valid: true });
  return isGoing;
};

const remind: Act = async ({ sandbox, catcher, until }, screen) => {
  const [first, second] = sandbox.control.tenants();
  if (first === undefined || second === undefined) return false;
  screen.headline('3. Nobody reacts');
  screen.say('After two days (here 12 s), and only in the owner’s working hours, comes a reminder.');
  return await until(() => mailTo(catcher, first.contactEmail) >= 2 && mailTo(catcher, second.contactEmail) >= 2);
};

const failUpstream: Act = async ({ sandbox, catcher, until }, screen) => {
  screen.headline('4. Constant Contact itself fails');
  screen.say('No owner can do anything about that, so no owner hears of it. The operator does, once.');
  sandbox.control.script({ route: 'connections', answer: { kind: 'status', status: 503 } });
  const hasBegun = await until(() => mailTo(catcher, OPERATOR) >= 1);
  sandbox.control.clearScript();
  screen.say('… and once more when it is over:');
  return hasBegun && (await until(() => mailTo(catcher, OPERATOR) >= 2));
};

const repair: Act = async ({ sandbox, catcher, until }, screen) => {
  const [first] = sandbox.control.tenants();
  if (first === undefined) return false;
  screen.headline('5. The owner reconnects');
  screen.say(
    `${first.name} reconnects both accounts. Two good polls later a short mail says that posting works again.`,
  );
  const before = mailTo(catcher, first.contactEmail);
  sandbox.control.patchStatuses({ tenantIds: [first.id] }, { token_is_valid: true });
  return await until(() => mailTo(catcher, first.contactEmail) > before);
};

/** Whoever runs the demo may read the rest first. */
const LINK_MS = HOUR_MS;

/** Prefers an owner with an open problem, whose page shows more than a healthy one's. */
async function conclude({ app, url, catcher, sandbox }: DemoEnvironment, screen: Screen): Promise<void> {
  const repaired = sandbox.control.tenants()[0]?.contactEmail ?? '';
  const stillBroken = catcher.mails().filter(({ to }) => !to.includes(repaired));
  const page = stillBroken.map(({ text }) => /https?:\/\/\S+\/o\/[\w.-]+(?=\s)/.exec(text)?.[0]);
  screen.headline('That was the whole job. Linkwatch goes on watching until Ctrl-C.');
  const code = await app.apiKeys.signInLink(operator, LINK_MS);
  screen.say(`Mails:            ${catcher.webUrl}`);
  screen.say(`The dashboard:    ${url}/sign-in/${code}  (signs in once)`);
  screen.say(`An owner’s page:  ${page.find((url) => url !== undefined) ?? ''}`);
  screen.say('For real:         README.md, “Run it for real”');
}

function mailTo(catcher: DemoEnvironment['catcher'], address: string): number {
  return catcher.mails().filter(({ to }) => to.includes(address)).length;
}
