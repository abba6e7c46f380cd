/** What names a package: Cargo's "package ID specification". */
export interface PackageId {
  readonly name: string;
  readonly version: string;
  /** `registry+https://…`, `git+https://…`, `path+file:///…`. */
  readonly source: string;
}

/**
 * `registry+https://…#itoa@1.0.15`, `path+file:///src/plugin#0.1.0`, and before Cargo 1.77 `itoa 1.0.15 (registry+https://…)`.
 * @returns undefined if it is none of these.
 */
export function packageId(text: string): PackageId | undefined {
  const old = /^(\S+) (\S+) \((.+)\)$/.exec(text);
  if (old !== null) return { name: old[1] ?? "", version: old[2] ?? "", source: old[3] ?? "" };
  const hash = text.lastIndexOf("#");
  if (hash < 0) return undefined;
  const [source, fragment] = [text.slice(0, hash), text.slice(hash + 1)];
  const at = fragment.lastIndexOf("@");
  if (at > 0) return { name: fragment.slice(0, at), version: fragment.slice(at + 1), source };
  // Without a name it is the last element of the path.
  const name = decodeURIComponent(/([^/]+?)(?:\.git)?\/?(?:\?.*)?$/.exec(source)?.[1] ?? "");
  return { name, version: fragment, source };
}
