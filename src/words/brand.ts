import { NAME_LENGTH, plainName } from './plain-name.ts';

export const PRODUCT_NAME = 'Linkwatch';
export const BUILT_IN_COLOR = '#1f5a40';

/** The name, the page and the colour under which a deployment speaks to owners. */
export type Brand = Readonly<{
  name: string;
  url: string | null;
  /** `#rrggbb`, in lower case. */
  color: string;
}>;

/** Whoever speaks in one mail or on one page. */
export type Speaker = Readonly<{
  name: string;
  url: string | null;
  /** False: nobody has chosen a name, and the product speaks under its own. */
  isNamed: boolean;
}>;

/** The product, as its operator knows it. */
export const productSpeaker: Speaker = { name: PRODUCT_NAME, url: null, isNamed: false };

/** The tenant's own sender where it has one, as owners know that one; the deployment's page is not the sender's. */
export function speakerOf(senderName: string | null, brand: Brand): Speaker {
  const own = plainName(senderName, NAME_LENGTH);
  if (own !== null) return { name: own, url: null, isNamed: true };
  const name = plainName(brand.name, NAME_LENGTH) ?? PRODUCT_NAME;
  return { name, url: brand.url, isNamed: name !== PRODUCT_NAME };
}
