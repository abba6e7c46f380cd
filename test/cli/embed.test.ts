import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { appended, manifestJson } from "../support/embedding.ts";
import { buildElf, type ElfSpec } from "../support/elf-builder.ts";
import { buildMacho } from "../support/macho-builder.ts";
import { reportOf } from "../support/report-schema.ts";
import { notRoot, testWith } from "../support/need.ts";
import { runCli, type CliRun } from "../support/run-cli.ts";

const schema = JSON.parse(
  readFileSync(new URL("../../schemas/embed.schema.json", import.meta.url), "utf8"),
) as object;
const follows = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema);

const root = mkdtempSync(join(tmpdir(), "plugins-embed-"));
const at = (...names: readonly string[]): string => join(root, "now", ...names);

beforeEach(() => {
  rmSync(at(), { recursive: true, force: true });
  mkdirSync(at());
  writeFileSync(at("m.json"), manifestJson());
  writeFileSync(at("plugin.so"), buildElf(plain));
});

afterAll(() => {
  rmSync(root, { recursive: true });
});

const plain: ElfSpec = {
  sections: [{ name: ".rodata", content: "read-only" }],
  dynamicSymbols: [{ name: "Factory", in: ".rodata", size: 8 }],
};

function embed(...args: readonly string[]): Promise<CliRun> {
  return runCli(["embed", "plugin.so", "--manifest", "m.json", "--no-config", ...args], { cwd: at() });
}

/** @param align where the first section begins: behind the load commands is room up to there. */
function machoWith(placed: { readonly align?: number }): Buffer {
  const code = { name: "__text", bytes: Buffer.alloc(64, 0xc3), ...placed };
  return buildMacho({ installName: "@rpath/plugin.so", segments: [{ name: "__TEXT", sections: [code] }] })
    .bytes;
}

async function documentOf(...args: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
  const { code, stdout, stderr } = await embed("--json", ...args);
  expect([code, stderr]).toEqual([0, ""]);
  const document = JSON.parse(stdout) as Readonly<Record<string, unknown>>;
  follows(document);
  expect(follows.errors).toBeNull();
  return document;
}

interface Read {
  readonly source: string;
  readonly location: string;
  readonly value: unknown;
}

/** What a document of `inspect` has of a thin file; none that is only derived. */
function manifestsIn(stdout: string): readonly Read[] {
  const [slice] = reportOf(stdout)["slices"] as readonly { readonly manifests: readonly Read[] }[];
  return (slice?.manifests ?? []).filter(({ source }) => source !== "derived");
}

/** The manifests as `inspect` reads them. */
async function inspected(file = "plugin.so"): Promise<unknown> {
  const { stdout } = await runCli(["inspect", file, "--json", "--no-config"], { cwd: at() });
  return manifestsIn(stdout).map(({ value }) => value);
}

async function errorOf(
  ...args: readonly string[]
): Promise<{ readonly code: string; readonly message: string; readonly hints: readonly string[] }> {
  const before = readFileSync(at("plugin.so"));
  const { code, stdout } = await embed("--json", ...args);
  expect(code).toBe(2);
  expect(readFileSync(at("plugin.so")).equals(before)).toBe(true);
  expect(readdirSync(at()).filter((name) => name.startsWith("."))).toEqual([]);
  return (reportOf(stdout) as { readonly error: Awaited<ReturnType<typeof errorOf>> }).error;
}

