/** The part of a mail address behind its @, in lower case: it names who takes the mail. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}
