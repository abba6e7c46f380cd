import { chmodSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Manifest } from "../../../src/manifest/generated/manifest.ts";
import { runCli, type CliRun } from "../../support/run-cli.ts";

const program = fileURLToPath(new URL("../../../bin/run.js", import.meta.url));

type Settings = Readonly<Record<string, string>>;

/** What an author runs in a package. */
export class Author {
  /** Of go or cargo. */
  readonly #environment: Settings;

  constructor(environment: Settings) {
    // The time of a commit is not at hand in a copy of the sources.
    this.#environment = { ...environment, SOURCE_DATE_EPOCH: "1790000000" };
  }

  /** Runs `plugins`. @returns what it did, with any exit code. */
  run(args: readonly string[], environment: Settings = {}): Promise<CliRun> {
    return runCli(args, { env: { ...this.#environment, ...environment } });
  }

  /** Runs `plugins`. @returns what it prints. @throws its words if it ends with another exit code than 0. */
  async plugins(args: readonly string[], environment: Settings = {}): Promise<string> {
    const { code, stdout, stderr } = await this.run(args, environment);
    if (code !== 0) throw new Error(`plugins ${args.join(" ")}\nexit code ${code}\n${stdout}${stderr}`);
    return stdout;
  }

  /** Runs `plugins manifest`. @returns the text. */
  manifest(folder: string, flags: readonly string[], environment: Settings = {}): Promise<string> {
    return this.plugins(["manifest", folder, "--", ...flags], environment);
  }

  /** Embeds a manifest. @returns the new file. */
  async embed(file: string, manifest: string, output: string): Promise<string> {
    const text = `${output}.json`;
    writeFileSync(text, manifest);
    await this.plugins(["embed", file, "--manifest", text, "--output", output]);
    return output;
  }
}

/** The settings under which `plugins` is found on the PATH, as an author's build finds it. @param folder gets a file. */
export function withPlugins(folder: string): { readonly PATH: string; readonly OTELCOL_PLUGINS: string } {
  const path = join(folder, "plugins");
  writeFileSync(path, `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`);
  chmodSync(path, 0o755);
  return { PATH: [folder, process.env["PATH"]].join(delimiter), OTELCOL_PLUGINS: path };
}

/** A manifest's text as it is read back, of one or of an array. */
export function parsed(text: string): readonly Manifest[] {
  const value = JSON.parse(text) as Manifest | readonly Manifest[];
  return Array.isArray(value) ? (value as readonly Manifest[]) : [value as Manifest];
}
