import { describe, expect, it } from '@jest/globals';
import { parsePrivileges } from '../../../src/constant-contact/privileges-answer.ts';

describe('the privileges of a user', () => {
  it('are named as the published contract names them', () => {
    const body = [
      { privilege_id: 30, privilege_name: 'campaign:create' },
      { privilege_id: 31, privilege_name: ' Campaign:Read ' },
    ];
    expect(parsePrivileges(body)).toEqual(['campaign:create', 'campaign:read']);
    expect(parsePrivileges([])).toEqual([]);
  });

  it.each([
    ['no list', { privileges: [] }],
    ['a page', '<html>'],
    ['an entry without a name', [{ privilege_id: 30, privilege_name: 'campaign:create' }, { privilege_id: 31 }]],
    ['a name that is no text', [{ privilege_name: 31 }]],
    ['a name without letters', [{ privilege_name: ' ' }]],
  ])('are not guessed from %s', (_, body) => {
    expect(() => parsePrivileges(body)).toThrow();
  });
});
