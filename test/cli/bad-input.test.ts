import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Manifest } from "../../src/manifest/generated/manifest.ts";
import type { PluginResult } from "../../src/check/model/result.ts";
import { buildElf } from "../support/elf-builder.ts";
import { exampleManifest as anyManifest } from "../support/example-manifest.ts";
import { runCli, type CliRun } from "../support/run-cli.ts";

/** Each row of the table of bad input: what the gate gets is exit code, stderr and one JSON document. */

/** What a file made by hand can claim to be: Go leaves stamps that cannot be missing. */
function exampleManifest(fields: Partial<Manifest> = {}): Manifest {
  return anyManifest({ language: "rust", toolchain_version: "1.95.0", build_flags: [], ...fields });
}

let folder: string;
let plugins: string;
let host: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plugins-bad-input-"));
  plugins = join(folder, "plugins");
  mkdirSync(plugins);
  host = join(folder, "otelcol");
  writeFileSync(host, withManifest(exampleManifest(), 2));
  put("good.so", withManifest(exampleManifest()));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A Linux library, or with e_type 2 an executable, whose manifest stands in a section. */
function withManifest(manifest: unknown, type = 3): Buffer {
  const content = typeof manifest === "string" ? manifest : JSON.stringify(manifest);
  const interpreter = type === 2 ? { interpreter: "/lib64/ld-linux-x86-64.so.2" } : {};
  return buildElf({
    type,
    needed: ["libc.so.6"],
    ...interpreter,
    sections: [{ name: ".otel_manifest", content }],
  });
}

function put(name: string, content: Buffer | string): string {
  writeFileSync(join(plugins, name), content);
  return join(plugins, name);
}

interface Gate extends CliRun {
  /** The plugin of that file name in the report. */
  readonly plugin: (name: string) => PluginResult | undefined;
}

async function gate(...args: readonly string[]): Promise<Gate> {
  const run = await runCli(["check-all", plugins, "--host", host, "--json", ...args]);
  const document = JSON.parse(run.stdout) as {
    readonly plugins: readonly PluginResult[];
    readonly exitCode: number;
  };
  expect(document.exitCode).toBe(run.code);
  return { ...run, plugin: (name) => document.plugins.find(({ path }) => basename(path) === name) };
}

describe("a file that is no object file", () => {
  it.each([
    ["text", "just some notes\n", "not ELF or Mach-O (text)"],
    ["empty", "", "not ELF or Mach-O (empty)"],
    ["a script", "#!/bin/sh\n", "not ELF or Mach-O (a script)"],
    ["a Windows DLL", "MZ\x90\0", "not ELF or Mach-O (a Windows executable)"],
    [
      "a Git LFS pointer",
      "version https://git-lfs.github.com/spec/v1\n",
      "not ELF or Mach-O (a Git LFS pointer",
    ],
    ["zeros", "\0".repeat(4096), "not ELF or Mach-O (zeros)"],
  ])("%s is unreadable with the reason, and the rest is still done", async (_, content, reason) => {
    put("bad.so", content);
    const { code, plugin, stderr } = await gate();
    expect(code).toBe(1);
    expect(plugin("bad.so")?.verdict).toBe("unreadable");
    expect(plugin("bad.so")?.unreadable?.reason).toContain(reason);
    expect(plugin("bad.so")?.unreadable?.offset).toBe(0);
    expect(plugin("good.so")?.verdict).toBe("compatible");
    expect(stderr).not.toMatch(/bug|at .*\.js:\d/);
  });

  it("is named with its reason on the screen", async () => {
    put("bad.so", "just some notes\n");
    const { code, stdout, stderr } = await runCli(["check-all", plugins, "--host", host]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/bad\.so.*unreadable/);
    expect(stdout).toContain("not ELF or Mach-O (text)");
    expect(stderr).toContain("1 unreadable");
  });
});

