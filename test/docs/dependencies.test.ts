import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

interface Package {
  readonly license?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly hasInstallScript?: boolean;
  readonly resolved?: string;
  readonly integrity?: string;
}

function json(file: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../${file}`, import.meta.url), "utf8"));
}

const description = json("package.json") as Readonly<
  Record<"dependencies" | "devDependencies", Readonly<Record<string, string>>>
>;
const lock = json("package-lock.json") as { readonly packages: Readonly<Record<string, Package>> };
const packages = Object.entries(lock.packages).filter(([path]) => path !== "");
/** What `npm install otelcol-plugins` brings. */
const installed = packages.filter(([, { dev }]) => dev !== true);
const page = readFileSync(new URL("../../docs/dependencies.md", import.meta.url), "utf8");

describe("the policy of docs/dependencies.md", () => {
  it("every package is pinned to an exact version", () => {
    const versions = Object.values({ ...description.dependencies, ...description.devDependencies });
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  it("what is installed with the tool is under a license that the page names", () => {
    expect(installed.length).toBeGreaterThan(Object.keys(description.dependencies).length);
    const named = (/^- \*\*Licenses\.\*\*.*?\n(?=- )/ms.exec(page)?.[0] ?? "").split(/[\s,]+/);
    const allowed = (license = "none") =>
      license
        .replace(/[()]/g, "")
        .split(" OR ")
        .some((each) => named.some((name) => each === name.replace(/\.$/, "")));
    expect(
      installed.filter(([, { license }]) => !allowed(license)).map(([path, { license }]) => [path, license]),
    ).toEqual([]);
  });

  it("nothing that is installed with the tool runs a script when it is installed", () => {
    expect(installed.filter(([, { hasInstallScript }]) => hasInstallScript === true)).toEqual([]);
  });

  it("every package of the lock file comes from the registry, with its checksum", () => {
    for (const [path, { resolved, integrity }] of packages) {
      // Without an address npm asks the registry.
      if (resolved !== undefined) expect(resolved, path).toMatch(/^https:\/\/registry\.npmjs\.org\//);
      expect(integrity, path).toMatch(/^sha512-/);
    }
  });
});
