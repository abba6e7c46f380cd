import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compiledFor } from "../../support/cargo-sources.ts";
import { checked, errorsIn, type ReportedFinding } from "../../support/checked-report.ts";
import { manifestsIn } from "../kit/embedded.ts";
import { Author, parsed, withPlugins } from "./author.ts";

/** A workspace with a host that opens plugins by dlopen, and with one of them. Both are built from one lock file. */
export interface RustProject {
  /** A copy of the workspace that can be changed, brought back to what it was. @returns its folder. */
  readonly copy: (name: string) => string;
  /** Settings of Cargo, CARGO_TARGET_DIR among them. */
  readonly environment: Readonly<Record<string, string>>;
  /** The target triple of this machine. */
  readonly target: string;
  /** Of the package in the folder `plugin`: `otlp-plugin@0.3.0`. */
  readonly plugin: string;
  /** Of the package in the folder `host`. */
  readonly host: string;
  /** What the host prints if the plugin is loaded. */
  readonly answer: string;
  /** Some of what the plugin links, with its hash, or the form of it. */
  readonly linked: Readonly<Record<string, unknown>>;
  /** How many packages the plugin links at least. */
  readonly least: number;
  /** A crate that both link, and what the plugin gets in its place. */
  readonly moved: { readonly crate: string; readonly from: string; readonly to: string };
}

