import { PackageURL } from "packageurl-js";

/**
 * `pkg:golang/github.com/IBM/sarama@v1.46.3`, `pkg:cargo/syn@1.0.109` (package-url/purl-spec, types golang and
 * cargo); undefined where the name or version cannot be put into one.
 */
export function packageUrl(
  language: "go" | "rust",
  name: string,
  version: string | undefined,
): string | undefined {
  const slash = language === "go" ? name.lastIndexOf("/") : -1;
  const namespace = slash > 0 ? name.slice(0, slash) : undefined;
  try {
    const type = language === "go" ? "golang" : "cargo";
    return new PackageURL(type, namespace, name.slice(slash + 1), version, undefined, undefined).toString();
  } catch {
    // Control characters and half surrogate pairs: the library throws errors of several kinds.
    return undefined;
  }
}
