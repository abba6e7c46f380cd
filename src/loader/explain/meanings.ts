import type { MessageCheck } from "../check.ts";
import { dlopenMeanings } from "./dlopen-meaning.ts";
import { dyldMeanings } from "./dyld-meaning.ts";
import { goMeanings } from "./go-meaning.ts";
import type { LoaderMessage } from "./loader-message.ts";
import type { Meaning } from "./meaning.ts";
import { isFirstPackage, isStandardPackage } from "./package-origin.ts";

/** Where a package comes from decides why its hash can differ. */
type PackageOrigin = "first" | "standard" | "module";

export type MeaningKey =
  | Exclude<MessageCheck, "package-hash">
  | `package-hash/${PackageOrigin}`
  /** Not about one version, but about the table of them. */
  | "symbol-version/table";

const meanings = {
  ...goMeanings,
  ...dlopenMeanings,
  ...dyldMeanings,
} satisfies Readonly<Record<MeaningKey, Meaning>>;

/** What a message means, with holes for what differs. */
export function meaningOf(message: LoaderMessage): Meaning {
  return meanings[meaningKey(message)];
}

function meaningKey({ check, subject }: LoaderMessage): MeaningKey {
  if (check === "symbol-version" && subject === undefined) return "symbol-version/table";
  if (check !== "package-hash") return check;
  const name = subject?.name ?? "";
  if (isFirstPackage(name)) return "package-hash/first";
  return isStandardPackage(name) ? "package-hash/standard" : "package-hash/module";
}