describe("plugins embed", () => {
  it("says what was done, where, how large, and what to run next", async () => {
    const { code, stdout, stderr } = await embed();
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(
      /^plugin\.so: appended the section \.gnu\.warning\.otel_manifest\n {2}section \.gnu\.warning\.otel_manifest, \d+ bytes at offset 0x[0-9a-f]+\n {2}for {5}plugin, Rust\n {2}file {4}[\d,]+ bytes, [\d,]+ bytes before\n {2}next {4}plugins inspect plugin\.so\n$/,
    );
    expect(await inspected()).toEqual([JSON.parse(manifestJson())]);
  });

  it("--json follows its schema", async () => {
    const document = await documentOf();
    expect(document).toMatchObject({
      command: "embed",
      file: "plugin.so",
      output: "plugin.so",
      outcome: "written",
      format: "elf",
      role: "plugin",
      carriers: [{ arch: "x86_64", location: appended, length: manifestJson().length }],
      manifests: [{ language: "rust", name: null }],
      findings: [],
      notes: [],
    });
    const { offset, length } = (document["carriers"] as readonly { offset: number; length: number }[])[0] ?? {
      offset: 0,
      length: 0,
    };
    expect(readFileSync(at("plugin.so")).toString("utf8", offset, offset + length)).toBe(manifestJson());
  });

  it("embeds the text as it is, without the white space around it", async () => {
    const text = '{"n": 1e400, "big": 12345678901234567890, "u": "\\u00e9é",\n';
    const json = `${text}${manifestJson().slice(1)}`;
    writeFileSync(at("m.json"), `\n  ${json}\n\n`);
    await documentOf();
    expect(readFileSync(at("plugin.so"), "utf8")).toContain(json);
  });

  it("a Mach-O file: a new section, which the inspector reads", async () => {
    writeFileSync(at("plugin.so"), machoWith({ align: 0x800 }));
    expect(await documentOf()).toMatchObject({
      outcome: "written",
      format: "macho",
      carriers: [{ arch: "x86_64", length: manifestJson().length }],
    });
    expect(await inspected()).toMatchObject([{ language: "rust" }]);
  });

  it("a second time leaves the file alone, and a different manifest replaces the first", async () => {
    await documentOf();
    const [first, stat] = [readFileSync(at("plugin.so")), statSync(at("plugin.so"))];
    expect(await documentOf()).toMatchObject({ outcome: "unchanged" });
    expect(statSync(at("plugin.so")).ino).toBe(stat.ino);
    writeFileSync(at("m.json"), manifestJson({ name: "x".repeat(9000) }));
    expect(await documentOf()).toMatchObject({
      outcome: "written",
      done: `replaced the section ${appended}`,
    });
    expect(await inspected()).toHaveLength(1);
    writeFileSync(at("m.json"), manifestJson());
    await documentOf();
    expect(readFileSync(at("plugin.so")).equals(first)).toBe(true);
  });

  it("--dry-run writes nothing", async () => {
    const before = readFileSync(at("plugin.so"));
    expect(await documentOf("--dry-run")).toMatchObject({ outcome: "planned" });
    expect((await embed("--dry-run")).stdout).toContain("nothing was written; the result would be: appended");
    expect(readFileSync(at("plugin.so")).equals(before)).toBe(true);
    expect(await documentOf("--dry-run", "-o", "new.so")).toMatchObject({ output: "new.so" });
    expect(existsSync(at("new.so"))).toBe(false);
  });

  it("reads the manifest from stdin", async () => {
    const { code } = await runCli(["embed", "plugin.so", "-m", "-", "--no-config"], {
      cwd: at(),
      input: manifestJson(),
    });
    expect(code).toBe(0);
    expect(await inspected()).toHaveLength(1);
  });

  it("a section of a different name is written and found with --section", async () => {
    const { stdout } = await embed("--section", ".my_manifest");
    expect(stdout).toContain("section .my_manifest,");
    expect(stdout).toContain("llvm-strip and eu-strip remove the section .my_manifest");
    const read = await runCli(["inspect", "plugin.so", "--section", ".my_manifest", "--json"], { cwd: at() });
    expect(manifestsIn(read.stdout)).toMatchObject([{ location: ".my_manifest", valid: true }]);
  });

  it("an array is for a host only", async () => {
    writeFileSync(at("m.json"), `[${manifestJson()},${manifestJson({ language: "go" })}]`);
    expect((await errorOf()).message).toContain("only a host may carry several");
    writeFileSync(at("plugin.so"), buildElf({ ...plain, type: 2 }));
    expect(await documentOf()).toMatchObject({
      role: "host",
      manifests: [{ language: "rust" }, { language: "go" }],
    });
  });

  it("a claim that the file disproves is told, and is exit code 1", async () => {
    writeFileSync(at("m.json"), manifestJson({ target: "aarch64-unknown-linux-gnu" }));
    const { code, stdout, stderr } = await embed("--dry-run");
    expect(code).toBe(1);
    expect(stdout).toMatch(/\n {2}error {3}claims .*\(claim-target\)\n/);
    expect(stderr).toBe("Failing: the file disproves what the manifest says (exit 1).\n");
    const document = JSON.parse((await embed("--json")).stdout) as object;
    follows(document);
    expect(follows.errors).toBeNull();
    expect(document).toMatchObject({
      outcome: "written",
      findings: [{ rule: "claim-target", severity: "error" }],
      exitCode: 1,
    });
  });
});

