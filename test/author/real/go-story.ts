import { execFileSync, spawnSync } from "node:child_process";
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { checked, errorsIn, type ReportedFinding } from "../../support/checked-report.ts";
import { manifestsIn } from "../kit/embedded.ts";
import { Author, parsed, withPlugins } from "./author.ts";

/** How a package of the module is built. */
export interface GoBuild {
  /** The folder with go.mod. */
  readonly module: string;
  /** `./host` */
  readonly package: string;
  readonly flags: readonly string[];
  /** Settings of go beyond the project's. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Run on a copy of the file that is built without it. */
  readonly strip?: string;
}

/** A module with a host that opens Go plugins, and with one of them. */
export interface GoProject {
  /** Its folder: it is not written to. */
  readonly module: string;
  /** Folders of the two main packages in it. */
  readonly host: string;
  readonly plugin: string;
  /** Settings of go. */
  readonly environment: Readonly<Record<string, string>>;
  readonly build: (build: GoBuild) => Promise<string>;
  /** What the host's `components` prints, among others. */
  readonly shown: string;
  /** What the plugin's factory makes. */
  readonly type: string;
  /** Whether the factory is one of the Collector's, which a manifest lists. */
  readonly isComponent: boolean;
  /** A module that both link, and what the plugin gets in its place. */
  readonly moved: {
    readonly module: string;
    readonly from: string;
    readonly to: string;
    /** The package of it that plugin.Open refuses. */
    readonly refused: string;
  };
  /** How long the host's manifest is at least, in bytes. */
  readonly size: number;
  /** What both are built with. */
  readonly flags: readonly string[];
  /** How the host is built and stripped. */
  readonly forms: readonly FormName[];
  /** Whether the host is built without cgo, too: that compiles all packages once more. */
  readonly isWithoutCgo: boolean;
  /** What the host says of a plugin: `{ outcome, message, type }`. */
  readonly open: (host: string, plugin: string) => unknown;
  /** The host's own command `components`. */
  readonly command: readonly string[];
}

type FormName = "plain" | "without symbols" | "stripped";

/** What the three forms add to the project's flags. */
const additions = {
  plain: {},
  "without symbols": { linking: "-ldflags=-s -w" },
  stripped: { strip: "strip" },
} as const satisfies Readonly<Record<FormName, { linking?: string; strip?: string }>>;

/** More than the manifest of a Collector with every component of contrib takes. */
const room = 262_144;
const reserving = `package main

// #include "otel_manifest.h"
// OTEL_MANIFEST_RESERVE(${room})
import "C"
`;

const withoutCgo = { CGO_ENABLED: "0" };

