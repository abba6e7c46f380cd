import { known, unknown, type Fact } from "../../../src/evidence/fact.ts";
import type { GoBuildInfo } from "../../../src/evidence/go/build-info.ts";
import type { GoModule } from "../../../src/evidence/go/module-info.ts";
import type { GoHost } from "../../../src/loader/go/host.ts";
import type { OpenRequest } from "../../../src/loader/go/plugin-open.ts";
import type { GoPlugin } from "../../../src/loader/go/plugin.ts";

const hashes = [
  ["internal/abi", "aa"],
  ["runtime", "bb"],
  ["example.com/dep/x", "cc"],
] as const;

export const dep: GoModule = { path: "example.com/dep", version: "v1.0.0", sum: "h1:one" };

export function buildInfo(
  goVersion = "go1.26.8",
  settings: Readonly<Record<string, string>> = { "-compiler": "gc" },
  deps: readonly GoModule[] = [dep],
): Fact<GoBuildInfo> {
  const main = { path: "example.com/app", version: "(devel)", sum: undefined };
  const list = Object.entries(settings).map(([key, value]) => ({ key, value }));
  return known({ goVersion, path: main.path, main, deps, settings: list }, ".go.buildinfo");
}

export function host(other: Partial<GoHost> = {}): GoHost {
  return {
    format: "elf",
    kind: known("executable", "e_type"),
    buildInfo: buildInfo(),
    release: known({ exact: "go1.26.8" }, ".go.buildinfo"),
    ability: {
      pluginPackage: known("linked", "dynamic symbols"),
      cgo: known(true, "dynamic symbols"),
      dynamic: known(true, "PT_INTERP"),
      loaders: () => known("plugin.Open", "dynamic symbols"),
    },
    offersModuleList: known(true, "dynamic symbol runtime.lastmoduledatap"),
    layout: known({ size: 74, packageHashes: 56 }, "symbol"),
    packageHashes: known(new Map<string, string>(hashes), "dynamic symbols"),
    ...other,
  };
}

/** A plugin that goes with the host. @param changed hashes of packages that are others than the host's. */
export function plugin(
  other: Partial<GoPlugin> = {},
  changed: Readonly<Record<string, string>> = {},
): GoPlugin {
  const checks = hashes.map(([name, hash]) => ({ package: name, hash: changed[name] ?? hash }));
  return {
    format: "elf",
    isGo: known(true, ".go.buildinfo"),
    buildInfo: buildInfo(),
    release: known({ exact: "go1.26.8" }, ".go.buildinfo"),
    sharesModuleList: known(true, "bound by name"),
    layout: known({ size: 74, packageHashes: 56 }, "symbol"),
    table: known(
      {
        checks,
        path: "example.com/p.v2",
        symbolPath: "example.com/p%2ev2",
        exportCount: 1,
        packageHashesAt: 56,
      },
      "moduledata",
    ),
    functionTable: known("sound", "moduledata"),
    openingTables: known("sound", "moduledata"),
    asksHost: known(true, "bound by name"),
    exports: known(["Answer"], "dynamic symbols"),
    misnamed: unknown("no exported name is missing"),
    ...other,
  };
}

export function request(other: Partial<OpenRequest> = {}): OpenRequest {
  return { name: "./p.so", realPath: "/x/p.so", dlopen: { outcome: "loads", needs: [] }, ...other };
}

export const noFact = unknown("the file is broken");