describe("a manifest that cannot be embedded names field and place", () => {
  it.each([
    ["not JSON", '{\n  "language": rust }', /^m\.json:2:15: the manifest is not JSON/],
    ["empty", " \n", /^m\.json:1:1: the manifest contains nothing/],
    ["two values", `${manifestJson()}\n{}`, /^m\.json:15:1: a second JSON value begins here/],
    [
      "a wrong type",
      manifestJson().replace(/"release"/, "3"),
      /^m\.json:4:20: \/build_profile must be a JSON string, and is 3/,
    ],
    ["a missing field", manifestJson().replace(/"target".*\n/, ""), /^m\.json:1:1: \/target is required/],
    [
      "an unknown language",
      manifestJson().replace("rust", "perl"),
      /^m\.json:2:15: \/language must be "go" or/,
    ],
    [
      "a key twice",
      manifestJson().replace("{", '{"target":"a",'),
      /: \/target must be unique, and is there 2 times/,
    ],
  ])("%s", async (_, text, message) => {
    writeFileSync(at("m.json"), text);
    const error = await errorOf();
    expect(error.code).toBe("manifest-invalid");
    expect(error.message).toMatch(message);
  });

  it("too long", async () => {
    writeFileSync(at("m.json"), manifestJson({ name: "x".repeat(2 ** 20) }));
    expect((await errorOf()).message).toContain("more than the limit of 1048576");
  });

  it("missing", async () => {
    rmSync(at("m.json"));
    expect((await errorOf()).message).toContain("m.json: the manifest does not exist");
  });
});

describe("a file that cannot get a manifest stays as it is", () => {
  it("a symbol that carries a different one", async () => {
    const content = manifestJson({ name: "compiled in" });
    writeFileSync(
      at("plugin.so"),
      buildElf({
        sections: [{ name: ".rodata", content }],
        dynamicSymbols: [{ name: "otel_plugin_manifest", in: ".rodata", size: content.length }],
      }),
    );
    const { code, message } = await errorOf();
    expect(code).toBe("embed-refused");
    expect(message).toContain("the symbol otel_plugin_manifest carries a different manifest");
    // The same one is no contradiction.
    writeFileSync(at("m.json"), content);
    await documentOf();
  });

  it("a reserved section that is too small", async () => {
    const sections = [{ name: ".otel_manifest", content: Buffer.alloc(100) }];
    writeFileSync(at("plugin.so"), buildElf({ sections }));
    expect((await errorOf()).message).toContain("has room for 99 bytes");
  });

  it("a Mach-O file without room behind its load commands", async () => {
    writeFileSync(at("plugin.so"), machoWith({}));
    expect((await errorOf()).hints.join("\n")).toContain("-Wl,-headerpad,0x1000");
  });

  it.each([
    ["text", "text"],
    ["nothing", ""],
    ["half a file", buildElf(plain).subarray(0, 100)],
  ])("%s", async (_, content) => {
    writeFileSync(at("plugin.so"), content);
    expect((await errorOf()).code).toBe("file-unreadable");
  });
});

