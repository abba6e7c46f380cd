import { describe, expect, it } from "vitest";
import type { Build } from "../../../src/artifact/build.ts";
import { known, unknown } from "../../../src/evidence/fact.ts";
import type { Dependency } from "../../../src/language/dependency.ts";
import { dependencyMismatch } from "../../../src/rules/host/dependency-mismatch/rule.ts";
import { dependencyNotInHost } from "../../../src/rules/host/dependency-not-in-host/rule.ts";
import type { Comparison, Pair } from "../../../src/rules/rule.ts";
import { examplePair, withBuilds } from "../../support/example-artifact.ts";
import { exampleManifest } from "../../support/example-manifest.ts";

const name = "example.com/a";

function module(over: Partial<Dependency> = {}): Dependency {
  return { name, version: "v1.0.0", hash: "h1:a=", from: ".go.buildinfo", ...over };
}

function linking(dependencies: readonly Dependency[]): Partial<Build> {
  return { dependencies: known(dependencies, ".go.buildinfo") };
}

function pairOf(plugin: Partial<Build>, host: Partial<Build>): Pair {
  return withBuilds(examplePair(exampleManifest(), exampleManifest()), plugin, host);
}

function compare(plugin: readonly Dependency[], host: readonly Dependency[]): Comparison {
  return dependencyMismatch.evaluate(pairOf(linking(plugin), linking(host)));
}

describe("dependency-mismatch", () => {
  it("shows what each side links, where it was read, and the commands", () => {
    const theirs = module({ version: "v1.2.0", hash: "h1:b=", from: "go.mod" });
    expect(compare([module()], [theirs]).findings).toEqual([
      {
        subject: name,
        message: `links a different version of ${name} than the host: v1.0.0; the host links v1.2.0`,
        plugin: { value: "v1.0.0 h1:a=", from: ".go.buildinfo" },
        host: { value: "v1.2.0 h1:b=", from: "go.mod" },
        bundle: "version",
        fix: [
          expect.objectContaining({ run: `go get ${name}@v1.2.0 && go mod tidy` }),
          expect.objectContaining({ change: { kind: "build" } }),
        ],
      },
    ]);
  });

  it.each([
    ["both versions are equal", {}, { hash: "h1:b=" }],
    ["the plugin's version is unknown", { version: undefined }, { hash: "h1:b=" }],
    ["the host's version is unknown", {}, { version: undefined, hash: "h1:b=" }],
  ])("names no version if %s", (_, ours, theirs) => {
    expect(compare([module(ours)], [module(theirs)]).findings).toMatchObject([
      { message: `links a different build of ${name} than the host` },
    ]);
  });

  it("names every version that the host links, and each place once", () => {
    const host = [
      module({ version: "v2.0.0", hash: "h1:b=", from: "x" }),
      module({ version: "v3.0.0", hash: "h1:c=", from: "x" }),
      module({ version: "v4.0.0", hash: "h1:d=", from: "y" }),
    ];
    expect(compare([module()], host).findings).toMatchObject([
      {
        message: expect.stringMatching(
          /: v1\.0\.0; the host links v2\.0\.0 and v3\.0\.0 and v4\.0\.0$/,
        ) as string,
        host: { value: "v2.0.0 h1:b= or v3.0.0 h1:c= or v4.0.0 h1:d=", from: "x, y" },
      },
    ]);
  });

  it.each([
    ["a version and a hash", { hash: "h1:x=" }, "v1.0.0 h1:x="],
    ["a hash", { version: undefined, hash: "h1:x=" }, "h1:x="],
    [
      "a revision, without a version",
      { version: undefined, hash: "h1:x=", revision: "0123" },
      "revision 0123 h1:x=",
    ],
    ["no revision beside a version", { hash: "h1:x=", revision: "0123" }, "v1.0.0 h1:x="],
    ["what was linked in its place", { hash: "h1:x=", replacedBy: "./fork" }, "v1.0.0 h1:x= (./fork)"],
  ])("shows %s", (_, over, value) => {
    const [finding] = compare([module(over)], [module()]).findings;
    expect(finding?.plugin?.value).toBe(value);
  });

  it.each([
    ["different versions", {}, { version: "v1.2.0" }, "version"],
    ["different content", {}, { hash: "h1:b=" }, "content"],
    ["a replacement in the plugin", { replacedBy: "./fork" }, { version: "v1.2.0" }, "content"],
    ["a replacement in the host", {}, { version: "v1.2.0", replacedBy: "./fork" }, "content"],
  ])("is fixed together with others of its kind: %s", (_, ours, theirs, bundle) => {
    expect(compare([module(ours)], [module(theirs)]).findings).toMatchObject([{ bundle }]);
  });

  it("is fixed by content if only one of the host's versions is replaced", () => {
    const host = [module({ version: "v2.0.0" }), module({ version: "v3.0.0", replacedBy: "./fork" })];
    expect(compare([module()], host).findings).toMatchObject([
      { bundle: "content", cause: "The host was built with a replacement for it." },
    ]);
  });

  it("has different content if only one of the host's is surely of its version", () => {
    const host = [module({ hash: "h1:b=" }), module({ version: undefined, hash: "h1:c=" })];
    expect(compare([module()], host).findings).toMatchObject([
      { bundle: "content", cause: "Same version, different content." },
    ]);
  });

  it("has no command to build again if there is none for the dependency", () => {
    const { findings } = compare([module()], [module({ hash: "h1:b=" })]);
    expect(findings[0]?.fix?.map(({ kind }) => kind)).toEqual(["advice"]);
  });

  it.each([
    ["the plugin's", { dependencies: unknown("no stamp") }, {}, "no stamp"],
    ["the host's", {}, { dependencies: unknown("stripped") }, "stripped"],
    [
      "the plugin's",
      { dependencies: unknown("no stamp") },
      { dependencies: unknown("stripped") },
      "no stamp",
    ],
  ] as const)("is unknown, with the reason, if %s are: %#", (whose, plugin, host, why) => {
    const { findings, check } = dependencyMismatch.evaluate(pairOf(plugin, host));
    expect(findings).toEqual([]);
    expect(check).toMatchObject({
      status: "unknown",
      decisive: true,
      reason: `${whose} dependencies are unknown: ${why}`,
    });
  });

  it.each(["plugin", "host"] as const)("is unknown without build information of the %s", (side) => {
    const pair = pairOf({}, {});
    const { findings, check } = dependencyMismatch.evaluate({
      ...pair,
      [side]: { ...pair[side], build: undefined },
    });
    expect(findings).toEqual([]);
    expect(check).toMatchObject({
      status: "unknown",
      decisive: true,
      reason: expect.stringContaining(`the ${side} has no build information`) as string,
    });
  });
});

