import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { archiveOf, ociFiles, savedFiles, writeFiles } from "../support/image-builder.ts";
import { describeWith, lackOf } from "../support/need.ts";
import { runCli, type CliOptions, type CliRun } from "../support/run-cli.ts";

const sample = fileURLToPath(new URL("../../fixtures/sample-rust", import.meta.url));
/** What the sample's host needs of its system, if this machine has it. */
const system = ["ld-linux-x86-64.so.2", "libc.so.6", "libgcc_s.so.1", "libm.so.6"];

let folder: string;
const at = (...names: readonly string[]): string => join(folder, ...names);
const run = (args: readonly string[], options: CliOptions = {}): Promise<CliRun> =>
  runCli([...args, "--no-config"], { cwd: folder, ...options });

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "plugins-archive-")));
  mkdirSync(at("root/usr/lib/x86_64-linux-gnu"), { recursive: true });
  mkdirSync(at("root/lib64"));
  cpSync(join(sample, "plugins"), at("root/plugins"), { recursive: true });
  symlinkSync("kafkaexporter.so", at("root/plugins/linked.so"));
  copyFileSync(join(sample, "otelcol"), at("root/otelcol"));
  symlinkSync("usr/lib", at("root/lib"));
  symlinkSync("../lib/x86_64-linux-gnu/ld-linux-x86-64.so.2", at("root/lib64/ld-linux-x86-64.so.2"));
  for (const name of system) {
    const place = join("/lib/x86_64-linux-gnu", name);
    if (existsSync(place)) copyFileSync(realpathSync(place), at("root/usr/lib/x86_64-linux-gnu", name));
  }
  // A loader, so that the archives are those of a system also where this machine has none of this kind.
  const loader = at("root/usr/lib/ld-linux-none.so.1");
  writeFileSync(loader, "");
  const tar = (...words: readonly string[]): void => {
    execFileSync("tar", words, { cwd: folder });
  };
  tar("-cf", "app.tar", "-C", "root", ".");
  tar("-cf", "top.tar", "root/plugins", "root/otelcol");
  tar("-cf", "empty.tar", "--files-from=/dev/null");
  writeFileSync(at("nothing.tar"), "");
  // The host and a plugin that is hidden are in the lower layer, and the plugins in the upper one.
  mkdirSync(at("upper"));
  renameSync(at("root/plugins"), at("upper/plugins"));
  mkdirSync(at("root/plugins"));
  copyFileSync(join(sample, "plugins/kafkaexporter.so"), at("root/plugins/removed.so"));
  tar("-cf", "lower.layer", "-C", "root", ".");
  rmSync(at("root/plugins"), { recursive: true });
  writeFileSync(at("upper/plugins/.wh.removed.so"), "");
  tar("-cf", "upper.layer", "-C", "upper", ".");
  rmSync(at("upper/plugins/.wh.removed.so"));
  renameSync(at("upper/plugins"), at("root/plugins"));
  const layers = ["lower.layer", "upper.layer"].map((name) => readFileSync(at(name)));
  const platform = "linux/amd64";
  writeFileSync(at("saved.tar"), archiveOf(savedFiles([{ layers, platform, name: "app:1" }])));
  writeFileSync(at("oci.tar"), archiveOf(ociFiles([{ layers, platform }], "app:1")));
  writeFiles(at("layout"), ociFiles([{ layers, platform }]));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A report in which every file has the path that it has in the system. */
function normalized(text: string, ...prefixes: readonly string[]): string {
  return prefixes.reduce((left, prefix) => left.replaceAll(prefix, "@/"), text);
}

async function direct(
  ...more: readonly string[]
): Promise<{ readonly code: number; readonly report: string }> {
  const args = ["root/plugins", "--host", "root/otelcol", "--sysroot", "root", "--json", ...more];
  const { code, stdout } = await run(["check-all", ...args]);
  return { code, report: normalized(stdout, `${folder}/root/`, "root/") };
}

async function archived(archive: string): Promise<{ readonly code: number; readonly report: string }> {
  const { code, stdout, stderr } = await run(["check-all", archive, "--host", "/otelcol", "--json"]);
  expect(stderr).toBe("");
  return { code, report: normalized(stdout, `${archive}:/`) };
}

