import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { goEnvironment, runGo } from "../collector/go-module.ts";

/** What a plugin has to be built with for a program that opens it. */
export interface BuiltHost {
  readonly path: string;
  /** `1.26.8` */
  readonly release: string;
  /** Flags that reach the package hashes. */
  readonly flags: readonly string[];
  /** Version of every module that it links, by path. */
  readonly modules: ReadonlyMap<string, string>;
}

/** Reads what a program was built with, as the go command tells it. */
export function readBuiltHost(path: string): BuiltHost {
  const lines = execFileSync("go", ["version", "-m", path], { cwd: "/", encoding: "utf8" }).split("\n");
  const columns = lines.map((line) => line.split("\t"));
  return {
    path,
    release: /: go(\S+)/.exec(lines[0] ?? "")?.[1] ?? "",
    flags: lines.includes("\tbuild\t-trimpath=true") ? ["-trimpath"] : [],
    modules: new Map(
      columns.flatMap(([, kind, name = "", version = ""]) =>
        kind === "dep" || kind === "mod" ? [[name, version]] : [],
      ),
    ),
  };
}

/** The version of a module that a program links. @throws if it does not link it. */
export function versionOf({ path, modules }: BuiltHost, module: string): string {
  const version = modules.get(module);
  if (version === undefined) throw new Error(`${path} does not link ${module}`);
  return version;
}

/** A module of which a plugin has another version than the host. */
export interface OtherVersion {
  readonly module: string;
  readonly version: string;
  /** By a replacement in go.mod; what is required is in step. */
  readonly isReplaced?: boolean;
}

/** A plugin's own module, in a copy of its sources that commands can change. */
export class PluginModule {
  readonly folder: string;
  readonly #host: BuiltHost;

  /** @param source a folder with the sources and go.mod.template, in which `{{module}}` stands for the host's version of it. */
  constructor(source: string, host: BuiltHost) {
    this.folder = mkdtempSync(join(tmpdir(), "plugin-module-"));
    this.#host = host;
    cpSync(source, this.folder, { recursive: true });
  }

  /** Writes go.mod: everything in step with the host but these modules. */
  async require(...others: readonly OtherVersion[]): Promise<void> {
    const template = readFileSync(join(this.folder, "go.mod.template"), "utf8");
    const goMod = template.replace(/\{\{(.*?)\}\}/g, (_, module: string) => {
      const other = others.find((each) => each.module === module && each.isReplaced !== true);
      return other?.version ?? versionOf(this.#host, module);
    });
    writeFileSync(join(this.folder, "go.mod"), goMod);
    for (const { module, version, isReplaced = false } of others) {
      if (isReplaced) await this.#go(["mod", "edit", `-replace=${module}=${module}@${version}`]);
    }
    await this.#go(["mod", "tidy"]);
  }

  /** Builds the plugin. @param flags the host's if not given. @param release the host's if not given. */
  async build(output: string, flags = this.#host.flags, release = this.#host.release): Promise<void> {
    await runGo(release, this.folder, ["build", "-buildmode=plugin", ...flags, "-o", output, "."]);
  }

  /** Runs a command as it is printed. */
  run(command: string): void {
    execFileSync("sh", ["-c", command], {
      cwd: this.folder,
      env: goEnvironment(this.#host.release),
      stdio: "pipe",
    });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #go(args: readonly string[]): Promise<void> {
    await runGo(this.#host.release, this.folder, args);
  }
}
