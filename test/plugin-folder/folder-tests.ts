import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { buildModule, missingGo, runGo } from "../collector/go-module.ts";
import { checked, errorsIn, type ReportedFinding } from "../support/checked-report.ts";
import { Lack, standIn } from "../support/need.ts";
import { describeFile, tool } from "../support/oracle/tool.ts";
import { PluginModule, readBuiltHost, type BuiltHost } from "../support/plugin-module.ts";
import { casesFor, type Content } from "./cases.ts";
import type { FolderAnswer, FolderHost } from "./folder-host.ts";

/** A cold build of a host takes some minutes on two cores. */
const patience = 900_000;

/** Holds `check-all` against what a real program does with each folder. @param asked the variable that is 1 if this is wanted. */
export function describeFolders(asked: string, host: FolderHost): void {
  const name = `${host.name}, which opens a folder of plugins`;
  if (process.env[asked] === "1") {
    const file = { label: name, path: "", missing: missingGo(), isPinned: true };
    describeFile(file, [tool("cc"), tool("rustc")], () => {
      folderTests(host);
    });
  } else {
    standIn(`${asked}=1 is not set`, `${name}, and takes some minutes to build`, { optional: true });
  }
}

function folderTests(host: FolderHost): void {
  let base = "";
  let module: PluginModule | undefined;
  let program: BuiltHost;
  beforeAll(async () => {
    await fetchHost(host);
    program = await buildHost(host, []);
  }, patience);
  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), `${host.name}-`));
    mkdirSync(join(base, "plugins"));
  });
  afterEach(() => {
    module?.remove();
    module = undefined;
    rmSync(base, { recursive: true, force: true });
  });

  const inFolder = (name: string): string => join(base, "plugins", host.fileName(name));

  /** A plugin that has what the host has, or other things. */
  async function build(path: string, content: Extract<Content, { kind: "plugin" }>): Promise<PluginModule> {
    const built = new PluginModule(host.plugin, program);
    module = built;
    await built.require(...(content.others ?? []));
    await built.build(path, content.flags, content.release);
    return built;
  }

  /** @returns the path of the last file. */
  async function fill(content: Content): Promise<string> {
    const path = inFolder("first");
    switch (content.kind) {
      case "plugin":
        await build(path, content);
        return path;
      case "library":
        buildLibrary(base, content.language, path);
        return path;
      case "damaged": {
        const whole = join(base, "whole.so");
        await build(whole, { kind: "plugin" });
        content.damage(whole, path);
        return path;
      }
      case "twice":
        await build(path, { kind: "plugin" });
        copyFileSync(path, inFolder("second"));
        return inFolder("second");
    }
  }

  test.each(casesFor(host))(
    "%s",
    async (_, { content, hostFlags = [], answer, error, isUnknown = false, isFixed = false }) => {
      const opening = hostFlags.length === 0 ? program : await buildHost(host, hostFlags);
      const folder = join(base, "plugins");
      const path = await fill(content);

      const real = host.open(opening.path, folder);
      expect(withoutPath(real, path)).toMatchObject(answer);

      const check = () => checked(["check-all", folder, "--host", opening.path]);
      const { code, report } = await check();
      const findings = [...report.findings, ...report.plugins.flatMap((plugin) => plugin.findings)];
      const errors = errorsIn(findings);
      expect(code).toBe(error === undefined && !isUnknown ? 0 : 1);
      if (error === undefined) expect(errors).toEqual([]);
      else expect(errors.map(({ rule }) => rule)).toContain(error);
      // What is to be done stands first.
      if (isFixed) expect(errors[0]?.rule).toBe(error);

      const predicted = report.plugins.at(-1)?.loader;
      if (isUnknown) expect(predicted).toMatchObject({ outcome: "unknown", message: null });
      else if (content.kind === "twice") expect(errors[0]?.message).toContain(wordsIn(real));
      else expect(predicted).toMatchObject({ outcome: real.outcome, message: predictable(real) });

      if (!isFixed || module === undefined) return;
      await fix(module, findings, path);
      expect(host.open(opening.path, folder)).toEqual({ outcome: "loads" });
      const { report: after, code: codeAfter } = await check();
      expect(codeAfter).toBe(0);
      // The tags of a host may select nothing in its plugins.
      const isNote = ({ rule, severity }: ReportedFinding): boolean =>
        rule === "build-flags-mismatch" && severity === "note";
      const left = after.plugins.flatMap((plugin) => plugin.findings).filter((finding) => !isNote(finding));
      expect(left.map(({ rule }) => rule)).toEqual(["manifest-missing"]);
    },
    patience,
  );
}

/** @throws Lack if a module of the host is not at hand, and cannot be fetched. */
async function fetchHost({ build }: FolderHost): Promise<void> {
  try {
    await runGo(build.release, build.module, ["list", "-deps", ...(build.flags ?? []), build.package]);
  } catch (error) {
    throw new Lack(`no answer of the Go module proxy: ${String(error)}`);
  }
}

async function buildHost(host: FolderHost, flags: readonly string[]): Promise<BuiltHost> {
  const build = { ...host.build, flags: [...(host.build.flags ?? []), ...flags] };
  return readBuiltHost(await buildModule(host.name, build));
}

/** Runs all commands that are printed, in their order. A build is the last, and makes the file. */
async function fix(module: PluginModule, findings: readonly ReportedFinding[], path: string): Promise<void> {
  const commands = findings.flatMap(({ fix }) => fix).flatMap(({ run = "" }) => (run === "" ? [] : [run]));
  const builds = commands.filter((run) => run.includes("go build "));
  for (const run of commands) if (!builds.includes(run)) module.run(run);
  const last = builds.at(-1);
  if (last === undefined) await module.build(path);
  else module.run(last.replace("-buildmode=plugin", `-buildmode=plugin -o ${path}`));
}

/** A library that has one function, and is not Go's. */
function buildLibrary(folder: string, language: "c" | "rust", output: string): void {
  const source = join(folder, `library.${language}`);
  if (language === "c") {
    writeFileSync(source, "int answer(void) { return 42; }\n");
    execFileSync("cc", ["-shared", "-fPIC", "-x", "c", "-o", output, source], { stdio: "pipe" });
  } else {
    writeFileSync(source, '#[unsafe(no_mangle)]\npub extern "C" fn answer() -> i32 {\n    42\n}\n');
    execFileSync("rustc", ["--crate-type=cdylib", "--crate-name=library", "-o", output, source], {
      stdio: "pipe",
    });
  }
}

/** The message with NAME and FILE for the path, which is another one in each run. */
function withoutPath(answer: FolderAnswer, path: string): FolderAnswer {
  if (answer.message === undefined) return answer;
  const message = answer.message.replaceAll(path, "FILE").replaceAll(path.replace(/\.so$/, ""), "NAME");
  return { ...answer, message: message.replace('plugin.Open("FILE")', 'plugin.Open("NAME")') };
}

/** A signal ends the program in words that are not predicted. */
function predictable({ message }: FolderAnswer): string | null {
  return message === undefined || message.startsWith("SIG") ? null : message;
}

/** The words behind plugin.Open("…"), as a finding about several files repeats them. */
function wordsIn({ message = "" }: FolderAnswer): string {
  return message.replace(/^plugin\.Open\(".*?"\): /, "");
}