/** From the first manifest to a plugin that does not fit its host, and back. */
export function tellRustStory(project: RustProject): void {
  const { environment, target, moved } = project;
  const author = new Author(environment);
  const flags = ["--release", "--target", target];
  const names = { plugin: project.plugin.replace(/@.*/, ""), host: project.host.replace(/@.*/, "") };
  const library = `lib${names.plugin.replaceAll("-", "_")}.so`;
  let scratch: string;
  let workspace: string;
  let host: string;
  let pluginText: string;

  beforeAll(async () => {
    scratch = mkdtempSync(join(tmpdir(), "rust-story-"));
    workspace = project.copy("workspace");
    pluginText = await author.manifest(join(workspace, "plugin"), flags);
    const text = await author.manifest(join(workspace, "host"), flags);
    host = await author.embed(built(workspace, "host", names.host), text, join(scratch, "host"));
    expect(manifestsIn(host)).toEqual(parsed(text));
  });
  afterAll(() => {
    rmSync(scratch, { recursive: true, force: true });
  });

  function cargo(
    folder: string,
    args: readonly string[],
    more: Readonly<Record<string, string>> = {},
  ): string {
    const env = { ...process.env, ...environment, SOURCE_DATE_EPOCH: "1790000000", ...more };
    return execFileSync("cargo", args, {
      cwd: folder,
      env,
      encoding: "utf8",
      maxBuffer: 2 ** 28,
      stdio: ["ignore", "pipe", "pipe"],
    });
  }

  /** Builds a package of a workspace. @returns a copy of its file: the next build of it is in the same place. */
  function built(
    folder: string,
    member: string,
    file: string,
    more: Readonly<Record<string, string>> = {},
  ): string {
    cargo(join(folder, member), ["build", "--locked", ...flags], more);
    const copy = join(mkdtempSync(join(scratch, "built-")), file);
    copyFileSync(join(environment["CARGO_TARGET_DIR"] ?? "", target, "release", file), copy);
    return copy;
  }

  function answerOf(plugin: string): string {
    const { stdout, stderr } = spawnSync(host, [plugin], { encoding: "utf8" });
    return (stdout + stderr).trim();
  }

  async function checkedAlone(plugin: string): Promise<{
    readonly code: number;
    readonly verdict: string | undefined;
    readonly loader: string | undefined;
    readonly errors: readonly ReportedFinding[];
  }> {
    const folder = mkdtempSync(join(scratch, "plugins-"));
    copyFileSync(plugin, join(folder, library));
    const { code, report } = await checked(["check-all", folder, "--host", host]);
    const [first] = report.plugins;
    const errors = errorsIn([...(first?.findings ?? []), ...report.findings]);
    return { code, verdict: first?.verdict, loader: first?.loader.outcome, errors };
  }

  async function expectGreen(plugin: string): Promise<void> {
    expect(await checkedAlone(plugin)).toEqual({
      code: 0,
      verdict: "compatible",
      loader: "loads",
      errors: [],
    });
    expect(answerOf(plugin)).toBe(project.answer);
  }

  async function verified(
    file: string,
    folder: string,
  ): Promise<{ code: number; errors: readonly string[] }> {
    const { code, stdout } = await author.run([
      ...["manifest", "--verify", file, join(folder, "plugin"), "--json", "--"],
      ...flags,
    ]);
    if (code === 2) throw new Error(stdout);
    const report = JSON.parse(stdout) as { plugins: readonly { findings: readonly ReportedFinding[] }[] };
    const errors = errorsIn(report.plugins.flatMap(({ findings }) => findings));
    return { code, errors: errors.map(({ rule, message }) => `${rule}: ${message}`) };
  }

  test("the plugin's manifest lists what cargo compiles for the target", () => {
    const messages = cargo(join(workspace, "plugin"), [
      "build",
      "--locked",
      ...flags,
      "--message-format=json",
    ]);
    const [manifest] = parsed(pluginText);
    const hashes = manifest?.dependency_hashes ?? {};
    expect(Object.keys(hashes).sort()).toEqual(compiledFor(target, messages, project.plugin));
    expect(hashes).toMatchObject(project.linked);
    expect(Object.keys(hashes).length).toBeGreaterThanOrEqual(project.least);
    console.log(
      `plugin: ${Object.keys(hashes).length} crates, ${Buffer.byteLength(pluginText)} bytes of manifest`,
    );
  });

  test("the host still runs with its manifest", () => {
    expect(execFileSync(host, { encoding: "utf8" })).toMatch(/^host, /);
    console.log(`host: ${statSync(host).size} bytes`);
  });

  test("embedded after the build, it fits the host, and loads", async () => {
    const file = await author.embed(built(workspace, "plugin", library), pluginText, join(scratch, library));
    expect(manifestsIn(file)).toEqual(parsed(pluginText));
    await expectGreen(file);
    expect(await verified(file, workspace)).toEqual({ code: 0, errors: [] });
  });

  test("by the kit, it fits the host, and loads", async () => {
    const folder = project.copy("with-kit");
    const lib = join(folder, "plugin/src/lib.rs");
    if (!readFileSync(lib, "utf8").includes("mod otel_manifest;")) {
      await author.plugins(["manifest", "--kit", "rust", join(folder, "plugin")]);
      writeFileSync(lib, `${readFileSync(lib, "utf8")}\nmod otel_manifest;\n`);
    }
    const file = built(folder, "plugin", library, withPlugins(scratch));
    expect(manifestsIn(file)).toEqual(parsed(pluginText));
    await expectGreen(file);
    execFileSync("strip", [file]);
    expect(manifestsIn(file)).toEqual(parsed(pluginText));
    await expectGreen(file);
    expect(await verified(file, folder)).toEqual({ code: 0, errors: [] });
  });

  test("one crate moved: exactly that is found; the command that is printed brings it back", async () => {
    const embedded = async (folder: string, name: string): Promise<string> => {
      const text = await author.manifest(join(folder, "plugin"), flags);
      return author.embed(built(folder, "plugin", library), text, join(scratch, name));
    };
    const before = await embedded(workspace, "before.so");
    const folder = project.copy("moved");
    cargo(folder, ["update", "-p", `${moved.crate}@${moved.from}`, "--precise", moved.to]);
    const stale = await verified(before, folder);
    expect(stale).toEqual({ code: 1, errors: [expect.stringMatching(/^manifest-stale: /) as unknown] });

    const after = await embedded(folder, "after.so");
    expect(await verified(after, folder)).toEqual({ code: 0, errors: [] });
    const { code, verdict, loader, errors } = await checkedAlone(after);
    // dlopen compares no crates.
    expect({ code, verdict, loader }).toEqual({ code: 1, verdict: "incompatible", loader: "loads" });
    expect(errors).toMatchObject([{ rule: "dependency-mismatch", subject: moved.crate }]);

    const command = errors[0]?.fix[0]?.run ?? "";
    const env = { ...process.env, ...environment };
    execFileSync("sh", ["-c", command], { cwd: folder, env, stdio: "pipe" });
    expect(await author.manifest(join(folder, "plugin"), flags)).toBe(pluginText);
    await expectGreen(await embedded(folder, "fixed.so"));
  });
}
