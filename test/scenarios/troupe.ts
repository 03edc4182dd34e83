import type { Daemon, World } from '../support/program-world.ts';
import type { TenantOfStory } from './story.ts';

/** A tenant of a story as the whole program knows it. */
export type Member = Readonly<{ id: string; sandboxId: string; tenant: TenantOfStory }>;

/** Stories told together by daemons over one database. Members are found by their names. */
export type Troupe = {
  readonly world: World;
  readonly members: ReadonlyMap<string, Member>;
  daemons: readonly Daemon[];
};
