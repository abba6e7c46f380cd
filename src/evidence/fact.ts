/** Something the binary itself proves: known with where it was read, or unknown with why. */
export type Fact<T> =
  | { readonly known: true; readonly value: T; readonly from: string }
  | { readonly known: false; readonly why: string };

export function known<T>(value: T, from: string): Fact<T> {
  return { known: true, value, from };
}

export function unknown(why: string): Fact<never> {
  return { known: false, why };
}