describe("the comparison of dependencies", () => {
  const b = module({ name: "example.com/b" });
  const main = module({ name: "example.com/main", isMain: true });
  const unsummed = module({ hash: "" });

  it.each([
    ["nothing shared", [], [], "match", "no shared dependencies"],
    ["one that only the plugin links", [b], [module()], "match", "no shared dependencies"],
    ["one that is equal", [module(), b], [module()], "match", "1 shared dependency, equal"],
    ["all that are equal", [module(), b], [module(), b], "match", "2 shared dependencies, all equal"],
    [
      "those that differ",
      [module(), b],
      [module({ hash: "h1:x=" }), b],
      "mismatch",
      "1 of 2 shared dependencies differ",
    ],
    [
      "one that is unknown",
      [unsummed, b],
      [module(), b],
      "unknown",
      `${name}: the plugin gives no hash for it`,
    ],
    [
      "all that are unknown",
      [unsummed, { ...b, hash: "" }],
      [module(), b],
      "unknown",
      `2 dependencies cannot be compared; ${name}: the plugin gives no hash for it`,
    ],
    [
      "those that differ before those that are unknown",
      [unsummed, b],
      [module(), { ...b, hash: "h1:x=" }],
      "mismatch",
      "1 of 2 shared dependencies differ",
    ],
  ])("counts %s", (_, plugin, host, status, reason) => {
    expect(compare(plugin, host).check).toMatchObject({ status, decisive: true, reason });
  });

  it.each([
    ["none", [], "0 dependencies"],
    ["one", [module()], "1 dependency"],
    ["two", [module(), b], "2 dependencies"],
    ["its own module not", [module(), main], "1 dependency"],
  ])("counts what a side links: %s", (_, all, value) => {
    const { check } = compare([], all);
    expect(check?.plugin).toEqual({ value: "0 dependencies", from: ".go.buildinfo" });
    expect(check?.host).toEqual({ value, from: ".go.buildinfo" });
  });

  it("counts the host's own module if the plugin links it", () => {
    const { check } = compare([module({ name: main.name })], [module(), main]);
    expect(check?.host?.value).toBe("1 dependency and its own module");
    expect(compare([module()], [module(), main]).check?.host?.value).toBe("1 dependency");
  });
});

