import { describe, expect, it } from "vitest";
import type { Fix } from "../../../src/language/fix.ts";
import type { LoaderCheck } from "../../../src/loader/check.ts";
import type { MismatchCause } from "../../../src/loader/go/mismatch-cause.ts";
import type { Obstacle } from "../../../src/loader/obstacle.ts";
import type { FindingDraft } from "../../../src/rules/draft.ts";
import { loaderFinding, type LoaderSides } from "../../../src/rules/loader/loader-finding.ts";
import { examplePair } from "../../support/example-artifact.ts";
import { exampleManifest } from "../../support/example-manifest.ts";

function obstacle(check: LoaderCheck, over: Partial<Obstacle> = {}): Obstacle {
  return { outcome: "refused", check, message: null, cause: "It is wrong.", ...over };
}

function found(
  first: Obstacle,
  further: readonly Obstacle[] = [],
  causes: readonly MismatchCause[] = [],
  sides?: LoaderSides,
): FindingDraft {
  return loaderFinding({ outcome: first.outcome, first, further, needs: [] }, causes, sides);
}

function causeOf(kind: MismatchCause["kind"], text: string, subject = "example.com/a"): MismatchCause {
  return { kind, subject, packages: [], text };
}

describe("what a finding about the loader says", () => {
  it.each([
    ["refused", undefined, null, "the loader will reject it"],
    ["refused", undefined, "wrong ELF class", "the loader will reject it: wrong ELF class"],
    ["refused", true, null, "the loader will reject every plugin in this host"],
    ["crash", undefined, null, "loading it crashes the host process"],
    ["crash", true, "fatal error: x", "loading it crashes the host process: fatal error: x"],
  ] as const)("of %s, of the host: %s, with the message %j", (outcome, ofHost, message, says) => {
    const first = obstacle("class", { outcome, message, ...(ofHost === undefined ? {} : { ofHost }) });
    expect(found(first).message).toBe(says);
  });

  it("is about what the loader looked at, with both values", () => {
    const values = {
      subject: "fmt",
      plugin: { value: "1", from: "go:link.pkghashbytes" },
      host: { value: "2", from: "runtime.modinfo" },
    };
    expect(found(obstacle("package-hash", values))).toMatchObject(values);
  });

  it("has neither subject nor values if the loader names none", () => {
    expect(Object.keys(found(obstacle("truncated"))).sort()).toEqual([
      "cause",
      "explainedBy",
      "fix",
      "identity",
      "message",
    ]);
  });
});

describe("the cause of a finding about the loader", () => {
  const hash = obstacle("package-hash");
  const cut = obstacle("truncated");
  const none = obstacle("symbol-table");

  it.each([
    ["nothing", hash, [], "It is wrong."],
    ["the same failure", hash, [hash], "It is wrong. First of 2 such failures."],
    ["the same failure twice", hash, [hash, hash], "It is wrong. First of 3 such failures."],
    ["a different failure", hash, [cut], "It is wrong. 1 more problem is hidden behind it."],
    ["two different failures", hash, [cut, none], "It is wrong. 2 more problems are hidden behind it."],
    ["failures of both kinds", hash, [hash, cut], "It is wrong. 2 more problems are hidden behind it."],
  ] as const)("counts what is behind it: %s", (_, first, further, cause) => {
    expect(found(first, further).cause).toBe(cause);
  });

  it("counts nothing behind a fault of the host, which no plugin gets past", () => {
    expect(found(obstacle("no-loader", { ofHost: true }), [hash]).cause).toBe("It is wrong.");
  });

  it("has every reason why hashes differ, each once", () => {
    const causes = [causeOf("release", "It is wrong."), causeOf("setting", "The flag -race differs.")];
    expect(found(hash, [hash], causes).cause).toBe(
      "It is wrong. First of 2 such failures. The flag -race differs.",
    );
  });
});

