import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

interface Package {
  readonly dev?: boolean;
  readonly resolved?: string;
  readonly integrity?: string;
}

function json(file: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../${file}`, import.meta.url), "utf8"));
}

const description = json("package.json") as Readonly<
  Record<string, Readonly<Record<string, string>> | undefined>
>;
const lock = json("package-lock.json") as { readonly packages: Readonly<Record<string, Package>> };
const packages = Object.entries(lock.packages).filter(([path]) => path !== "");

describe("the policy of docs/dependencies.md", () => {
  it("every package is pinned to an exact version", () => {
    const versions = Object.values(description["devDependencies"] ?? {});
    expect(versions.length).toBeGreaterThan(20);
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+(?:-alpha\.\d+)?$/.test(version))).toEqual([]);
  });

  it("no package is installed with the tool, and nothing is run when it is installed", () => {
    for (const name of ["dependencies", "optionalDependencies", "peerDependencies", "bundleDependencies"])
      expect(description[name], name).toBeUndefined();
    // `prepare` is for a source tree: npm does not run it where it installs from a registry or a file.
    const hooks = ["preinstall", "install", "postinstall", "prepublish", "prepack", "postpack"];
    expect(Object.keys(description["scripts"] ?? {}).filter((name) => hooks.includes(name))).toEqual([]);
    expect(packages.filter(([, { dev }]) => dev !== true)).toEqual([]);
  });

  it("every package of the lock file comes from the registry, with its checksum", () => {
    for (const [path, { resolved, integrity }] of packages) {
      // Without an address npm asks the registry.
      if (resolved !== undefined) expect(resolved, path).toMatch(/^https:\/\/registry\.npmjs\.org\//);
      expect(integrity, path).toMatch(/^sha512-/);
    }
  });
});
