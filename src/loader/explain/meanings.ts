import { dlopenMeanings } from "./dlopen-meaning.ts";
import { dyldMeanings } from "./dyld-meaning.ts";
import { goMeanings } from "./go-meaning.ts";
import type { LoaderMessage, MessageCheck } from "./loader-message.ts";
import type { Meaning } from "./meaning.ts";
import { isFirstPackage, isStandardPackage } from "./package-origin.ts";

/** Whose fault a package's other hash can be. */
type PackageOrigin = "first" | "standard" | "module";

export type MeaningKey = Exclude<MessageCheck, "package-hash"> | `package-hash/${PackageOrigin}`;

const meanings = {
  ...goMeanings,
  ...dlopenMeanings,
  ...dyldMeanings,
} satisfies Readonly<Record<MeaningKey, Meaning>>;

/** What a message means, with the parts that differ left to be filled in. */
export function meaningOf(message: LoaderMessage): Meaning {
  return meanings[meaningKey(message)];
}

function meaningKey({ check, subject }: LoaderMessage): MeaningKey {
  if (check !== "package-hash") return check;
  const name = subject?.name ?? "";
  if (isFirstPackage(name)) return "package-hash/first";
  return isStandardPackage(name) ? "package-hash/standard" : "package-hash/module";
}
