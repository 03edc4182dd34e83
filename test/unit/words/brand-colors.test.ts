import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { brandColors, contrast, textOn } from '../../../src/words/brand-colors.ts';

const grounds = { light: ['#ffffff', '#f4f1ec'], dark: ['#161513', '#211f1d'] } as const;

describe('the colours of a brand', () => {
  it.each([
    ['#1f5a40', '#ffffff'],
    ['#ffe000', '#000000'],
    ['#000000', '#ffffff'],
    ['#ffffff', '#000000'],
    ['#777777', '#000000'],
  ])('on a button of %s is %s', (button, text) => {
    expect(textOn(button)).toBe(text);
    expect(brandColors(button).light).toMatchObject({ button, onButton: text });
  });

  it('can be read wherever they stand, whatever colour was chosen', () => {
    const colors = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);
    fc.assert(
      fc.property(colors, (color) => {
        const all = brandColors(color);
        for (const scheme of ['light', 'dark'] as const) {
          const { button, onButton, link } = all[scheme];
          const ratios = [contrast(onButton, button), ...grounds[scheme].map((ground) => contrast(link, ground))];
          expect(Math.min(...ratios)).toBeGreaterThanOrEqual(4.5);
        }
      }),
    );
  });

  it('are the brand’s own where those can be read', () => {
    expect(brandColors('#1f5a40').light).toEqual({ button: '#1f5a40', onButton: '#ffffff', link: '#1f5a40' });
    expect(brandColors('#9fd3b6').dark.link).toBe('#9fd3b6');
  });
});