describe("the report of an archive is that of the same files unpacked, with --sysroot", () => {
  it.each(["app.tar", "saved.tar", "oci.tar", "layout"])("%s", async (archive) => {
    const expected = await direct();
    expect(expected.report).toContain('"verdict"');
    await expect(archived(archive)).resolves.toEqual(expected);
  });

  const tools: Readonly<Record<string, readonly [string, readonly string[]]>> = {
    "app.tar.gz": ["gzip", ["-k", "app.tar"]],
    "app.tar.zst": ["zstd", ["-q", "app.tar"]],
    "saved.tar.gz": ["gzip", ["-k", "saved.tar"]],
    "app.zip": ["zip", ["-qry", "../app.zip", "."]],
  };
  for (const [archive, [tool, words]] of Object.entries(tools)) {
    describeWith(lackOf(tool), tool, () => {
      it(archive, async () => {
        execFileSync(tool, words, { cwd: tool === "zip" ? at("root") : folder });
        await expect(archived(archive)).resolves.toEqual(await direct());
      });
    });
  }
});

it("the image's own libraries are the system: without its loader the host would not start", async () => {
  execFileSync("tar", ["-cf", "bare.tar", "--exclude=*/x86_64-linux-gnu/*", "-C", "root", "."], {
    cwd: folder,
  });
  const { code, stdout } = await run(["check-all", "bare.tar", "--host", "/otelcol"]);
  expect(code).toBe(1);
  expect(stdout).toContain("ld-linux-x86-64.so.2");
});

it("the folder, the host and the plugin can be said in several ways", async () => {
  const { report } = await archived("app.tar");
  const ways = [
    ["check-all", "app.tar", "--plugins", "/plugins", "--host", "/otelcol"],
    ["check-all", "app.tar", "--plugins", "plugins", "--host", "otelcol"],
    ["check-all", "app.tar:/plugins", "--host", "app.tar:/otelcol"],
    ["check-all", "./app.tar", "--host", "/otelcol"],
  ];
  for (const way of ways) {
    const { stdout } = await run([...way, "--json"]);
    expect(normalized(stdout, "./app.tar:/", "app.tar:/"), way.join(" ")).toBe(report);
  }
  const onDisk = await run(["check-all", "app.tar", "--host", "disk:root/otelcol", "--json"]);
  expect(JSON.parse(onDisk.stdout)).toHaveProperty("host.path", "root/otelcol");
});

describeWith(lackOf("gcc"), "gcc", () => {
  it("a library that was not kept is not passed over for one that is found later", async () => {
    mkdirSync(at("made/opt/bin"), { recursive: true });
    mkdirSync(at("made/opt/alt"));
    mkdirSync(at("made/plugins"));
    const gcc = (source: string, ...words: readonly string[]): void => {
      execFileSync("gcc", ["-x", "c", "-", ...words], { cwd: folder, input: source });
    };
    gcc(
      "int dep(void) { return 1; }",
      "-shared",
      "-fPIC",
      "-o",
      "made/opt/alt/libdep.so",
      "-Wl,-soname,libdep.so",
    );
    const link = ["made/opt/alt/libdep.so", "-Wl,--no-as-needed,-rpath,/opt/bin:/opt/alt"];
    writeFileSync(at("p.c"), "int dep(void); int run(void) { return dep(); }");
    execFileSync("gcc", ["-shared", "-fPIC", "-o", "made/plugins/p.so", "p.c", ...link], { cwd: folder });
    gcc("int main(void) { return 0; }", "-rdynamic", "-o", "made/host");
    writeFileSync(at("made/opt/bin/impl"), "junk".repeat(2 ** 19));
    symlinkSync("impl", at("made/opt/bin/libdep.so"));
    execFileSync("tar", ["-cf", "made.tar", "-C", "made", ".", "-C", "../root", "usr", "lib", "lib64"], {
      cwd: folder,
    });
    execFileSync("gzip", ["-k", "made.tar"], { cwd: folder });
    const loads = async (archive: string): Promise<string | undefined> => {
      const { stdout } = await run(["check-all", archive, "--host", "/host", "--json"]);
      return /"outcome": "(.*)"/.exec(stdout)?.[1];
    };
    await expect(loads("made.tar")).resolves.toBe("refused");
    await expect(loads("made.tar.gz")).resolves.toBe("unknown");
  });
});

it("list and validate read archives too", async () => {
  const listed = await run(["list", "saved.tar", "--columns", "plugin", "--no-headers"]);
  expect(listed.stdout.trim().split("\n")).toContain("saved.tar:/plugins/kafkaexporter.so");
  expect(listed.stdout).not.toContain("removed.so");
  const { code, stdout } = await run([
    "validate",
    "saved.tar:/plugins/kafkaexporter.so",
    "--host",
    "/otelcol",
    "--json",
  ]);
  const unpacked = await run([
    "validate",
    "root/plugins/kafkaexporter.so",
    "--host",
    "root/otelcol",
    "--sysroot",
    "root",
    "--json",
  ]);
  expect(code).toBe(unpacked.code);
  expect(normalized(stdout, "saved.tar:/")).toBe(normalized(unpacked.stdout, `${folder}/root/`, "root/"));
});

