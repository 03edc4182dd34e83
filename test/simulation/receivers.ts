/** Other programs: of all tenants, and of the first one. */
export const receiverUrls = { all: 'https://all.example/hook', one: 'https://one.example/hook' };