/** From the first manifest to a plugin that its host refuses, and back. */
export function tellGoStory(project: GoProject): void {
  const author = new Author(project.environment);
  const { moved, flags: base } = project;
  const pluginFlags = ["-buildmode=plugin", ...base];
  const forms = project.forms.map((name) => {
    const { linking, strip }: { readonly linking?: string; readonly strip?: string } = additions[name];
    const flags = linking === undefined ? base : [...base, linking];
    return [name, { flags, ...(strip === undefined ? {} : { strip }) }] as const;
  });
  let scratch: string;
  let host: string;
  let hostText: string;
  let pluginText: string;

  beforeAll(async () => {
    scratch = mkdtempSync(join(tmpdir(), "go-story-"));
    hostText = await manifestOf(project.host, base);
    pluginText = await manifestOf(project.plugin, pluginFlags);
    const built = await project.build({ ...project, package: project.host, flags: base });
    host = await author.embed(built, hostText, join(scratch, "host"));
  });
  afterAll(() => {
    rmSync(scratch, { recursive: true, force: true });
  });

  function manifestOf(
    name: string,
    flags: readonly string[],
    environment: Readonly<Record<string, string>> = {},
    module = project.module,
  ): Promise<string> {
    return author.manifest(join(module, name), flags, environment);
  }

  function copyOfModule(): string {
    const folder = mkdtempSync(join(scratch, "module-"));
    cpSync(project.module, folder, { recursive: true });
    return folder;
  }

  /** The module with a kit in one of its packages, after `go generate`. */
  async function withKit(
    kit: string,
    name: string,
    flags: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    const module = copyOfModule();
    const folder = join(module, name);
    await author.plugins(["manifest", "--kit", kit, folder]);
    const file = join(folder, "otel_manifest.go");
    const text = readFileSync(file, "utf8");
    const asBuilt = flags.map((flag) => (flag.includes(" ") ? `"${flag}"` : flag)).join(" ");
    writeFileSync(file, text.replace(/(?<=^\/\/go:generate .* -- ).*$/m, asBuilt));
    const settings = { ...project.environment, ...environment, ...withPlugins(scratch) };
    go(folder, ["generate"], { ...settings, SOURCE_DATE_EPOCH: "1790000000" });
    return module;
  }

  function go(
    folder: string,
    args: readonly string[],
    environment: Readonly<Record<string, string>> = project.environment,
  ): string {
    const env = { ...process.env, ...environment };
    return execFileSync("go", args, { cwd: folder, env, encoding: "utf8", maxBuffer: 2 ** 26 });
  }

  /** The host's own command works. */
  function expectRunning(file: string): void {
    const { status, stdout, stderr } = spawnSync(file, project.command, { encoding: "utf8" });
    expect({ status, isShown: stdout.includes(project.shown), stderr }).toMatchObject({
      status: 0,
      isShown: true,
    });
  }

  /** `check-all` of a folder with this plugin only. */
  async function checkedAlone(plugin: string): Promise<{
    readonly code: number;
    readonly verdict: string | undefined;
    readonly loader: { readonly outcome: string; readonly message: string | null } | undefined;
    readonly errors: readonly ReportedFinding[];
  }> {
    const folder = mkdtempSync(join(scratch, "plugins-"));
    copyFileSync(plugin, join(folder, "plugin.so"));
    const { code, report } = await checked(["check-all", folder, "--host", host]);
    const [first] = report.plugins;
    const errors = errorsIn([...(first?.findings ?? []), ...report.findings]);
    return { code, verdict: first?.verdict, loader: first?.loader, errors };
  }

  async function expectGreen(plugin: string): Promise<void> {
    expect(await checkedAlone(plugin)).toMatchObject({
      code: 0,
      verdict: "compatible",
      loader: { outcome: "loads" },
      errors: [],
    });
    expect(project.open(host, plugin)).toMatchObject({ outcome: "loads", type: project.type });
  }

  /** What `manifest --verify` finds. */
  async function verified(
    file: string,
    module: string,
  ): Promise<{ code: number; errors: readonly string[] }> {
    const args = ["manifest", "--verify", file, join(module, project.plugin), "--json", "--", ...pluginFlags];
    const { code, stdout } = await author.run(args);
    if (code === 2) throw new Error(stdout);
    const report = JSON.parse(stdout) as { plugins: readonly { findings: readonly ReportedFinding[] }[] };
    const errors = errorsIn(report.plugins.flatMap(({ findings }) => findings));
    return { code, errors: errors.map(({ rule, message }) => `${rule}: ${message}`) };
  }

  test("the host's manifest is the same before and after the build, and has the modules of the built file", async () => {
    const built = await project.build({ ...project, package: project.host, flags: base });
    expect(await manifestOf(project.host, base)).toBe(hostText);
    const [manifest] = parsed(hostText);
    expect(manifest?.dependency_hashes).toEqual(recordedIn(go("/", ["version", "-m", built])));
    expect(Buffer.byteLength(hostText)).toBeGreaterThan(project.size);
    console.log(
      `host: ${Object.keys(manifest?.dependency_hashes ?? {}).length} modules, ${Buffer.byteLength(hostText)} bytes of manifest in ${statSync(built).size} bytes`,
    );
  });

  test("with a second language's manifest it is read back equal, and the file grows by no more than it takes", async () => {
    const built = await project.build({ ...project, package: project.host, flags: base });
    const go = join(scratch, "go.json");
    writeFileSync(go, hostText);
    const bridge = join(scratch, "bridge");
    mkdirSync(join(bridge, "src"), { recursive: true });
    const toml = '[package]\nname = "bridge"\nversion = "0.1.0"\nedition = "2021"\n';
    writeFileSync(join(bridge, "Cargo.toml"), toml);
    writeFileSync(
      join(bridge, "Cargo.lock"),
      'version = 4\n\n[[package]]\nname = "bridge"\nversion = "0.1.0"\n',
    );
    writeFileSync(join(bridge, "src/lib.rs"), "");
    const text = await author.plugins(["manifest", bridge, "--merge", go, "--", "--release"]);
    expect(parsed(text).map(({ language }) => language)).toEqual(["go", "rust"]);
    const both = await author.embed(built, text, join(scratch, "both"));
    expect(manifestsIn(both)).toEqual(parsed(text));
    expectRunning(both);
    const before = sectionsOf(built);
    const after = sectionsOf(both);
    expect(after.manifest).toBe(Buffer.byteLength(text.trim()));
    const taken = after.manifest + after.names + after.headers;
    const grown = statSync(both).size - statSync(built).size;
    expect({ grown: grown - taken, sections: after.count - before.count }).toEqual({
      grown: expect.toSatisfy((padding: number) => padding >= 0 && padding < 64, "padding only") as unknown,
      sections: 1,
    });
  });

  test.each(forms)("host %s: embedded after the build", async (_, form) => {
    const built = await project.build({ ...project, package: project.host, ...form });
    const text = await manifestOf(project.host, form.flags);
    const file = await author.embed(built, text, join(scratch, "embedded"));
    expect(manifestsIn(file)).toEqual(parsed(text));
    expectRunning(file);
    await author.plugins(["inspect", file]);
  });

  test.each(
    forms.flatMap(([name, form]) => (["go-cgo", "go"] as const).map((kit) => [name, kit, form] as const)),
  )("host %s: by the kit %s", async (_, kit, form) => {
    const module = await withKit(kit, project.host, form.flags);
    const built = await project.build({ module, package: project.host, ...form });
    const text = readFileSync(join(module, project.host, "otel_manifest.json"), "utf8");
    // Of the sources without the kit it is the same.
    expect(text).toBe(await manifestOf(project.host, form.flags));
    expect(manifestsIn(built)).toEqual(parsed(text));
    expectRunning(built);
  });

  test.each(forms)("host %s: room is left, and filled after the build", async (_, form) => {
    const module = copyOfModule();
    await author.plugins(["manifest", "--kit", "c", join(module, project.host)]);
    writeFileSync(join(module, project.host, "reserve.go"), reserving);
    const built = await project.build({ module, package: project.host, ...form });
    expect(manifestsIn(built)).toEqual([]);
    const text = await manifestOf(project.host, form.flags);
    const file = await author.embed(built, text, join(scratch, "filled"));
    expect(manifestsIn(file)).toEqual(parsed(text));
    expect(statSync(file).size).toBe(statSync(built).size);
    expectRunning(file);
  });

  if (project.isWithoutCgo)
    test.each(forms)(
      "host %s, without cgo: by the kit go, if it has symbols; by embed in any case",
      async (name, form) => {
        const module = await withKit("go", project.host, form.flags, withoutCgo);
        const own = { module, package: project.host, environment: withoutCgo };
        const built = await project.build({ ...own, ...form });
        const text = await manifestOf(project.host, form.flags, withoutCgo);
        expect(parsed(text)[0]?.build_settings).toMatchObject(withoutCgo);
        expect(manifestsIn(built)).toEqual(name === "plain" ? parsed(text) : []);
        const file = await author.embed(built, text, join(scratch, "without-cgo"));
        expect(manifestsIn(file)).toContainEqual(parsed(text)[0]);
        expectRunning(file);
      },
    );

  test.each(["embed", "go", "go-cgo"] as const)(
    "the plugin with its manifest by %s fits the host, and loads",
    async (way) => {
      const module = way === "embed" ? project.module : await withKit(way, project.plugin, pluginFlags);
      const built = await project.build({ module, package: project.plugin, flags: pluginFlags });
      const file =
        way === "embed" ? await author.embed(built, pluginText, join(scratch, "plugin.so")) : built;
      const [manifest] = parsed(pluginText);
      expect(manifest?.components?.map(({ type }) => type)).toEqual(
        project.isComponent ? [project.type] : undefined,
      );
      expect(manifestsIn(file)).toEqual([manifest]);
      await expectGreen(file);
      expect(await verified(file, project.module)).toEqual({ code: 0, errors: [] });
    },
  );

  test("one module moved: exactly that is found; the command that is printed brings it back", async () => {
    const embedded = async (module: string, name: string): Promise<string> => {
      const built = await project.build({ module, package: project.plugin, flags: pluginFlags });
      const text = await manifestOf(project.plugin, pluginFlags, {}, module);
      return author.embed(built, text, join(scratch, name));
    };
    const before = await embedded(project.module, "before.so");
    const module = copyOfModule();
    go(module, ["get", `${moved.module}@${moved.to}`]);
    const stale = await verified(before, module);
    expect(stale).toEqual({ code: 1, errors: [expect.stringMatching(/^manifest-stale: /) as unknown] });

    const after = await embedded(module, "after.so");
    expect(await verified(after, module)).toEqual({ code: 0, errors: [] });
    const { code, verdict, loader, errors } = await checkedAlone(after);
    expect({ code, verdict }).toEqual({ code: 1, verdict: "incompatible" });
    // The second is what the first leads to.
    expect(errors).toMatchObject([
      { rule: "dependency-mismatch", subject: moved.module },
      { rule: "loader-refuses", subject: moved.refused },
    ]);
    const message = `plugin was built with a different version of package ${moved.refused}`;
    expect(loader).toMatchObject({
      outcome: "refused",
      message: expect.stringContaining(message) as unknown,
    });
    expect(project.open(host, after)).toMatchObject({
      outcome: "refused",
      message: expect.stringContaining(message) as unknown,
    });

    const command = errors[0]?.fix[0]?.run ?? "";
    expect(command).toContain(`${moved.module}@${moved.from}`);
    const env = { ...process.env, ...project.environment };
    execFileSync("sh", ["-c", command], { cwd: module, env, stdio: "pipe" });
    expect(await manifestOf(project.plugin, pluginFlags, {}, module)).toBe(pluginText);
    await expectGreen(await embedded(module, "fixed.so"));
  });
}

