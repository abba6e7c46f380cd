/** Reads what costs something when it is first asked for, and then never again. */
export function once<T>(read: () => T): () => T {
  let kept: { readonly value: T } | undefined;
  return () => (kept ??= { value: read() }).value;
}
