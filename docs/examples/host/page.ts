import { type Customer, healthOf } from './mirror.ts';

export type PageView = Readonly<{
  /** Whoever is signed in. */
  customer: Customer | null;
  /** HTML by Linkwatch, in which every name is escaped. */
  banner: string | null;
  customers: readonly Customer[];
}>;

/** The host's one page. */
export function pageOf({ customer, banner, customers }: PageView): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Example host</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<header><p>${customer === null ? 'Nobody is signed in.' : `Signed in: <strong>${nameOf(customer)}</strong>`}</p></header>
<main>
<h1>Your posts</h1>
${banner ?? ''}
<h2>All customers</h2>
${customers.length === 0 ? '<p>Nothing is known of any customer yet.</p>' : tableOf(customers)}
</main>
</body>
</html>
`;
}

function tableOf(customers: readonly Customer[]): string {
  return `<table>
<thead><tr><th scope="col">Customer</th><th scope="col">Social accounts</th><th scope="col">Sign in</th></tr></thead>
<tbody>
${customers.map(rowOf).join('\n')}
</tbody>
</table>`;
}

function rowOf(customer: Customer): string {
  const [id, name] = [escaped(customer.externalId ?? customer.id), nameOf(customer)];
  const button = `<button name="customer" value="${id}">Sign in as ${name}</button>`;
  const health = healthOf(customer) ?? 'none';
  return `<tr data-customer="${id}"><th scope="row">${name}</th><td>${health}</td><td><form method="post" action="/sign-in">${button}</form></td></tr>`;
}

function nameOf({ name, id }: Customer): string {
  return escaped(name ?? id);
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}
