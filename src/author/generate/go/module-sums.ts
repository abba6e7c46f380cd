import { dirname, isAbsolute, join } from "node:path";
import type { Files } from "../../../files/files.ts";
import { textOfFile } from "../text-file.ts";

/** Where the go command reads sums: what `go env` says, and the go.mod of every main module. */
export interface SumPlaces {
  readonly folder: string;
  /** `go env GOWORK`: empty or `off` without a workspace. */
  readonly workspace: string;
  readonly goMods: readonly string[];
  /** The value of -modfile. */
  readonly modFile: string | undefined;
}

/**
 * The `h1:` sums of module contents by `PATH VERSION`. In a workspace those of all its modules and of go.work.sum count; with -modfile=X.mod
 * it is X.sum (Go: src/cmd/go/internal/modload/init.go, modfetch.GoSumFile and WorkspaceGoSumFiles).
 */
export function moduleSums(files: Files, places: SumPlaces): ReadonlyMap<string, string> {
  const sums = new Map<string, string>();
  for (const path of sumFiles(places)) {
    for (const line of (textOfFile(files, path) ?? "").split("\n")) {
      const [module, version = "", sum] = line.trim().split(/\s+/);
      if (module === undefined || sum?.startsWith("h1:") !== true || version.endsWith("/go.mod")) continue;
      sums.set(`${module} ${version}`, sum);
    }
  }
  return sums;
}

function sumFiles({ folder, workspace, goMods, modFile }: SumPlaces): readonly string[] {
  if (modFile !== undefined) {
    const path = isAbsolute(modFile) ? modFile : join(folder, modFile);
    return [path.replace(/\.mod$/, "") + ".sum"];
  }
  const own = goMods.filter((path) => path !== "").map((path) => join(dirname(path), "go.sum"));
  return workspace === "" || workspace === "off" ? own : [`${workspace}.sum`, ...own];
}
