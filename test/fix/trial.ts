import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { validate } from "../../src/check/validate.ts";
import type { ValidateRequest } from "../../src/check/model/request.ts";
import { disk } from "../../src/files/disk.ts";
import { combinedFixes } from "../../src/language/combined-fixes.ts";
import type { Finding, Fix, RuleId } from "../../src/rules/finding.ts";

/** A program with its sources, and the command that somebody built it with. */
export interface Project {
  readonly files: Readonly<Record<string, string>>;
  /** A script of bash, in its folder. */
  readonly build: string;
  /** What it builds, from its folder. */
  readonly output: string;
}

/** Something that is wrong with a plugin, and whose printed commands are to put it right. */
export interface Trial {
  readonly title: string;
  readonly rule: RuleId;
  readonly host: Project;
  readonly plugin: Project;
  /** Where the commands are to be run: "plugin" if absent. */
  readonly inHost?: true;
  /** Whether the host's machine is not this one, so that it cannot be asked. */
  readonly isForeign?: true;
}

/** Where trials are made, and what the shell has around it. */
export interface Workshop {
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** What came of it. */
export interface Outcome {
  readonly before: readonly string[];
  /** Word for word, in order. */
  readonly commands: readonly string[];
  /** What the shell said, for whoever reads a failure. */
  readonly log: string;
  readonly after: readonly string[];
  readonly verdict: string;
  /** The host's own answer: empty if it opens the plugin; undefined if it was not asked. */
  readonly answer: string | undefined;
}

/** Builds both, checks, runs what the rule's findings print in the project, and checks again. */
export async function runTrial(trial: Trial, { folder, environment }: Workshop): Promise<Outcome> {
  const place = join(folder, trial.title.replaceAll(/[^a-z0-9]+/gi, "-"));
  for (const part of ["host", "plugin"] as const) {
    const { files, build } = trial[part];
    for (const [name, text] of Object.entries(files)) {
      const file = join(place, part, name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
    shell(build, join(place, part), environment);
  }
  const host = join(place, "host", trial.host.output);
  const before = await check(host, join(place, "plugin", trial.plugin.output));
  const found = before.findings.filter(({ rule }) => rule === trial.rule);
  const commands = commandsOf(combinedFixes(found.flatMap(({ fix }) => fix)));
  const where = join(place, trial.inHost === true ? "host" : "plugin");
  const log = commands.length === 0 ? "" : shell(commands.join("\n"), where, environment);
  const built = newest(join(place, "plugin"), trial.plugin.output);
  const rebuiltHost = trial.inHost === true ? newest(join(place, "host"), trial.host.output) : host;
  const after = await check(rebuiltHost, built);
  return {
    before: errors(before.findings),
    commands,
    log,
    after: errors(after.findings),
    verdict: after.verdict ?? "none",
    answer: trial.isForeign === true ? undefined : open(rebuiltHost, built),
  };
}

function commandsOf(fixes: readonly Fix[]): readonly string[] {
  return fixes.flatMap((fix) => (fix.kind === "command" ? [fix.run] : []));
}

/** Errors only: what else is found is no reason to build again. */
function errors(findings: readonly Finding[]): readonly string[] {
  return findings
    .filter(({ severity }) => severity === "error")
    .map(({ rule, message }) => `${rule}: ${message}`);
}

async function check(host: string, plugin: string) {
  const request: ValidateRequest = {
    fileSystem: disk,
    files: [plugin],
    host: { kind: "binary", path: host },
  };
  const [found] = (await validate(request)).plugins;
  if (found === undefined) throw new Error("there is one plugin");
  return found;
}

/** What the host says of a plugin: nothing if it opens it. */
function open(host: string, plugin: string): string {
  const { stdout, stderr, status } = spawnSync(host, [plugin], { encoding: "utf8" });
  return status === 0 ? stdout : `${stdout}${stderr}`;
}

/** @throws with what the shell said. */
function shell(script: string, folder: string, environment: Readonly<Record<string, string>>): string {
  try {
    return execFileSync("bash", ["-e", "-c", `${script}\n`], {
      cwd: folder,
      env: environment,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    });
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    throw new Error(`${script}\n${stdout}${stderr}`, { cause: error });
  }
}

/** The program or library that was built last: the commands leave its name and folder to the compiler. */
function newest(folder: string, output: string): string {
  const isLibrary = output.endsWith(".so");
  const all = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(
      (each) => each.isFile() && !/\/(?:deps|build|incremental|\.fingerprint)(?:\/|$)/.test(each.parentPath),
    )
    .filter(({ name }) => (isLibrary ? name.endsWith(".so") : /^[^.]+(?:\.bin)?$/.test(name)))
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => isLibrary || (statSync(path).mode & 0o100) !== 0)
    .sort((one, other) => statSync(other).mtimeMs - statSync(one).mtimeMs);
  return all[0] ?? join(folder, output);
}
