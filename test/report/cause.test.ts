import { describe, expect, it } from "vitest";
import type { PluginResult } from "../../src/check/model/result.ts";
import { causeIds, causesOf } from "../../src/report/model/cause.ts";
import { headlineOf, loaderTexts, pluginsOf, rowsOf } from "../../src/report/model/cause-text.ts";
import { missingManifestText } from "../../src/report/model/missing-manifest.ts";
import type { Finding } from "../../src/rules/finding.ts";
import { debug } from "../support/example-results.ts";

function plugin(name: string, findings: readonly Finding[], over: Partial<PluginResult> = {}): PluginResult {
  return { ...debug, path: `plugins/${name}`, verdict: "incompatible", findings, ...over };
}

const release = (of = "go1.25.0"): Finding => ({
  rule: "toolchain-mismatch",
  severity: "error",
  message: `was built with ${of}, the host with go1.26.8`,
  plugin: { value: of, from: ".go.buildinfo" },
  host: { value: "go1.26.8", from: ".go.buildinfo" },
  fix: [{ kind: "command", run: "GOTOOLCHAIN=go1.26.8 go build" }],
});

const refusal = (name: string): Finding => ({
  rule: "loader-refuses",
  severity: "error",
  message: `the loader will reject it: plugin.Open("plugins/${name}"): different version of package fmt`,
  identity: "package-hash",
  explainedBy: [{ rule: "toolchain-mismatch" }, { rule: "build-flags-mismatch" }],
  fix: [{ kind: "advice", text: "Build both alike." }],
});

const differing = (name: string, version: string): Finding => ({
  rule: "dependency-mismatch",
  severity: "error",
  subject: name,
  bundle: "version",
  message: `links a different version of ${name} than the host: ${version}; the host links v2.0.0`,
  plugin: { value: `${version} h1:aaa=`, from: ".go.buildinfo" },
  host: { value: "v2.0.0 h1:bbb=", from: ".go.buildinfo" },
  fix: [{ kind: "command", run: `go get ${name}@v2.0.0` }],
});

const refused = { ...debug.loader, outcome: "refused", opener: "plugin.Open" } as NonNullable<
  PluginResult["loader"]
>;

describe("what is wrong in many plugins", () => {
  const plugins = Array.from({ length: 46 }, (_, at) => {
    const message = `plugin.Open("plugins/p${at}"): different version of package fmt`;
    return plugin(`p${at}.so`, [release(), refusal(`p${at}`)], { loader: { ...refused, message } });
  });
  const causes = causesOf({ plugins, findings: [] });

  it("is one cause, and what the loader answers because of it belongs to it", () => {
    expect(causes.map(({ rule, members }) => [rule, members.length])).toEqual([["toolchain-mismatch", 46]]);
    expect(causes.flatMap(loaderTexts)).toEqual([
      "plugin.Open would refuse it: different version of package fmt",
    ]);
  });

  it("says how many get each of several answers, the most frequent first", () => {
    const named = plugins.map((each, at) => ({
      ...each,
      loader: { ...refused, message: `different version of package ${at < 3 ? "unsafe" : "fmt"}` },
    }));
    expect(causesOf({ plugins: named, findings: [] }).flatMap(loaderTexts)).toEqual([
      "plugin.Open would refuse it (43 of 46): different version of package fmt",
      "plugin.Open would refuse it (3 of 46): different version of package unsafe",
    ]);
  });

  it("has one fix, and the plugins in natural order", () => {
    expect(causes.map(({ fix }) => fix)).toEqual([
      [{ kind: "command", run: "GOTOOLCHAIN=go1.26.8 go build" }],
    ]);
    expect(causes.flatMap(pluginsOf).slice(0, 3)).toEqual([
      "plugins/p0.so",
      "plugins/p1.so",
      "plugins/p2.so",
    ]);
  });

  it("is two causes if it differs", () => {
    const all = [...plugins, plugin("q.so", [release("go1.24.0")])];
    expect(causesOf({ plugins: all, findings: [] }).map(({ members }) => members.length)).toEqual([46, 1]);
  });

  it("has the same id in every run", () => {
    const [again] = causesOf({ plugins: plugins.slice(3), findings: [] });
    expect(again?.id).toBe(causes[0]?.id);
  });
});

