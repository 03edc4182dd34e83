import fc from 'fast-check';

const statusFields = ['has_token', 'is_active_user', 'rate_limited', 'token_has_scopes', 'token_is_valid'];

/** Any text that JSON can carry: NUL and halves of characters too. */
const anyText = fc.oneof(
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
  fc.string({ unit: 'grapheme', minLength: 250, maxLength: 400 }),
);
/** Upstream's spellings of the same few accounts, and any other. */
const anyNetwork = fc.oneof(fc.constantFrom('facebook', 'Facebook', ' FACEBOOK ', 'x'), anyText);
const anyId = fc.oneof(fc.constantFrom('1', ' 1', '1\n', '2'), anyText);
const anyNumber = fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.double(), fc.constantFrom(0, 200, 429, 5_000_000_000));

function mostly<T>(usual: fc.Arbitrary<T>): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 30, arbitrary: usual }, { weight: 1, arbitrary: fc.jsonValue() });
}

const anyEntry = fc.record(
  {
    account_info: mostly(
      fc.record(
        {
          network: mostly(anyNetwork),
          network_account_id: mostly(anyId),
          display_name: mostly(anyText),
          username: mostly(anyText),
        },
        { requiredKeys: ['network', 'network_account_id'] },
      ),
    ),
    connection_status: mostly(
      fc.record(
        {
          ...Object.fromEntries(statusFields.map((field) => [field, mostly(fc.option(fc.boolean()))])),
          error: mostly(anyText),
          status: mostly(anyNumber),
        },
        { requiredKeys: [] },
      ),
    ),
  },
  { requiredKeys: ['account_info'] },
);

/** What `GET /social/connections` might answer: the documented shape with odd values, now and then any JSON at all. */
export function anyAnswer(): fc.Arbitrary<unknown> {
  const answer = mostly(fc.record({ connections: mostly(fc.array(mostly(anyEntry), { maxLength: 6 })) }));
  // As it comes from the wire: without undefined, and with Infinity as null.
  return answer.map((value): unknown => JSON.parse(JSON.stringify(value)));
}
