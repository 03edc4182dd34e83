const UNTRUSTED =
  /self[- ]signed certificate|unable to verify the first certificate|unable to get (local )?issuer certificate|certificate not trusted/i;

/**
 * What an error says, and where it is about a certificate that nobody vouches for, the setting that makes it trusted.
 */
export function withCertificateHint(error: string): string {
  if (!UNTRUSTED.test(error)) return error;
  return `${error}; to trust it, set NODE_EXTRA_CA_CERTS in the environment (not in .env) to the PEM file of the authority`;
}
