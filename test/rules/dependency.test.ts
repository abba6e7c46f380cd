import { describe, expect, it } from "vitest";
import { known } from "../../src/evidence/fact.ts";
import type { ProvenDependency, Proof } from "../../src/evidence/proof.ts";
import { combinedFixes } from "../../src/language/combined-fixes.ts";
import type { Finding } from "../../src/rules/finding.ts";
import { judgePair } from "../../src/rules/evaluation.ts";
import { examplePair, noProof } from "../support/example-artifact.ts";
import { exampleManifest } from "../support/example-manifest.ts";

function module(name: string, version: string, over: Partial<ProvenDependency> = {}): ProvenDependency {
  return { name, version, sum: `h1:${name}${version}=`, isMain: false, ...over };
}

function linked(dependencies: readonly ProvenDependency[]): Proof {
  return {
    ...noProof,
    language: known("go", ".go.buildinfo"),
    dependencies: known(dependencies, ".go.buildinfo"),
  };
}

function compare(plugin: readonly ProvenDependency[], host: readonly ProvenDependency[]): readonly Finding[] {
  const manifest = exampleManifest({ dependency_hashes: {} });
  const pair = examplePair(manifest, manifest, {
    plugin: { proof: linked(plugin) },
    host: { proof: linked(host) },
  });
  return judgePair(pair, undefined).findings.filter(({ rule }) => rule === "dependency-mismatch");
}

/** The first step: after it, the plugin is built as the host was. */
function command([finding]: readonly Finding[]): unknown {
  const [fix, build] = finding?.fix ?? [];
  expect(build).toMatchObject({ change: { kind: "build" } });
  return fix?.kind === "command" ? fix.run : fix?.kind;
}

describe("what fixes a Go module", () => {
  it("is go get of the newer version, which go mod tidy keeps", () => {
    const found = compare([module("example.com/a", "v1.9.0")], [module("example.com/a", "v1.10.0")]);
    expect(command(found)).toBe("go get example.com/a@v1.10.0 && go mod tidy");
  });

  it.each([
    ["-toolexec=sh", "v1.10.0"],
    ["example.com/a", "v1.10.0 -x"],
    ["example.com/\x1b[1A", "v1.10.0"],
    ["$(id)", "v1.10.0"],
  ])("is no command for %j in %j, which no registry has", (name, version) => {
    const found = compare([module(name, "v1.9.0")], [module(name, version)]);
    expect(found[0]?.fix[0]).toMatchObject({ kind: "advice" });
    expect(combinedFixes(found.flatMap(({ fix }) => fix))).not.toContainEqual(
      expect.objectContaining({ run: expect.stringContaining(name) as string }),
    );
  });

  it("is to exclude newer versions to go back, since go mod tidy undoes a go get that others outbid", () => {
    const found = compare([module("example.com/a", "v1.10.0")], [module("example.com/a", "v1.9.0")]);
    expect(command(found)).toMatch(
      /^while go mod edit -require=example.com\/a@v1.9.0 && go mod tidy && newer=/,
    );
  });

  it("is the host's own replacement", () => {
    const fork = module("example.com/a", "v1.2.4", {
      replacedBy: "example.com/fork v1.2.4",
      required: "v1.0.0",
    });
    expect(command(compare([module("example.com/a", "v1.2.3")], [fork]))).toMatch(
      /^while go mod edit -replace=example.com\/a=example.com\/fork@v1.2.4 -require=example.com\/a@v1.0.0 /,
    );
  });

  it("is to drop a replacement that the host has not", () => {
    const fork = module("example.com/a", "v1.2.4", { replacedBy: "example.com/fork v1.2.4" });
    expect(command(compare([fork], [module("example.com/a", "v1.2.3")]))).toMatch(
      /^while go mod edit -dropreplace=example.com\/a .*-require=example.com\/a@v1.2.3 /,
    );
  });
});

describe("causes", () => {
  const names = ["component", "consumer", "pdata"].map((name) => `go.opentelemetry.io/collector/${name}`);

  it("are one for the modules of a project that is released together", () => {
    const found = compare(
      [...names.map((name) => module(name, "v1.57.0")), module("example.com/a", "v1.0.0")],
      [...names.map((name) => module(name, "v1.58.0")), module("example.com/a", "v1.1.0")],
    );
    const causes = found.map(({ cause }) => cause);
    expect(new Set(causes.slice(0, 3)).size).toBe(1);
    expect(causes[0]).toContain("3 of them differ for this reason");
    expect(causes[3]).toBeUndefined();
  });

  it("are told apart where the content alone differs", () => {
    const found = compare(
      [module("example.com/a", "v1.0.0")],
      [module("example.com/a", "v1.0.0", { sum: "h1:x=" })],
    );
    expect(found[0]?.cause).toBe("Same version, different content.");
  });
});

describe("proven modules", () => {
  it("are compared though the manifests name none of them", () => {
    const found = compare([module("example.com/a", "v1.0.0")], [module("example.com/a", "v1.1.0")]);
    expect(found).toMatchObject([{ subject: "example.com/a", plugin: { from: ".go.buildinfo" } }]);
  });

  it("say nothing against the host's own module if only its commit is known", () => {
    const main = module("example.com/host", "v0.0.0-20260101000000-0123456789ab", { isMain: true });
    const { sum, ...unsummed } = main;
    expect(compare([module("example.com/host", "v1.0.0")], [{ ...unsummed, sum: undefined }])).toEqual([]);
    expect(sum).toBeDefined();
  });

  it("are compared with the host's own module if it has a released version", () => {
    const main = module("example.com/host", "v1.1.0", { isMain: true, sum: "" });
    const [found] = compare([module("example.com/host", "v1.0.0")], [main]);
    expect(found).toMatchObject({
      subject: "example.com/host",
      fix: [
        { run: "go get example.com/host@v1.1.0 && go mod tidy" },
        { run: "GOTOOLCHAIN=go1.26.8 go build -buildmode=plugin -trimpath ." },
      ],
    });
  });
});
