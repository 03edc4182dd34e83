import { expect, it } from '@jest/globals';
import { domainOf } from '../../../src/domain/model/email-domain.ts';

it.each([
  ['jane@bakery.example', 'bakery.example'],
  ['Jane@Bakery.EXAMPLE', 'bakery.example'],
  ['"jane@home"@bakery.example', 'bakery.example'],
  ['jane@bäckerei.example', 'bäckerei.example'],
])('%s belongs to a domain, however it is written', (address, domain) => {
  expect(domainOf(address)).toBe(domain);
});