it("an archive without /plugins is asked where they are, unless it is nothing but plugins", async () => {
  execFileSync("tar", ["-cf", "only.tar", "-C", "root/plugins", "."], { cwd: folder });
  const only = await run(["list", "only.tar", "--columns", "plugin", "--no-headers"]);
  expect(only.stdout).toContain("only.tar:/kafkaexporter.so");
  const recursive = await run(["list", "only.tar", "-r", "--columns", "plugin", "--no-headers"]);
  expect(recursive.stdout).toBe(only.stdout);
  execFileSync("tar", ["-cf", "none.tar", "--exclude=./plugins", "-C", "root", "."], { cwd: folder });
  const none = await run(["list", "none.tar"]);
  expect(none.code).toBe(2);
  expect(none.stderr).toBe(
    "plugins: none.tar: no plugin folder given and it has no /plugins\nSay where the plugins are in it: --plugins /PATH.\n",
  );
});

describe("formats for machines name the archive as the file, and where in it", () => {
  const report = async (format: string): Promise<string> =>
    (await run(["check-all", "app.tar", "--host", "/otelcol", "--digests", "-o", format])).stdout;

  it("SARIF", async () => {
    const [only] = (JSON.parse(await report("sarif")) as Sarif).runs;
    const files = only?.results.map(({ locations: [place] }) => place?.physicalLocation.artifactLocation.uri);
    expect(new Set(files)).toEqual(new Set(["app.tar"]));
    expect(only?.results.some(({ message }) => message.text.startsWith("/plugins/"))).toBe(true);
    const [archive, ...inside] = only?.artifacts ?? [];
    expect(archive?.location.uri).toBe("app.tar");
    expect(inside.length).toBeGreaterThan(1);
    expect(
      inside.every(({ parentIndex, location }) => parentIndex === 0 && location.uri.startsWith("/")),
    ).toBe(true);
  });

  it("GitLab", async () => {
    const issues = JSON.parse(await report("gitlab")) as readonly GitlabIssue[];
    expect(new Set(issues.map(({ location }) => location.path))).toEqual(new Set(["app.tar"]));
    expect(issues.some(({ description }) => description.startsWith("/plugins/"))).toBe(true);
    expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(issues.length);
  });

  it("GitHub", async () => {
    const text = await report("github");
    expect(text).toMatch(/^::error file=app\.tar,line=1,/m);
    expect(text).toContain("app.tar:/plugins/");
  });
});

interface Sarif {
  readonly runs: readonly {
    readonly artifacts: readonly {
      readonly location: { readonly uri: string };
      readonly parentIndex?: number;
    }[];
    readonly results: readonly {
      readonly message: { readonly text: string };
      readonly locations: readonly {
        readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } };
      }[];
    }[];
  }[];
}

interface GitlabIssue {
  readonly description: string;
  readonly fingerprint: string;
  readonly location: { readonly path: string };
}

const mistakes: Readonly<Record<string, readonly [readonly string[], string]>> = {
  "a host that is not in it": [
    ["check-all", "app.tar", "--host", "/nope"],
    "A host on the disk is --host disk:FILE.",
  ],
  "two archives": [
    ["check-all", "app.tar", "saved.tar", "--host", "/otelcol"],
    "Run the command once for each archive.",
  ],
  "an archive and a folder": [["list", "app.tar", "root/plugins"], "other paths are given with it"],
  "a flag for archives without one": [
    ["list", "root/plugins", "--plugins", "x"],
    "--plugins is for an archive or an image, and none is given",
  ],
  "a lock": [["check-all", "app.tar", "--host", "/otelcol", "--locked"], "a lock is for folders"],
  "the archive as a plugin": [
    ["validate", "app.tar", "--host", "/otelcol"],
    "app.tar is an archive, not a plugin",
  ],
  lock: [["lock", "app.tar", "--host", "/otelcol"], "`plugins lock` does not read archives and images"],
  inspect: [["inspect", "app.tar:/plugins/kafkaexporter.so"], "`plugins inspect` does not read archives"],
  diff: [["diff", "app.tar", "saved.tar"], "`plugins diff` does not read archives"],
  explain: [
    ["explain", "--error", "undefined symbol: x", "app.tar", "--host", "root/otelcol"],
    "`plugins explain` does not read archives",
  ],
  "an image of what is none": [
    ["check-all", "app.tar", "--host", "/otelcol", "--platform", "linux/arm64"],
    "--platform chooses an image, and app.tar is not one",
  ],
  "folders in two ways": [
    ["list", "app.tar:/plugins", "--plugins", "/other"],
    "--plugins and app.tar:/plugins both say what is meant in app.tar",
  ],
  "a folder of a different archive": [
    ["list", "app.tar", "--plugins", "other.tar:/plugins"],
    "app.tar:/other.tar:/plugins: no such folder",
  ],
  "a pipe": [["check-all", "-", "--host", "/otelcol"], "-: an archive is not read from a pipe"],
  "a folder above the plugins": [
    ["check-all", "top.tar", "--host", "/root/otelcol"],
    "no plugin folder given and it has no /plugins\nSay where the plugins are in it: --plugins /PATH.",
  ],
  "an archive without entries": [["list", "empty.tar"], "empty.tar: the archive cannot be used: it is empty"],
  "a file that is empty": [["list", "nothing.tar"], "nothing.tar: the archive cannot be used: it is empty"],
  "a platform that it does not have": [
    ["check-all", "saved.tar", "--host", "/otelcol", "--platform", "linux/arm64"],
    "it has no image for linux/arm64\nIt has linux/amd64.",
  ],
  "an image that it does not have": [
    ["list", "saved.tar", "--image", "other"],
    'it has no image "other"\nIt has app:1.',
  ],
};

