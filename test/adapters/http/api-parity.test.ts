import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Command } from 'commander';
import type { Cli } from '../../../src/cli/context.ts';
import { createProgram } from '../../../src/cli/program.ts';
import {
  type ApiDocument,
  type DescribedOperation,
  type JsonSchema,
  operationsOf,
} from '../../support/api-document.ts';
import { NOW } from '../../support/builders.ts';
import { parity } from './api-parity.ts';
import { startApiServer } from './api-server.ts';

/** Of these commands nothing is asked but to be printed in another way, and where to find the configuration. */
const everywhere = ['--json', '--help', '--env-file', '--version'];

const commands = leavesOf(createProgram({ version: '1.2.3', now: () => NOW } as Cli));

let document: ApiDocument;
let operations: ReadonlyMap<string, DescribedOperation>;
beforeAll(async () => {
  const api = await startApiServer();
  document = await api.json<ApiDocument>('/openapi.json', { key: null });
  operations = new Map(operationsOf(document).map((operation) => [operation.operationId, operation]));
  await api.server.close();
});

describe('Whatever the command line does', () => {
  it('is there over HTTP as well, or it is said why not: every command is in the table, and no other', () => {
    expect([...commands.keys()].toSorted()).toEqual(Object.keys(parity).toSorted());
  });

  it.each(Object.entries(parity))('%s is a request that is described, or has its reason', (_, twin) => {
    if ('reason' in twin) expect(twin.reason).toMatch(/^[A-Z].{20,}\.$/s);
    else for (const id of twin.operations) expect(operations.get(id)?.operationId).toBe(id);
  });

  it.each([...commands])(
    '%s has every option there, as a parameter, a field or a request, or a reason',
    (name, command) => {
      const twin = parity[name];
      if (twin === undefined || 'reason' in twin) return;
      const names = twin.operations.flatMap((id) => namesIn(operations.get(id)));
      const { options = {} } = twin;
      expect(optionsOf(command).toSorted()).toEqual(Object.keys(options).toSorted());
      for (const [option, meant] of Object.entries(options)) {
        if (typeof meant === 'object') expect(meant.reason).toMatch(/^[A-Z].{10,}\.$/s);
        else expect({ option, names }).toMatchObject({ names: expect.arrayContaining([meant]) });
      }
    },
  );
});

function leavesOf(command: Command, path = ''): ReadonlyMap<string, Command> {
  const name = path === '' ? '' : `${path} `;
  return new Map(
    command.commands.flatMap((each): (readonly [string, Command])[] =>
      each.commands.length === 0 ? [[name + each.name(), each]] : [...leavesOf(each, name + each.name())],
    ),
  );
}

/** Every option by its long name, and every argument by its own. */
function optionsOf({ options, registeredArguments }: Command): readonly string[] {
  const named = options.map(({ long }) => long ?? '').filter((long) => !everywhere.includes(long));
  return [...new Set([...named, ...registeredArguments.map((argument) => `<${argument.name()}>`)])];
}

/** What a request may say: its parameters, the fields of its body, and the media types that it gives. */
function namesIn(operation: DescribedOperation | undefined): readonly string[] {
  if (operation === undefined) return [];
  const { parameters, requestBody, responses } = operation;
  const bodies = Object.entries(requestBody?.content ?? {});
  const answers = Object.values(responses).flatMap(({ content = {} }) => Object.entries(content));
  return [
    ...parameters.map(({ name }) => name),
    ...bodies.flatMap(([type, { schema }]) => [type, ...fieldsOf(schema)]),
    ...answers.flatMap(([type, { schema }]) => [
      `Accept: ${type.split(';')[0]}`,
      ...fieldsOf(schema).map((field) => `answer.${field}`),
    ]),
  ];
}

function fieldsOf(schema: JsonSchema): readonly string[] {
  const { $ref } = schema;
  const { properties = {} } =
    typeof $ref === 'string' ? (document.components.schemas[$ref.split('/').at(-1) ?? ''] ?? {}) : schema;
  return Object.keys(properties as object);
}