describe("a file that is cut off", () => {
  it.each([4, 20, 63, 100, 400])(
    "after %d bytes is unreadable, with the offset of what is missing",
    async (length) => {
      put("cut.so", withManifest(exampleManifest()).subarray(0, length));
      const { code, plugin } = await gate();
      expect(code).toBe(1);
      expect(plugin("cut.so")).toMatchObject({ verdict: "unreadable" });
      expect(plugin("cut.so")?.unreadable?.offset).toBeTypeOf("number");
    },
  );
});

describe("what is no file", () => {
  it("in the folder is passed over or reported, and never hangs", async () => {
    execFileSync("mkfifo", [join(plugins, "fifo"), join(plugins, "fifo.so")]);
    mkdirSync(join(plugins, "folder.so"));
    symlinkSync("nowhere.so", join(plugins, "dangling.so"));
    symlinkSync("looping.so", join(plugins, "looping.so"));
    symlinkSync("/dev/zero", join(plugins, "device.so"));
    const server = createServer().listen(join(plugins, "socket.so"));
    await new Promise((resolve) => server.once("listening", resolve));
    const { code, plugin } = await gate("--recursive");
    await new Promise((resolve) => server.close(resolve));
    expect(code).toBe(1);
    expect(plugin("folder.so")).toBeUndefined();
    expect(plugin("fifo")).toBeUndefined();
    const reasons = ["fifo.so", "dangling.so", "looping.so", "device.so", "socket.so"].map(
      (name) => plugin(name)?.unreadable?.reason,
    );
    expect(reasons).toEqual([
      "is a FIFO, not a file",
      "does not exist (or is a broken symlink) (ENOENT)",
      "is a symlink loop (ELOOP)",
      "is a device, not a file",
      expect.stringContaining("socket"),
    ]);
    expect(plugin("good.so")?.verdict).toBe("compatible");
  });
});

describe("a file without permission", () => {
  it("is reported for that file alone", async () => {
    chmodSync(put("closed.so", withManifest(exampleManifest())), 0);
    const run = await runCli(["check-all", plugins, "--host", host, "--json"], { withoutRoot: true });
    const report = JSON.parse(run.stdout) as { readonly plugins: readonly PluginResult[] };
    expect(run.code).toBe(1);
    expect(report.plugins.map(({ verdict, unreadable }) => [verdict, unreadable?.reason])).toEqual([
      ["unreadable", "no permission to read it (EACCES)"],
      ["compatible", undefined],
    ]);
  });
});

it("a name that is not UTF-8 is said to be the reason", async () => {
  const name = Buffer.from(`${plugins}/bad\xff.so`, "latin1");
  writeFileSync(name, withManifest(exampleManifest()));
  const { code, plugin } = await gate();
  expect(code).toBe(1);
  expect(plugin("bad\ufffd.so")?.unreadable?.reason).toContain("has a name that is not UTF-8 text");
});

describe("a manifest", () => {
  const text = JSON.stringify(exampleManifest());
  it.each([
    ["that is no JSON", "language: go", "manifest-unreadable", /is not JSON/],
    ["that is cut off", text.slice(0, 100), "manifest-unreadable", /ends before its last bracket/],
    [
      "that is not an object",
      '"go"',
      "manifest-invalid",
      /the document itself is "go", expected a JSON object/,
    ],
    ["that breaks the schema", text.replace('"rust"', '"zig"'), "manifest-invalid", /\/language is "zig"/],
    [
      "over 1 MiB",
      `${text}${" ".repeat(1024 * 1024)}`,
      "manifest-unreadable",
      /more than 1048576|longer than 1048576/,
    ],
    [
      "nested absurdly deep",
      `{"a":${"[".repeat(50_000)}${"]".repeat(50_000)}}`,
      "manifest-unreadable",
      /nested 50001 deep/,
    ],
    [
      "that repeats a key",
      text.replace("{", '{"target":"linux/arm64",'),
      "manifest-invalid",
      /\/target is there 2 times, expected unique/,
    ],
    [
      "with __proto__",
      text.replace("{", '{"__proto__":{"verdict":"compatible"},'),
      "manifest-invalid",
      /\/__proto__ is __proto__/,
    ],
    ["with bytes behind it", `${text}trailing`, "manifest-unreadable", /followed by 8 bytes/],
  ] as const)("%s is a finding that names the place", async (_, content, rule, message) => {
    put("bad.so", withManifest(content));
    const { code, plugin } = await gate();
    const bad = plugin("bad.so");
    expect([code, bad?.verdict]).toEqual([1, "incompatible"]);
    const finding = bad?.findings.find((each) => each.rule === rule);
    expect(finding?.severity).toBe("error");
    expect(finding?.message).toMatch(/\.otel_manifest/);
    expect(finding?.message).toMatch(message);
    expect(plugin("good.so")?.verdict).toBe("compatible");
  });

  it("that differs from another in the same file is an error that shows both", async () => {
    const other = JSON.stringify(exampleManifest({ build_profile: "debug" }));
    put("two.so", withManifest(text + other));
    const { code, plugin } = await gate();
    const [finding] = plugin("two.so")?.findings ?? [];
    expect([code, plugin("two.so")?.verdict]).toEqual([1, "incompatible"]);
    expect(finding).toMatchObject({
      rule: "manifest-conflict",
      plugin: { value: text },
      other: { value: other },
    });
  });
});

