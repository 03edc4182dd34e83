/** Takes the secrets of SMTP_URL out of what a server or a library says, however they are written. */
export function createScrubber(smtpUrl: string): (text: string) => string {
  const { username, password } = new URL(smtpUrl);
  const secrets = secretForms(decode(username), decode(password)).concat(password);
  return (text) =>
    secrets.filter((secret) => secret !== '').reduce((clean, secret) => clean.replaceAll(secret, '[redacted]'), text);
}

/** As typed, and as AUTH LOGIN and AUTH PLAIN send it. */
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