describe("the cause of a dependency that differs", () => {
  const project = "example.com/project";
  const sibling = (at: string, over: Partial<Dependency> = {}): Dependency =>
    module({ name: `${project}/${at}`, ...over });
  const newer = { version: "v1.2.0", hash: "h1:b=" };
  const causes = (plugin: readonly Dependency[], host: readonly Dependency[]) =>
    compare(plugin, host).findings.map(({ cause }) => cause);

  it.each([
    [
      "a replacement in the plugin",
      { replacedBy: "./fork", hash: "h1:x=" },
      {},
      "The plugin was built with a replacement for it.",
    ],
    [
      "a replacement in the host",
      {},
      { replacedBy: "./fork", hash: "h1:x=" },
      "The host was built with a replacement for it.",
    ],
    ["the content", {}, { hash: "h1:x=" }, "Same version, different content."],
    ["an unknown version", { version: undefined }, { version: undefined, hash: "h1:x=" }, undefined],
    ["the version", {}, newer, undefined],
  ])("is %s", (_, ours, theirs, cause) => {
    const [finding] = compare([module(ours)], [module(theirs)]).findings;
    expect(finding?.cause).toBe(cause);
    if (cause === undefined) expect(finding).not.toHaveProperty("cause");
  });

  it("is the project's release for three or more of its modules", () => {
    const [two, three] = [
      ["a", "b"],
      ["a", "b", "c"],
    ].map((all) =>
      causes(
        all.map((at) => sibling(at)),
        all.map((at) => sibling(at, newer)),
      ),
    );
    expect(two).toEqual([undefined, undefined]);
    expect(new Set(three)).toEqual(
      new Set([expect.stringMatching(`^${project} .*: 3 of them differ`) as string]),
    );
  });

  it("counts only those without a cause of their own, which keep it", () => {
    const all = ["a", "b", "c"];
    const host = [sibling("a", newer), sibling("b", newer), sibling("c", { hash: "h1:x=" })];
    expect(
      causes(
        all.map((at) => sibling(at)),
        host,
      ),
    ).toEqual([undefined, undefined, "Same version, different content."]);
  });
});

describe("dependency-not-in-host", () => {
  const absent = (plugin: readonly Dependency[], host: readonly Dependency[] = []) =>
    dependencyNotInHost.evaluate(pairOf(linking(plugin), linking(host))).findings;

  it.each([
    ["version and hash", {}, "v1.0.0 h1:a="],
    ["the version", { hash: "" }, "v1.0.0"],
    ["the hash", { version: undefined }, "h1:a="],
  ])("shows %s of what only the plugin links", (_, over, value) => {
    expect(absent([module(over)])).toEqual([
      {
        subject: name,
        bundle: "absent",
        message: `the host does not link ${name}: the plugin ships its own copy`,
        plugin: { value, from: ".go.buildinfo" },
      },
    ]);
  });

  it("is not told of what the host links, in whichever version, nor of the plugin's own module", () => {
    expect(absent([module()], [module({ version: "v9.0.0" })])).toEqual([]);
    expect(absent([module({ isMain: true })])).toEqual([]);
  });

  it.each([
    ["the plugin's are unknown", { dependencies: unknown("x") }, linking([])],
    ["the host's are unknown", linking([module()]), { dependencies: unknown("x") }],
  ] as const)("finds nothing if %s", (_, plugin, host) => {
    expect(dependencyNotInHost.evaluate(pairOf(plugin, host))).toEqual({ findings: [] });
  });

  it.each(["plugin", "host"] as const)("finds nothing without build information of the %s", (side) => {
    const pair = pairOf(linking([module()]), linking([]));
    const bare = { ...pair, [side]: { ...pair[side], build: undefined } };
    expect(dependencyNotInHost.evaluate(bare)).toEqual({ findings: [] });
  });
});