describe("control characters, escape sequences and bidi marks", () => {
  const hostile = "\x1b[2J\x1b]0;owned\x07\u202egnp.so\r\n\u2066";
  it("are shown escaped to people and kept as they are in JSON", async () => {
    put(
      "evil\x1b[31m\u202e.so",
      withManifest(exampleManifest({ name: hostile, toolchain_version: hostile, target: hostile })),
    );
    for (const args of [
      ["check-all", plugins, "--host", host],
      ["list", plugins],
      ["validate", join(plugins, "evil\x1b[31m\u202e.so"), "--host", host],
      ["inspect", join(plugins, "evil\x1b[31m\u202e.so")],
    ]) {
      const { stdout, stderr } = await runCli(args);
      expect((stdout + stderr).replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      expect(stdout).toContain("\\x1b[2J");
    }
    const { plugin } = await gate();
    expect(plugin("evil\x1b[31m\u202e.so")?.manifest?.value).toMatchObject({ name: hostile });
  });
});

describe("header fields that lie", () => {
  const lies: readonly (readonly [string, (file: Buffer) => unknown])[] = [
    ["a section header table past the end", (file) => file.writeBigUInt64LE(1n << 60n, 40)],
    ["65,279 sections", (file) => file.writeUInt16LE(65_279, 60)],
    ["section headers of no size", (file) => file.writeUInt16LE(0, 58)],
    ["section names in no section", (file) => file.writeUInt16LE(60_000, 62)],
    ["a program header table past the end", (file) => file.writeBigUInt64LE(1n << 62n, 32)],
    ["65,534 program headers", (file) => file.writeUInt16LE(65_534, 56)],
  ];
  it.each(lies)("(%s) make the file unreadable, with the offset and in bounded time", async (_, lie) => {
    const file = withManifest(exampleManifest());
    lie(file);
    put("lie.so", file);
    const { code, plugin } = await gate();
    expect(code).toBe(1);
    expect(plugin("lie.so")?.verdict).toBe("unreadable");
    expect(plugin("lie.so")?.unreadable?.offset).toBeTypeOf("number");
    expect(plugin("good.so")?.verdict).toBe("compatible");
  });
});

describe("a file that changes or vanishes while the folder is read", () => {
  it("is reported for that file alone", async () => {
    // Each open of this link sees another file: the pipe that the process itself holds is gone by then.
    symlinkSync("/proc/self/fd/99", join(plugins, "vanished.so"));
    const { code, plugin } = await gate();
    expect(code).toBe(1);
    expect(plugin("vanished.so")?.verdict).toBe("unreadable");
    expect(plugin("good.so")?.verdict).toBe("compatible");
  });
});

describe("what is unknown to the command line", () => {
  it.each([
    [["check-all", "--hots", "x"], "--host"],
    [["chekc-all"], "check-all"],
    [["list", "--recursiv"], "--recursive"],
  ])("plugins %j is exit 2 with what may have been meant", async (args, meant) => {
    for (const json of [[], ["--json"]]) {
      const { code, stdout, stderr } = await runCli([...args, ...json]);
      expect(code).toBe(2);
      expect(stdout + stderr).toContain(meant);
      if (json.length > 0)
        expect(JSON.parse(stdout)).toMatchObject({ exitCode: 2, error: { code: "bad-usage" } });
      else expect(stdout).toBe("");
    }
  });
});

describe("what is said of the target", () => {
  it.each([
    ["a folder that is not there", () => join(folder, "nowhere"), "does not exist"],
    ["a file", () => host, "is a file, not a folder"],
  ])("is exit 2 for %s", async (_, sysroot, why) => {
    const { code, stdout, stderr } = await runCli([
      "check-all",
      plugins,
      "--host",
      host,
      "--sysroot",
      sysroot(),
    ]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(`plugins: ${sysroot()}: the target's system ${why}`);
  });

  it("fails the gate where the host would not even start there", async () => {
    const root = join(folder, "root");
    mkdirSync(root);
    expect((await gate()).code).toBe(0);
    const { code, plugin } = await gate("--sysroot", root);
    expect(code).toBe(1);
    expect(plugin("good.so")).toMatchObject({
      verdict: "incompatible",
      findings: [
        {
          rule: "host-cannot-load-plugins",
          cause: expect.stringMatching(
            /^The host itself would not start on the target: its loader \S+ \(PT_INTERP\) does not exist there/,
          ) as string,
        },
      ],
    });
  });

  it.each(["abc", "2,31", "GLIBC_2.31", "2.31.x"])("is exit 2 for glibc %j", async (release) => {
    const { code, stderr } = await runCli([
      "check-all",
      plugins,
      "--host",
      host,
      `--target-glibc=${release}`,
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain(`${JSON.stringify(release)} is not a glibc version`);
  });

  it.each(["x86-64-v5", "haswell", "v3"])("is exit 2 for processor %j", async (cpu) => {
    const { code, stderr } = await runCli(["check-all", plugins, "--host", host, `--target-cpu=${cpu}`]);
    expect(code).toBe(2);
    expect(stderr).toContain(`${JSON.stringify(cpu)} is not a level of x86-64`);
  });

  it.each(["Tahoe", "macos26", "026", "26.", "26.1.1.1"])("is exit 2 for macOS %j", async (release) => {
    const { code, stderr } = await runCli([
      "check-all",
      plugins,
      "--host",
      host,
      `--target-macos=${release}`,
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain(`${JSON.stringify(release)} is not a release of macOS`);
  });
});

describe("a host that is a library", () => {
  it("is exit 2: it and the plugin may have changed places", async () => {
    const { code, stdout, stderr } = await runCli(["validate", host, "--host", join(plugins, "good.so")]);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("good.so: the host is a shared library, not a program\n");
    expect(stderr).toContain("--host is the Collector binary");
  });
});

describe("an output where a program stands", () => {
  it.each([
    ["a report", () => ["check-all", plugins, "--host", host, "-o", `json=${host}`]],
    ["a lock", () => ["lock", plugins, "--host", host, "--lock-file", host]],
  ])("is exit 2 for %s, and nothing is replaced", async (_, args) => {
    const before = readFileSync(host);
    const { code, stderr } = await runCli(args());
    expect(code).toBe(2);
    expect(stderr).toContain(
      `cannot be written to ${host}: an executable or library already exists at that path`,
    );
    expect(readFileSync(host).equals(before)).toBe(true);
  });
});

it("a folder that is named by two paths is read once", async () => {
  const { code, stdout } = await runCli(["check-all", "plugins", plugins, "--host", host, "--json"], {
    cwd: folder,
  });
  expect(code).toBe(0);
  expect((JSON.parse(stdout) as { readonly plugins: readonly unknown[] }).plugins).toHaveLength(1);
});
