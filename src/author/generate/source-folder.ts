import { basename, dirname, join } from "node:path";
import { UsageError } from "../../check/model/usage-error.ts";
import type { Files } from "../../files/files.ts";
import type { Language } from "../../language/language-facts.ts";
import { isFolder, isThere } from "./text-file.ts";

/** What a manifest is made of. */
export type Place =
  | {
      readonly kind: "sources";
      readonly language: Language;
      readonly folder: string;
    }
  | { readonly kind: "file"; readonly path: string };

/** The files that make a folder a module, a package or a workspace; the first is the usual one. */
const markers = {
  go: ["go.mod", "go.work"],
  rust: ["Cargo.toml"],
} as const satisfies Record<Language, readonly string[]>;

/**
 * A folder is of the language of the nearest of these files, in it or above it; one of them stands for its folder.
 * @param wanted the language, where one folder has both.
 * @throws UsageError if there is no such thing.
 */
export function placeOf(files: Files, path: string, wanted?: Language): Place {
  const name = basename(path);
  if (!isThere(files, path)) throw new UsageError("file-not-found", `${path}: no such file or folder`);
  if (!isFolder(files, path)) {
    const language = (["go", "rust"] as const).find((each) =>
      markers[each].some((marker) => marker === name),
    );
    return language === undefined
      ? { kind: "file", path }
      : { kind: "sources", language: wanted ?? language, folder: dirname(path) };
  }
  let folder = files.realPath(path);
  for (;;) {
    const found = (["go", "rust"] as const).filter(
      (each) =>
        (wanted ?? each) === each && markers[each].some((marker) => isThere(files, join(folder, marker))),
    );
    const [language, another] = found;
    if (another !== undefined) {
      throw new UsageError("bad-usage", `${folder} has both a go.mod and a Cargo.toml`, [
        "Say which one is meant: --language go or --language rust.",
      ]);
    }
    if (language !== undefined) return { kind: "sources", language, folder: path };
    const above = dirname(folder);
    if (above === folder) break;
    folder = above;
  }
  const what = wanted === undefined ? "go.mod or Cargo.toml" : markers[wanted][0];
  throw new UsageError("bad-usage", `${path}: neither this folder nor one above it has a ${what}`, [
    "Name the folder of a Go package or of a Cargo package, or a built file.",
  ]);
}
