import { accepted, type Parse, rejected } from './variable.ts';

export type Bounds = Readonly<{ min: number; max: number }>;

export function integer({ min, max }: Bounds): Parse<number> {
  const instead = `a whole number from ${min} to ${max}, in digits alone`;
  return (text) => {
    if (!/^-?\d+$/.test(text)) return rejected('it is not a whole number', instead);
    const value = Number(text);
    if (value < min) return rejected(`it is less than ${min}`, instead);
    return value > max ? rejected(`it is more than ${max}`, instead) : accepted(value);
  };
}

/** `10%` gives 0.1. */
export function percent({ min, max }: Bounds): Parse<number> {
  const instead = `a percentage from ${min}% to ${max}%, such as 10%`;
  return (text) => {
    const match = /^(\d+(?:\.\d+)?)\s?%$/.exec(text);
    if (match === null) return rejected('it is not a percentage', instead);
    const value = Number(match[1]);
    return value < min || value > max ? rejected('it is out of range', instead) : accepted(value / 100);
  };
}
