import { PackageURL } from "packageurl-js";
import type { Language } from "../../language/language-facts.ts";
import { languages } from "../../language/languages.ts";

/**
 * `pkg:golang/github.com/IBM/sarama@v1.46.3`, `pkg:cargo/syn@1.0.109` (package-url/purl-spec, types golang and
 * cargo); undefined where the name or version cannot be put into one.
 */
export function packageUrl(
  language: Language,
  name: string,
  version: string | undefined,
): string | undefined {
  const parts = languages[language].dependencies.packageUrl(name);
  try {
    const { type, namespace } = parts;
    return new PackageURL(type, namespace, parts.name, version, undefined, undefined).toString();
  } catch {
    // Control characters and half surrogate pairs: the library throws errors of several kinds.
    return undefined;
  }
}
