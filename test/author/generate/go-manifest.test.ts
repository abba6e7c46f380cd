import { chmodSync, cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { generate, merged, type Generated } from "../../../src/author/generate/generate.ts";
import { manifestText } from "../../../src/author/generate/manifest-text.ts";
import { inspect } from "../../../src/check/inspect.ts";
import { languages } from "../../../src/language/languages.ts";
import { disk } from "../../../src/files/disk.ts";
import type { Manifest } from "../../../src/manifest/generated/manifest.ts";
import { GoSources } from "../../support/go-sources.ts";
import { describeWith, lackOf, need } from "../../support/need.ts";

const time = "2026-01-02T03:04:05Z";

function manifestOf(path: string, ...buildArguments: readonly string[]): Promise<Generated> {
  return generate({
    files: disk,
    path,
    buildArguments,
    settings: new Map([["build_time", time]]),
    started: () => undefined,
  });
}

const goMod = "module example.com/plugin\n\ngo 1.20\n\nrequire example.com/far v1.2.3\n";
const main =
  'package main\n\nimport "example.com/far"\n\nvar Name = far.Text()\n\nfunc main() { println(Name) }\n';
const near = {
  "near/go.mod": "module example.com/far\n\ngo 1.20\n",
  "near/far.go": 'package far\n\nfunc Text() string { return "near" }\n',
};
const tagged =
  '//go:build extra\n\npackage main\n\nimport fork "example.com/fork"\n\nvar Extra = fork.Text()\n';

/** How a module is built: its files, flags, and what is run before. */
interface Case {
  readonly files?: Readonly<Record<string, string>>;
  readonly flags?: readonly string[];
  readonly prepare?: readonly (readonly string[])[];
  /** Folder of the package. */
  readonly at?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

const cases: Readonly<Record<string, Case>> = {
  plain: {},
  plugin: { flags: ["-buildmode=plugin"] },
  "trimmed paths": { flags: ["-trimpath", "-buildmode", "plugin"] },
  "race detector": { flags: ["-race"] },
  "compiler flags": { flags: ["-gcflags=all=-N -l", "-gcflags", "-e", "-asmflags=all=-D=OTEL=1"] },
  "a module that only a tag links": {
    files: {
      "go.mod": `${goMod}require example.com/fork v0.9.0\n`,
      "extra.go": tagged,
    },
    flags: ["-tags", "extra other", "-tags=extra,more"],
  },
  "required, but not linked": {
    files: { "go.mod": `${goMod}require example.com/unlinked v1.0.0\n` },
    prepare: [["mod", "download"]],
  },
  "another module in its place": {
    files: { "go.mod": `${goMod}replace example.com/far => example.com/fork v0.9.0\n` },
  },
  "another version in its place": {
    files: { "go.mod": `${goMod}replace example.com/far => example.com/far v1.3.0\n` },
  },
  "a folder in its place": {
    files: { "go.mod": `${goMod}replace example.com/far => ./near\n`, ...near },
  },
  vendored: { prepare: [["mod", "vendor"]], flags: ["-mod=vendor"] },
  "a workspace": {
    files: {
      "go.work": "go 1.20\n\nuse (\n\t./near\n\t./plugin\n)\n",
      "plugin/go.mod": goMod.replace("v1.2.3", "v1.2.3\n\nrequire example.com/fork v0.9.0"),
      "plugin/main.go":
        main.replace('"example.com/far"', '"example.com/far"\n\nimport fork "example.com/fork"') +
        "\nvar Fork = fork.Text()\n",
      ...near,
    },
    at: "plugin",
  },
  "a package below the module": {
    files: { "cmd/plugin/main.go": main },
    at: "cmd/plugin",
  },
  "another go.mod": {
    files: { "other.mod": goMod.replace("v1.2.3", "v1.3.0") },
    prepare: [["mod", "tidy", "-modfile=other.mod"]],
    flags: ["-modfile=other.mod"],
  },
  "without cgo, for another system": {
    environment: { CGO_ENABLED: "0", GOOS: "darwin", GOARCH: "arm64" },
    flags: ["-ldflags", "-s -w -X main.Name=plugin"],
  },
  "flags by the environment": {
    environment: { GOFLAGS: "-modcacherw -buildvcs=false -trimpath '-tags=a b'" },
  },
  "an experiment": { environment: { GOEXPERIMENT: "arenas,regabiwrappers" } },
};

describeWith(lackOf("go", "gcc"), "a manifest of Go sources", () => {
  let sources: GoSources;

  beforeAll(() => {
    sources = new GoSources();
  });
  afterAll(() => {
    sources.remove();
  });
  beforeEach(() => () => {
    for (const name of ["CGO_ENABLED", "GOOS", "GOARCH", "GOEXPERIMENT"]) vi.stubEnv(name, undefined);
    vi.stubEnv("GOFLAGS", "-modcacherw -buildvcs=false");
  });

  function prepared(name: string, { files = {}, prepare = [], at = "." }: Case): string {
    const folder = sources.write(name.replaceAll(/\W+/g, "-"), {
      "go.mod": goMod,
      "main.go": main,
      ...files,
    });
    const own = join(folder, at === "plugin" ? at : ".");
    if (files["go.work"] === undefined) sources.go(own, "mod", "tidy", "-e");
    else sources.go(own, "mod", "download", "example.com/fork", "example.com/far");
    if (files["go.mod"]?.includes("unlinked") === true || name.includes("tag")) {
      writeFileSync(join(folder, "go.mod"), files["go.mod"] ?? "");
      sources.go(folder, "mod", "download", "all");
    }
    for (const command of prepare) sources.go(folder, ...command);
    return join(folder, at);
  }

  test.each(Object.entries(cases))("%s: as the build info of the built file has it", async (name, each) => {
    if (each.flags?.includes("-race") === true) need("gcc");
    for (const [key, value] of Object.entries(each.environment ?? {})) vi.stubEnv(key, value);
    const folder = prepared(name, each);
    const built = join(sources.root, `${name.replaceAll(/\W+/g, "-")}.bin`);
    sources.go(folder, "build", ...(each.flags ?? []), "-o", built, ".");
    const { manifest } = await manifestOf(folder, ...(each.flags ?? []));
    const proven = (await manifestOf(built)).manifest;
    const isVendored = each.flags?.includes("-mod=vendor") === true;
    // In the build info of a vendored build no module has a sum.
    const hashes = (of: Manifest): unknown =>
      isVendored ? Object.keys(of.dependency_hashes).sort() : of.dependency_hashes;
    // The linker writes `-X:` since Go 1.26, the compiler says ` X:`.
    const compiler = (of: Manifest): unknown => languages.go.toolchain.parse(of.toolchain_version);
    expect(compiler(manifest)).toEqual(compiler(proven));
    const recorded = (of: Manifest): unknown =>
      of.build_flags.filter((flag) => !/^-mod(?:file)?=/.test(flag));
    expect(hashes(manifest)).toEqual(hashes(proven));
    const rest = { dependency_hashes: {}, toolchain_version: "" };
    expect({ ...manifest, ...rest, build_flags: recorded(manifest) }).toEqual({
      ...proven,
      ...rest,
      build_flags: recorded(proven),
    });
    if (isVendored) expect(manifest.dependency_hashes["example.com/far@v1.2.3"]).toMatch(/^h1:/);
    expect(JSON.stringify(manifest)).not.toContain(sources.root);

    // The claim in the file contradicts nothing that the file proves.
    const claim = join(sources.root, "claim.json");
    writeFileSync(claim, manifestText(manifest));
    if (each.environment?.["GOOS"] === "darwin") return;
    execFileSync("objcopy", ["--add-section", `.otel_manifest=${claim}`, built, `${built}.claim`]);
    const { findings, manifest: read } = await inspect(disk, `${built}.claim`);
    expect(read).toMatchObject({ valid: true, source: "section" });
    expect(findings).toEqual([]);
  });

  test("the same sources in two folders give the same bytes", async () => {
    const one = prepared("one", cases["a folder in its place"] ?? {});
    const two = join(sources.root, "elsewhere", "two");
    mkdirSync(two, { recursive: true });
    cpSync(one, two, { recursive: true });
    const texts = [one, two].map(async (folder) => manifestText((await manifestOf(folder)).manifest));
    const [first, second] = await Promise.all(texts);
    expect(first).toBe(second);
    expect(first).toContain('"example.com/far": ""');
    expect(Object.keys(JSON.parse(first ?? "") as object)).toEqual(
      Object.keys(JSON.parse(first ?? "") as object).sort(),
    );
  });

  test("an error of go is shown with what was run", async () => {
    const folder = sources.write("broken", { "go.mod": goMod, "main.go": main });
    await expect(manifestOf(folder, "-trimpath")).rejects.toMatchObject({
      code: "program-failed",
      message: expect.stringMatching(
        /^go list -trimpath .*\nfailed with exit code 1 in .*broken:\n.*missing go\.sum entry/s,
      ) as unknown,
    });
  });

  test("an error of go keeps its layout", async () => {
    const folder = sources.write("lacking", {
      "go.mod": "module example.com/lacking\n",
      "main.go": 'package main\n\nimport "example.com/fork"\n\nfunc main() { fork.Text() }\n',
    });
    await expect(manifestOf(folder)).rejects.toThrow(/to add it:\n {4}go get example\.com\/fork/);
  });

  test.each([
    [
      "not a main package",
      { "go.mod": "module example.com/lib\n", "lib.go": "package lib\n" },
      [],
      /is not a main package/,
    ],
    [
      "two packages",
      { "go.mod": "module example.com/lib\n", "a.go": "package main\n" },
      ["./a", "./b"],
      /two packages/,
    ],
    [
      "no package",
      { "go.mod": "module example.com/lib\n", "a.go": "package main\n", "b/b.txt": "" },
      ["./b/..."],
      /\.\/b\/\.\.\. is no package/,
    ],
    [
      "several packages of one pattern",
      { "go.mod": "module example.com/lib\n", "a.go": "package main\n", "b/b.go": "package main\n" },
      ["./..."],
      /is more than one package/,
    ],
    [
      "-C",
      { "go.mod": "module example.com/lib\n", "a.go": "package main\n" },
      ["-C", "x"],
      /-C is not taken/,
    ],
  ])("%s is refused", async (name, files, flags, message) => {
    const folder = sources.write(`refused ${name}`, files);
    await expect(manifestOf(folder, ...flags)).rejects.toThrow(message);
  });

  test("a folder whose path has tabs and spaces in it", async () => {
    const folder = prepared("tab", {});
    const odd = join(sources.root, "a\tb c");
    cpSync(folder, odd, { recursive: true });
    expect((await manifestOf(odd)).manifest).toEqual((await manifestOf(folder)).manifest);
  });

  test("a flag that names a file has the file's name only", async () => {
    const folder = prepared("named-files", {});
    const [mod, overlay, profile] = ["other.mod", "overlay.json", "cpu.pgo"].map((name) =>
      join(sources.root, name),
    );
    cpSync(join(folder, "go.mod"), mod ?? "");
    cpSync(join(folder, "go.sum"), join(sources.root, "other.sum"));
    writeFileSync(overlay ?? "", "{}");
    writeFileSync(profile ?? "", "");
    const flags = [
      `-modfile=${mod}`,
      "-overlay",
      `${overlay}`,
      `-pgo=${profile}`,
      "-toolexec=/usr/bin/env A=b",
    ];
    expect((await manifestOf(folder, ...flags)).manifest.build_flags).toEqual([
      "-modfile=other.mod",
      "-overlay=overlay.json",
      "-pgo=cpu.pgo",
      "-toolexec=env A=b",
    ]);
  });

  test("a workspace is described from its root, which has a go.work only", async () => {
    const root = sources.write("work-root", {
      "go.work": "go 1.20\n\nuse (\n\t./one\n\t./two\n)\n",
      "one/go.mod": "module example.com/one\n\ngo 1.20\n",
      "one/cmd/main.go": 'package main\n\nimport "example.com/two"\n\nfunc main() { two.Do() }\n',
      "two/go.mod": "module example.com/two\n\ngo 1.20\n",
      "two/two.go": "package two\n\nfunc Do() {}\n",
    });
    const member = (await manifestOf(join(root, "one/cmd"))).manifest;
    expect(member.dependency_hashes).toEqual({ "example.com/one": "", "example.com/two": "" });
    expect((await manifestOf(root, "./one/cmd")).manifest).toEqual(member);
    expect((await manifestOf(join(root, "go.work"), "./one/cmd")).manifest).toEqual(member);
  });

  test("a go that answers something else is named", async () => {
    const bin = sources.write("stand-in", { go: "#!/bin/sh\necho hello\n" });
    chmodSync(join(bin, "go"), 0o755);
    const folder = prepared("answered", {});
    vi.stubEnv("PATH", `${bin}:${process.env["PATH"] ?? ""}`);
    try {
      await expect(manifestOf(folder)).rejects.toMatchObject({
        code: "program-failed",
        message: "go env -json did not answer in JSON: hello",
      });
    } finally {
      vi.stubEnv("PATH", (process.env["PATH"] ?? "").slice(bin.length + 1));
    }
  });

  test("a toolchain that is not installed is not downloaded", async () => {
    const folder = sources.write("newer", {
      "go.mod": "module example.com/newer\n\ngo 1.99.0\n",
      "main.go": "package main\n\nfunc main() {}\n",
    });
    vi.stubEnv("GOTOOLCHAIN", undefined);
    writeFileSync(join(folder, "goenv"), "GOTOOLCHAIN=auto\n");
    vi.stubEnv("GOENV", join(folder, "goenv"));
    await expect(manifestOf(folder)).rejects.toMatchObject({
      code: "program-failed",
      hints: [expect.stringContaining("GOTOOLCHAIN=local") as unknown],
    });
    vi.stubEnv("GOTOOLCHAIN", "local");
    vi.stubEnv("GOENV", undefined);
  });

  test.each(["receiver", "processor", "exporter", "connector", "extension"])(
    "a %s is found by the type of its NewFactory",
    async (kind) => {
      const api = `go.opentelemetry.io/collector/${kind}`;
      const folder = sources.write(`component ${kind}`, {
        "go.mod": `module example.com/plugin\n\ngo 1.20\n\nrequire ${api} v0.0.0\n\nrequire go.opentelemetry.io/collector/component v0.0.0\n\nreplace ${api} => ./api\n\nreplace go.opentelemetry.io/collector/component => ./component\n`,
        "api/go.mod": `module ${api}\n`,
        "api/factory.go": `package ${kind}\n\ntype Factory interface{}\n\nfunc NewFactory(string, int) Factory { return nil }\n`,
        "component/go.mod": "module go.opentelemetry.io/collector/component\n",
        "component/type.go": "package component\n\nfunc MustNewType(s string) string { return s }\n",
        "kafka/kafka.go": `package kafka\n\nimport (\n\tapi "${api}"\n\t"example.com/plugin/kafka/internal/metadata"\n)\n\n// component.MustNewType("commented")\nfunc NewFactory() api.Factory { return api.NewFactory(metadata.Type, 1) }\n`,
        "kafka/internal/metadata/status.go":
          'package metadata\n\nimport "go.opentelemetry.io/collector/component"\n\nvar (\n\tType = component.MustNewType("kafka")\n\tDeprecatedType = component.MustNewType("old")\n)\n',
        "main.go": `package main\n\nimport (\n\tfactory "${api}"\n\n\t"example.com/plugin/kafka"\n)\n\nfunc NewFactory() factory.Factory {\n\treturn kafka.NewFactory()\n}\n\nfunc main() {}\n`,
        "variable/main.go":
          'package main\n\nimport "example.com/plugin/kafka"\n\nvar NewFactory = kafka.NewFactory\n\nfunc main() {}\n',
        "several/main.go": `package main\n\nimport (\n\t"os"\n\n\t"${api}"\n\n\t"example.com/plugin/kafka"\n)\n\nfunc NewFactory() ${kind}.Factory {\n\tif os.Getenv("OTHER") != "" {\n\t\treturn kafka.NewFactory()\n\t}\n\treturn ${kind}.NewFactory("x", 1)\n}\n\nfunc main() {}\n`,
        "left-out/main.go": `package main\n\nimport "${api}"\n\nfunc NewFactory() ${kind}.Factory { return ${kind}.NewFactory(kind, 1) }\n\nfunc main() {}\n`,
        "left-out/kind.go": 'package main\n\nconst kind = "real"\n',
        "left-out/old.go":
          '//go:build ignore\n\npackage main\n\nimport "go.opentelemetry.io/collector/component"\n\nvar old = component.MustNewType("old")\n',
        "unclear/main.go": `package main\n\nimport "${api}"\n\nvar made ${kind}.Factory\n\nfunc NewFactory() ${kind}.Factory { return made }\n\nfunc main() {}\n`,
      });
      const found = [{ kind, type: "kafka", symbol: "NewFactory" }];
      expect((await manifestOf(folder)).manifest.components).toEqual(found);
      expect((await manifestOf(join(folder, "variable"))).manifest.components).toEqual(found);
      const unclear = await manifestOf(join(folder, "unclear"));
      expect(unclear.manifest).not.toHaveProperty("components");
      expect(unclear.remarks).toEqual([expect.stringContaining("components are left out")]);
      for (const [name, why] of [
        ["several", `NewFactory calls several: kafka, ${kind}`],
        // What the build does not compile says nothing.
        ["left-out", "no component.MustNewType"],
      ]) {
        const { manifest, remarks } = await manifestOf(join(folder, name ?? ""));
        expect(manifest).not.toHaveProperty("components");
        expect(remarks).toEqual([expect.stringContaining(why ?? "") as unknown]);
      }
    },
  );

  test("a linked module without a sum is said to be unknown", async () => {
    const vendored = { prepare: [["mod", "vendor"]] };
    const folder = prepared("vendored without sums", vendored);
    rmSync(join(folder, "go.sum"));
    const { manifest, remarks } = await manifestOf(folder, "-mod=vendor");
    expect(manifest.dependency_hashes).toEqual({ "example.com/far@v1.2.3": "", "example.com/plugin": "" });
    expect(remarks).toEqual([
      "the content of example.com/far@v1.2.3 is unknown: no go.sum that could be read has its sum.",
    ]);
  });

  test("a host's manifests are merged, one per language", async () => {
    const { manifest } = await manifestOf(prepared("merged", {}));
    const rust: Manifest = { ...manifest, language: "rust" };
    expect(merged([rust, manifest])).toEqual([manifest, rust]);
    expect(() => merged([manifest, rust, manifest])).toThrow("two manifests are for go");
  });
});