describe("what cannot be done is said, with what can", () => {
  it.each(Object.entries(mistakes))("%s", async (_, [args, text]) => {
    const { code, stderr, stdout } = await run(args);
    expect(stderr).toContain(text);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });

  it("a pipe that has a name", async () => {
    execFileSync("mkfifo", [at("fifo")]);
    const { code, stderr } = await run(["list", "fifo"]);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        "plugins: fifo: an archive is not read from a pipe, since it is read at random\n" +
        "Save it to a file first, and name that: `docker save IMAGE -o app.tar`.\n",
    });
  });

  it("a broken archive, by its name, and in JSON", async () => {
    writeFileSync(at("broken.tar"), "text");
    writeFileSync(at("cut.tar"), readFileSync(at("app.tar")).subarray(0, 300_000));
    const broken = await run(["list", "broken.tar"]);
    expect(broken.stderr).toContain("broken.tar: the archive cannot be used: it is not an archive");
    const cut = await run(["check-all", "cut.tar", "--host", "/otelcol", "--json"]);
    expect(cut.code).toBe(2);
    expect(JSON.parse(cut.stdout)).toHaveProperty("error.code", "archive-unreadable");
  });
});

describe("nothing is left in the temporary folder", () => {
  const temporary = (): string => mkdtempSync(at("temporary-"));

  beforeAll(() => {
    const big = at("big");
    mkdirSync(join(big, "plugins"), { recursive: true });
    copyFileSync(join(sample, "otelcol"), join(big, "otelcol"));
    const elf = readFileSync(join(sample, "plugins/kafkaexporter.so"));
    for (let index = 0; index < 10; index++)
      writeFileSync(join(big, `plugins/p${index}.so`), Buffer.concat([elf, randomBytes(4_000_000)]));
    execFileSync("tar", ["-czf", "big.tar.gz", "-C", "big", "."], { cwd: folder });
  });

  it.each(["app.tar", "big.tar.gz"])("after a run: %s", async (archive) => {
    const TMPDIR = temporary();
    const { code } = await run(["check-all", archive, "--host", "/otelcol"], { env: { TMPDIR } });
    expect(code).toBe(1);
    expect(readdirSync(TMPDIR)).toEqual([]);
  });

  const signals = { SIGINT: 130, SIGTERM: 143, SIGKILL: 137 } as const;
  it.each(Object.keys(signals) as (keyof typeof signals)[])("after %s, at any moment", async (signal) => {
    const ended: number[] = [];
    for (const moment of [100, 200, 300, 400, 500, 700, 900]) {
      const TMPDIR = temporary();
      const { code } = await run(["check-all", "big.tar.gz", "--host", "/otelcol"], {
        env: { TMPDIR },
        during: (child) => setTimeout(() => child.kill(signal), moment),
      });
      expect([signals[signal], 1]).toContain(code);
      ended.push(code);
      expect(readdirSync(TMPDIR)).toEqual([]);
    }
    expect(ended).toContain(signals[signal]);
  });

  it("a folder that cannot be written to is one clear error", async () => {
    const { code, stderr } = await run(["list", "big.tar.gz"], { env: { TMPDIR: "/nowhere" } });
    expect(code).toBe(2);
    expect(stderr).toBe(
      "plugins: big.tar.gz: the archive cannot be used: the temporary folder /nowhere does not exist (ENOENT)\nSet TMPDIR to a folder with more room.\n",
    );
  });
});