/** What a host says of a plugin that OPEN_PLUGINS names: one line of JSON, or its last words. */
export function answerByEnvironment(host: string, plugin: string): unknown {
  const env = { ...process.env, OPEN_PLUGINS: plugin };
  const { stdout, stderr } = spawnSync(host, { env, encoding: "utf8" });
  return stdout === "" ? stderr : JSON.parse(stdout);
}

/** The modules that `go version -m` prints, as a manifest lists them. */
function recordedIn(text: string): Readonly<Record<string, string>> {
  const found: [path: string, version: string, sum: string][] = [];
  for (const [, kind = "", path = "", version = "", sum = ""] of text
    .split("\n")
    .map((line) => line.split("\t"))) {
    const last = found.at(-1);
    if (kind === "=>" && last !== undefined) [last[1], last[2]] = [version, sum];
    if (kind === "mod" || kind === "dep") found.push([path, version, sum]);
  }
  return Object.fromEntries(
    found.map(([path, version, sum]) => [
      version === "" || version === "(devel)" ? path : `${path}@${version}`,
      sum,
    ]),
  );
}

/** The sizes in the section headers, as readelf reads them. */
function sectionsOf(path: string) {
  const text = execFileSync("readelf", ["-hSW", path], { encoding: "utf8" });
  const size = (name: string): number =>
    Number.parseInt(
      new RegExp(`\\] ${name.replaceAll(".", "\\.")} +\\w+ +\\w+ +\\w+ +(\\w+)`).exec(text)?.[1] ?? "0",
      16,
    );
  const count = Number(/Number of section headers: +(\d+)/.exec(text)?.[1]);
  return {
    manifest: size(".gnu.warning.otel_manifest"),
    names: size(".shstrtab"),
    headers: count * Number(/Size of section headers: +(\d+)/.exec(text)?.[1]),
    count,
  };
}
