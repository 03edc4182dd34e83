import { BlockList, isIP } from 'node:net';

/**
 * What is no address of the public internet: this host, private and link-local networks (a cloud's metadata among
 * them), carriers' networks, documentation, benchmarks, multicast and what is reserved. After the registries of IANA
 * for special purposes, RFC 6890.
 */
const specialIpv4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];

/** All that is public lies in here, but for these parts: protocols and tunnels, whose packets come out elsewhere. */
const globalIpv6 = '2000::/3';
const specialIpv6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

/** An IPv6 network's way to IPv4: the last four bytes are the address. */
const NAT64 = { prefix: '64:ff9b::', bits: 96 };

const special = new BlockList();
const global = new BlockList();
for (const [address, bits] of specialIpv4.map(parts)) {
  // Node.js looks up `::ffff:10.0.0.1` among these as well.
  special.addSubnet(address, bits, 'ipv4');
  special.addSubnet(`${NAT64.prefix}${address}`, NAT64.bits + bits, 'ipv6');
}
for (const [address, bits] of specialIpv6.map(parts)) special.addSubnet(address, bits, 'ipv6');
for (const [address, bits] of [globalIpv6, `${NAT64.prefix}/${NAT64.bits}`].map(parts)) {
  global.addSubnet(address, bits, 'ipv6');
}
global.addSubnet('0.0.0.0', 0, 'ipv4');

/** Whether an IP address is one of the public internet. Text that is no address is not. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !special.check(address, 'ipv4');
    case 6:
      // An address with a zone is link-local.
      return !address.includes('%') && global.check(address, 'ipv6') && !special.check(address, 'ipv6');
    default:
      return false;
  }
}

function parts(subnet: string): readonly [string, number] {
  const [address = '', bits] = subnet.split('/');
  return [address, Number(bits)];
}