describe("the new file", () => {
  it("has the mode, the owner and the times of the old one, and is a new inode", async () => {
    chmodSync(at("plugin.so"), 0o4751);
    utimesSync(at("plugin.so"), 1_000_000_000, 1_234_567_890);
    const before = statSync(at("plugin.so"));
    await documentOf();
    const after = statSync(at("plugin.so"));
    expect(after.ino).not.toBe(before.ino);
    expect([after.mode, after.uid, after.gid, after.mtimeMs]).toEqual([
      before.mode,
      before.uid,
      before.gid,
      before.mtimeMs,
    ]);
  });

  testWith(notRoot, "has the owner of the old one if root writes it", async () => {
    chownSync(at("plugin.so"), 1234, 2345);
    chmodSync(at("plugin.so"), 0o6755);
    await documentOf();
    const { uid, gid, mode } = statSync(at("plugin.so"));
    expect([uid, gid, mode & 0o7777]).toEqual([1234, 2345, 0o6755]);
  });

  it("replaces what a link leads to, and the link stays", async () => {
    mkdirSync(at("real"));
    writeFileSync(at("real/plugin.so"), readFileSync(at("plugin.so")));
    rmSync(at("plugin.so"));
    symlinkSync("real/plugin.so", at("plugin.so"));
    await documentOf();
    expect(readlinkSync(at("plugin.so"))).toBe("real/plugin.so");
    expect(await inspected("real/plugin.so")).toHaveLength(1);
  });

  it("tells of other names that keep the old content", async () => {
    linkSync(at("plugin.so"), at("other.so"));
    expect(await documentOf()).toMatchObject({
      notes: ["plugin.so has 1 more name (hard links), which keep the old content."],
    });
    expect(await inspected("other.so")).not.toEqual(await inspected());
  });

  it.each([
    ["new/", /new\/ is a folder, and --output names a file\nFor example, -o new\/NAME\./],
    ["-", /cannot be written to stdout/],
  ])("is not written to -o %s", async (output, message) => {
    const before = readdirSync(at());
    expect(await embed("-o", output)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(message) as string,
    });
    expect(readdirSync(at())).toEqual(before);
  });

  it("goes to -o, and the old one is unchanged", async () => {
    chmodSync(at("plugin.so"), 0o751);
    const before = readFileSync(at("plugin.so"));
    expect(await documentOf("-o", "new.so")).toMatchObject({ output: "new.so", outcome: "written" });
    expect(readFileSync(at("plugin.so")).equals(before)).toBe(true);
    expect(statSync(at("new.so")).mode & 0o7777).toBe(0o751);
    // As a build does it again and again.
    expect(await documentOf("-o", "new.so")).toMatchObject({ outcome: "written" });
    expect(await documentOf("-o", "./plugin.so")).toMatchObject({ outcome: "written" });
    expect(readFileSync(at("plugin.so")).equals(readFileSync(at("new.so")))).toBe(true);
  });

  it("is not written to a folder that allows no writing", async () => {
    mkdirSync(at("locked"));
    writeFileSync(at("locked/plugin.so"), buildElf(plain));
    chmodSync(at("locked"), 0o555);
    const { code, stderr } = await runCli(["embed", "locked/plugin.so", "-m", "m.json", "--no-config"], {
      cwd: at(),
      withoutRoot: true,
    });
    expect(code).toBe(2);
    expect(stderr).toContain(
      "locked/plugin.so: the edited file cannot be written: EACCES: permission denied",
    );
    expect(stderr).toContain("-o writes it to a different folder.");
    expect(readdirSync(at("locked"))).toEqual(["plugin.so"]);
    chmodSync(at("locked"), 0o755);
  });

  it.each([
    ["a source", "main.go", "not an executable or library"],
    ["a folder", "folder", "is a folder, and --output names a file"],
    ["the manifest", "m.json", "not an executable or library"],
    ["a device", "/dev/null", "not a regular file"],
    ["a folder that is not there", "no/new.so", "no such file or directory"],
  ])("never replaces %s by -o", async (_, output, message) => {
    mkdirSync(at("folder"));
    writeFileSync(at("main.go"), "package main\n");
    expect((await errorOf("-o", output)).message).toContain(message);
    expect(readFileSync(at("main.go"), "utf8")).toBe("package main\n");
    expect(lstatSync(at("folder")).isDirectory()).toBe(true);
  });
});
