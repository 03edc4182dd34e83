import { expect, it } from '@jest/globals';
import { isPublicAddress } from '../../../src/webhooks/public-addresses.ts';

it.each([
  '8.8.8.8',
  '1.1.1.1',
  '100.63.255.255',
  '100.128.0.1',
  '172.15.0.1',
  '172.32.0.1',
  '192.167.0.1',
  '223.255.255.1',
  '2606:4700:4700::1111',
  '2a00:1450::1',
  '2001:4860:4860::8888',
  '64:ff9b::8.8.8.8',
  '::ffff:8.8.8.8',
  '2400::1',
])('%s is an address of the public internet', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

it.each([
  // This host, and private networks.
  '0.0.0.0',
  '0.1.2.3',
  '127.0.0.1',
  '127.255.255.254',
  '10.0.0.1',
  '172.16.0.1',
  '172.31.255.1',
  '192.168.1.1',
  // Link-local, with the metadata of clouds; carriers; documentation, benchmarks, multicast, reserved, broadcast.
  '169.254.169.254',
  '169.254.0.1',
  '100.64.0.1',
  '100.100.100.200',
  '192.0.2.1',
  '198.18.0.1',
  '203.0.113.9',
  '192.0.0.192',
  '198.51.100.1',
  '192.88.99.1',
  '224.0.0.1',
  '239.1.1.1',
  '240.0.0.1',
  '255.255.255.255',
  // The same by IPv6.
  '::',
  '::1',
  'fd00::1',
  'fd00:ec2::254',
  'fc00::1',
  'fe80::1',
  'fe80::1%eth0',
  'febf::1',
  'fec0::1',
  'ff02::1',
  '2001:db8::1',
  '2002:7f00:1::',
  '2001::1',
  '2001:0:7f00:1::',
  '3fff::1',
  '100::1',
  '4000::1',
  // IPv4 inside of IPv6, in each way of writing.
  '::ffff:10.0.0.1',
  '::ffff:127.0.0.1',
  '::ffff:a9fe:a9fe',
  '0:0:0:0:0:ffff:7f00:1',
  '::10.0.0.1',
  '::127.0.0.1',
  '64:ff9b::10.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b::a9fe:a9fe',
  '64:ff9b:1::1',
  '::ffff:0:127.0.0.1',
  // No address at all.
  '',
  'localhost',
  '8.8.8',
  '8.8.8.8.',
  '0x7f.1',
  '08.8.8.8',
  ' 8.8.8.8',
  '[::1]',
])('%s is none', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});
