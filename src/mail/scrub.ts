/** Removes the secrets of SMTP_URL from the text of a server or a library, in every encoding that may occur. */
export function createScrubber(smtpUrl: string): (text: string) => string {
  const { username, password } = new URL(smtpUrl);
  const secrets = secretForms(decode(username), decode(password)).concat(password);
  return (text) =>
    secrets.filter((secret) => secret !== '').reduce((clean, secret) => clean.replaceAll(secret, '[redacted]'), text);
}

/** The secret as it was typed, and as AUTH LOGIN and AUTH PLAIN encode it. */
function secretForms(user: string, password: string): readonly string[] {
  if (password === '') return [];
  return [base64(`\0${user}\0${password}`), password, base64(password)];
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
