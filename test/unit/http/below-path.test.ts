import { describe, expect, it } from '@jest/globals';
import { belowPath } from '../../../src/http/below-path.ts';

describe('an address below the path of PUBLIC_URL', () => {
  it.each([
    ['', '/o/token', '/o/token'],
    ['/apps/linkwatch', '/apps/linkwatch/o/token?done=check', '/o/token?done=check'],
    ['/apps/linkwatch', '/o/token?done=check', '/o/token?done=check'],
    ['/apps/linkwatch', '/apps/linkwatch/readyz', '/readyz'],
    ['/apps/linkwatch', '/apps/linkwatch', '/'],
    ['/apps/linkwatch', '/apps/linkwatch/', '/'],
    ['/apps/linkwatch', '/apps/linkwatch?a=/apps/linkwatch/o', '/?a=/apps/linkwatch/o'],
    ['/apps/linkwatch', '/apps/linkwatches/o/token', '/apps/linkwatches/o/token'],
    ['/apps/linkwatch', '/apps/linkwatch/apps/linkwatch/o', '/apps/linkwatch/o'],
    ['/apps/linkwatch', '/else?to=/apps/linkwatch/o', '/else?to=/apps/linkwatch/o'],
    ['/apps/linkwatch', '/apps%2Flinkwatch', '/apps%2Flinkwatch'],
    ['/caf%C3%A9', '/caf%c3%a9/o/token', '/o/token'],
    ['/a%20b', '/%61%20b/o/token', '/o/token'],
    ['/linkwatch', '/%zz/o', '/%zz/o'],
    ['/linkwatch', '*', '*'],
  ])('below "%s" %s is %s', (path, address, expected) => {
    expect(belowPath(path)(address)).toBe(expected);
  });
});
