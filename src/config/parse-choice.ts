import { accepted, type Parse, rejected } from './variable.ts';

export function oneOf<const T extends string>(choices: readonly T[]): Parse<T> {
  return (text) => {
    const choice = choices.find((candidate) => candidate === text.toLowerCase());
    return choice === undefined ? rejected('it is not one of the choices', choices.join(', ')) : accepted(choice);
  };
}

export const onOff: Parse<boolean> = (text) => {
  const word = text.toLowerCase();
  if (word === 'on' || word === 'true') return accepted(true);
  return word === 'off' || word === 'false' ? accepted(false) : rejected('it is neither on nor off', 'on or off');
};

export const anyText: Parse<string> = accepted;

/** A name that others gave: printable, without white space. */
export const identifier: Parse<string> = (text) =>
  /^[\x21-\x7e]+$/.test(text)
    ? accepted(text)
    : rejected('it contains a space or another character that does not belong there', 'it exactly as it was given');

export const hostName: Parse<string> = (text) =>
  /^[A-Za-z0-9.:_-]+$/.test(text)
    ? accepted(text)
    : rejected(
        'it is not a host name or an address',
        'a name or an address to listen on, such as 127.0.0.1 or 0.0.0.0',
      );