describe("what fixes a finding about the loader", () => {
  const sides = examplePair(
    exampleManifest({ toolchain_version: "1.26.5", dependency_hashes: { "example.com/a@v1.0.0": "h1:x=" } }),
    exampleManifest({ dependency_hashes: { "example.com/a@v1.2.0": "h1:a=" } }),
  );
  const kindOrCommand = (fix: readonly Fix[] = []): readonly string[] =>
    fix.map((each) => (each.kind === "command" ? each.run : each.kind));
  const get = "go get example.com/a@v1.2.0 && go mod tidy";
  const build = "GOTOOLCHAIN=go1.26.8 go build -buildmode=plugin -trimpath .";
  const buildHost = "CGO_ENABLED=1 GOTOOLCHAIN=go1.26.8 go build -trimpath .";

  it.each([
    ["package-hash", ["advice", get, build]],
    ["no-module-data", ["advice", build]],
    ["other-module-layout", ["advice", build]],
    ["sanitizer", ["advice", build]],
    ["not-implemented", ["advice"]],
    ["machine", ["advice"]],
    ["missing-export", ["advice"]],
  ] as const)("is to build the plugin like its host if that is the reason: %s", (check, fixes) => {
    expect(kindOrCommand(found(obstacle(check), [], [], sides).fix)).toEqual(fixes);
    expect(kindOrCommand(found(obstacle(check)).fix)).toEqual(["advice"]);
  });

  it.each([
    ["not-implemented", ["advice", buildHost]],
    ["no-module-data", ["advice", buildHost]],
    ["no-loader", ["advice"]],
    ["package-hash", ["advice"]],
  ] as const)("is to build the host again if it is the host's fault: %s", (check, fixes) => {
    expect(kindOrCommand(found(obstacle(check, { ofHost: true }), [], [], sides).fix)).toEqual(fixes);
  });

  it("is only what this very obstacle needs, if it says so", () => {
    const own = obstacle("package-hash", { fix: "Build it with -trimpath." });
    expect(found(own, [], [], sides).fix).toEqual([{ kind: "advice", text: "Build it with -trimpath." }]);
  });

  it.each([
    ["executable-stack", undefined, /-z noexecstack/],
    ["signature", undefined, /codesign --force --sign - FILE/],
    ["executable", undefined, /-buildmode=plugin \(Go\) or crate-type = \["cdylib"\] \(Rust\)/],
    ["no-module-data", undefined, /^Build the plugin with -buildmode=plugin/],
    ["no-module-data", true, /^Link the host dynamically, with CGO_ENABLED=1/],
    ["not-implemented", true, /^Build the host with CGO_ENABLED=1/],
    ["realpath", undefined, /^Rebuild the plugin .*`plugins inspect`/],
    ["realpath", true, /^Rebuild the host/],
  ] as const)("is the advice for %s, of the host: %s", (check, ofHost, text) => {
    const first = obstacle(check, ofHost === undefined ? {} : { ofHost });
    expect(found(first).fix).toMatchObject([{ kind: "advice", text: expect.stringMatching(text) as string }]);
  });
});

describe("two findings about the loader", () => {
  const identityOf = (check: LoaderCheck, over: Partial<Obstacle> = {}): string | undefined =>
    found(obstacle(check, over)).identity;

  it.each([
    ["the same library", "missing-library", "libz.so.1", "libz.so.1", true],
    ["different libraries", "missing-library", "libz.so.1", "libssl.so.3", false],
    ["different libraries on macOS", "missing-dylib", "libz.dylib", "libssl.dylib", false],
    ["different symbols on macOS", "missing-symbol", "_a", "_b", false],
    ["different versions", "symbol-version", "GLIBC_2.38", "GLIBC_2.39", false],
    ["different symbols", "undefined-symbol", "a", "b", false],
    ["different packages", "package-hash", "fmt", "runtime", true],
  ] as const)("about %s are one problem or two", (_, check, one, other, isSame) => {
    expect(identityOf(check, { subject: one }) === identityOf(check, { subject: other })).toBe(isSame);
  });

  it("are two problems if their checks or remedies differ", () => {
    const identities = [
      identityOf("package-hash"),
      identityOf("truncated"),
      identityOf("package-hash", { fix: "Build it with -trimpath." }),
      identityOf("package-hash", { fix: "Patch the toolchain." }),
    ];
    expect(new Set(identities).size).toBe(4);
  });

  it("are one problem whatever the values", () => {
    const one = { message: "x", cause: "Why.", plugin: { value: "1", from: "a" } };
    expect(identityOf("class", one)).toBe(identityOf("class"));
  });
});

describe("what explains a finding about the loader", () => {
  const unreadable = { rule: "plugin-unreadable" };

  it.each([
    ["release", [{ rule: "toolchain-mismatch" }]],
    ["setting", [{ rule: "build-flags-mismatch" }]],
    ["module", [{ rule: "dependency-mismatch", subject: "example.com/a" }]],
    ["sources", []],
    ["directory", []],
    ["toolchain-build", []],
    ["unexplained", []],
  ] as const)("by the reason why hashes differ: %s", (kind, explained) => {
    const { explainedBy } = found(obstacle("package-hash"), [], [causeOf(kind, "Why.")]);
    expect(explainedBy).toEqual([...explained, unreadable]);
  });

  it.each([
    ["no-module-data", ["toolchain-mismatch", "language-unsupported"]],
    ["other-module-layout", ["toolchain-mismatch", "language-unsupported"]],
    ["class", ["target-mismatch"]],
    ["byte-order", ["target-mismatch"]],
    ["machine", ["target-mismatch"]],
    ["os-abi", ["target-mismatch"]],
    ["architecture", ["target-mismatch"]],
    ["missing-slice", ["target-mismatch"]],
    ["platform", ["target-mismatch"]],
    ["magic", ["target-mismatch"]],
    ["not-mach-o", ["target-mismatch"]],
    ["missing-library", []],
  ] as const)("by what the loader checks: %s", (check, explained) => {
    expect(found(obstacle(check)).explainedBy).toEqual([...explained.map((rule) => ({ rule })), unreadable]);
  });
});
