import type { GoBuildInfo } from "../../evidence/go/build-info.ts";
import type { GoModule } from "../../evidence/go/module-info.ts";

/** What a package belongs to. */
export type PackageOwner =
  | { readonly kind: "standard-library" }
  /** The module of the program itself: its version is usually `(devel)`. */
  | { readonly kind: "main-module"; readonly module: GoModule }
  | { readonly kind: "module"; readonly module: GoModule }
  /** The build info names no module that the package can belong to. */
  | { readonly kind: "unknown" };

/**
 * The module that a package comes from: the one with the longest path that the import path begins with (Go modules reference,
 * "Resolving a package to a module"). Import paths whose first element has no dot are the standard library's (cmd/go/internal/search,
 * IsStandardImportPath) if no module claims them.
 */
export function packageOwner(path: string, info: Pick<GoBuildInfo, "main" | "deps">): PackageOwner {
  const dep = longest(info.deps.filter((module) => contains(module, path)));
  const { main } = info;
  if (main !== undefined && contains(main, path) && main.path.length >= (dep?.path.length ?? 0)) {
    return { kind: "main-module", module: main };
  }
  if (dep !== undefined) return { kind: "module", module: dep };
  const [first = ""] = path.split("/");
  // The name that cmd/go gives a main package built from a list of files (cmd/go/internal/work/gc.go, pluginPath).
  const isStandard = !first.includes(".") && !path.startsWith("plugin/unnamed-");
  return isStandard ? { kind: "standard-library" } : { kind: "unknown" };
}

function contains(module: GoModule, path: string): boolean {
  return path === module.path || path.startsWith(`${module.path}/`);
}

function longest(modules: readonly GoModule[]): GoModule | undefined {
  return modules.reduce<GoModule | undefined>(
    (best, module) => (best === undefined || module.path.length > best.path.length ? module : best),
    undefined,
  );
}

/** What was actually linked: the replacement, if go.mod has one. */
export function linkedModule(module: GoModule): GoModule {
  return module.replacedBy ?? module;
}

/** `example.com/a v1.2.3`, `example.com/a v1.2.3 => ./near`. */
export function moduleText(module: GoModule): string {
  const { path, version, replacedBy } = module;
  const own = [path, version].filter((part) => part !== "").join(" ");
  return replacedBy === undefined ? own : `${own} => ${moduleText(replacedBy)}`;
}