describe("a consequence", () => {
  it("is a cause of its own if nothing explains it", () => {
    const [cause] = causesOf({ plugins: [plugin("a.so", [refusal("a")])], findings: [] });
    expect(cause?.rule).toBe("loader-refuses");
  });

  it("of two plugins is one cause, although each message has its own name", () => {
    const plugins = [plugin("a.so", [refusal("a")]), plugin("b.so", [refusal("b")])];
    expect(causesOf({ plugins, findings: [] }).map(({ members }) => members.length)).toEqual([2]);
  });

  it("of two plugins is one thing, although each message has its own name", () => {
    const plugins = [plugin("a.so", [refusal("a")]), plugin("b.so", [refusal("b")])];
    const [cause] = causesOf({ plugins, findings: [] });
    expect(cause && [rowsOf(cause).length, headlineOf(cause)]).toEqual([1, refusal("a").message]);
  });

  it("belongs to what is wrong with its own slice of a universal file", () => {
    const of = (arch: string, finding: Finding): Finding => ({ ...finding, arch });
    const findings = [of("x86_64", release()), of("arm64", refusal("a"))];
    const causes = causesOf({ plugins: [plugin("a.so", findings)], findings: [] });
    expect(causes.map(({ rule }) => rule).sort()).toEqual(["loader-refuses", "toolchain-mismatch"]);
  });

  it("keeps its severity if that of what explains it was lowered", () => {
    const lowered: Finding = { ...release(), severity: "note" };
    const [cause] = causesOf({ plugins: [plugin("a.so", [lowered, refusal("a")])], findings: [] });
    expect([cause?.rule, cause?.severity]).toEqual(["toolchain-mismatch", "error"]);
  });
});

describe("dependencies that differ", () => {
  const names = Array.from({ length: 200 }, (_, at) => `example.com/m${at}`);
  const findings = names.map((name) => differing(name, "v1.0.0"));

  it("of one plugin are one cause", () => {
    const causes = causesOf({ plugins: [plugin("a.so", findings)], findings: [] });
    expect(causes.map((cause) => rowsOf(cause).length)).toEqual([200]);
    expect(causes.map(headlineOf)).toEqual(["200 dependencies differ from the host's"]);
  });

  it("show their versions, which tell more than hashes", () => {
    const [cause] = causesOf({ plugins: [plugin("a.so", findings)], findings: [] });
    expect(cause && rowsOf(cause)[0]).toMatchObject({
      subject: "example.com/m0",
      plugin: "v1.0.0",
      host: "v2.0.0",
    });
  });

  it("are put together if each plugin has its own", () => {
    const plugins = names.slice(0, 50).map((name, at) => plugin(`p${at}.so`, [differing(name, "v1.0.0")]));
    const causes = causesOf({ plugins, findings: [] });
    expect(causes.map(({ members }) => members.length)).toEqual([1, 1, 1, 1, 1, 45]);
  });
});

it("every finding that counts has a cause, and no other", () => {
  const hidden: Finding = { ...release(), suppressed: { reason: "known", expires: null } };
  const all = [release(), refusal("a"), differing("example.com/a", "v1.0.0"), hidden];
  const plugins = [plugin("a.so", all), plugin("b.so", [release("go1.20")])];
  const ids = causeIds(causesOf({ plugins, findings: [release("go1.19")] }));
  expect(plugins.flatMap(({ findings }) => findings).filter((finding) => !ids.has(finding))).toEqual([
    hidden,
  ]);
});

describe("missing manifests", () => {
  const missing: Finding = { rule: "manifest-missing", severity: "note", message: "has none", fix: [] };
  it.each([
    [0, false, undefined],
    [1, false, "1 plugin carries no manifest; what the binary proves is compared."],
    [1, true, "1 plugin and the host carry no manifest; what the binaries prove is compared."],
    [0, true, "the host carries no manifest; what the binary proves is compared."],
    [12, true, "12 plugins and the host carry no manifest; what the binaries prove is compared."],
  ])("of %i plugins, and of the host: %s", (count, isHost, text) => {
    const plugins = Array.from({ length: count }, (_, at) => plugin(`${at}.so`, [missing]));
    expect(missingManifestText({ plugins, findings: isHost ? [missing] : [] })).toBe(text);
  });
});
