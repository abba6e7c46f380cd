import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { GoToolchain } from "./go-releases.ts";
import { lackOf, need } from "./need.ts";

const run = promisify(execFile);

/** One file to build: what is left out is as `go build` has it. */
export interface GoBuild {
  /** Folder of the package, `.` or `./host`. */
  readonly package?: string;
  /** `-buildmode=plugin`, … */
  readonly flags?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Files of the module in other words, or more of them. */
  readonly files?: Readonly<Record<string, string>>;
  /** Run on a copy of the file that is built without it: the command and its flags. */
  readonly strip?: readonly string[];
}

/** Built files are kept between runs. */
const cache = fileURLToPath(new URL("../.cache/go/", import.meta.url));

/** The module whose packages are built. The last element of its path has a dot, which Go escapes in symbols. */
export const modulePath = "example.com/otel/sample.v2";

/** A module without dependencies that is fetched once, so that the build info has a sum. */
const far = { path: "github.com/josharian/intern", version: "v1.0.0" };

const goMod = `module ${modulePath}

go 1.16

require (
	example.com/near v0.0.0
	${far.path} ${far.version}
)

replace example.com/near => ./near
`;

const sum = `${far.path} ${far.version} h1:vlS4z54oSdjm0bgjRigI+G1HpF+tI+9rE5LLzOg8HmY=
${far.path} ${far.version}/go.mod h1:5DoeVV0s6jJacbCEi61lwdGj/aVlrQvzHFFd8Hwg//Y=
`;

const main = `package main

import (
	"example.com/near"
	"${far.path}"
)

var Answer = 42

var Text = "text"

func Hello() string { return intern.String(near.Text()) + Text }

func hidden() string { return Hello() }

func main() { println(hidden(), Answer) }
`;

const host = `package main

import (
	"os"
	"plugin"

	"example.com/near"
)

func main() {
	println(near.Text())
	for _, path := range os.Args[1:] {
		_, err := plugin.Open(path)
		if err != nil {
			os.Stdout.WriteString(err.Error())
		}
		os.Stdout.WriteString("\\n")
	}
}
`;

/** Everything that is the same in all builds. */
const sources: Readonly<Record<string, string>> = {
  "go.mod": goMod,
  "go.sum": sum,
  "main.go": main,
  // Left out where cgo is off.
  "cgo.go": 'package main\n\nimport "C"\n',
  "extra.go": '//go:build extra\n// +build extra\n\npackage main\n\nvar Extra = "extra"\n',
  "host/main.go": host,
  "near/go.mod": "module example.com/near\n\ngo 1.16\n",
  "near/near.go":
    'package near\n\nimport "example.com/near/deep"\n\nfunc Text() string { return deep.Text() }\n',
  "near/deep/deep.go": 'package deep\n\nfunc Text() string { return "near" }\n',
};

/** The same, where the dependency that has a sum comes by another path: it is what a module example.com/far is replaced by. */
export const replacedModule: Readonly<Record<string, string>> = {
  "go.mod": `${goMod.replace(`${far.path} ${far.version}`, "example.com/far v1.2.3")}
replace example.com/far => ${far.path} ${far.version}
`,
  "main.go": main.replace(`"${far.path}"`, 'intern "example.com/far"'),
};

/** Builds a file, or finds it built. @returns its path. @throws Lack if it needs a C compiler that is missing. */
export async function buildGo(toolchain: GoToolchain, build: GoBuild): Promise<string> {
  const { package: name = ".", flags = [], environment = {}, files = {} } = build;
  const key = createHash("sha256")
    .update(JSON.stringify([toolchain.version, sources, name, flags, environment, files, build.strip]))
    .digest("hex")
    .slice(0, 16);
  const output = join(cache, toolchain.version, `${key}.so`);
  if (existsSync(output)) return output;
  const folder = mkdtempSync(join(tmpdir(), "go-program-"));
  try {
    const built = join(folder, "built");
    const { strip, ...plain } = build;
    if (strip === undefined) await compile(toolchain, build, folder, built);
    // The stripped file is made of the one that other tests see: another build has other hashes for its other folder.
    else await stripped(await buildGo(toolchain, plain), strip, built);
    mkdirSync(dirname(output), { recursive: true });
    // In one step, so that a test beside this one sees a whole file or none; the first one stays.
    const whole = `${output}.${process.pid}`;
    copyFileSync(built, whole);
    if (existsSync(output)) rmSync(whole);
    else renameSync(whole, output);
    return output;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compile(
  toolchain: GoToolchain,
  build: GoBuild,
  folder: string,
  output: string,
): Promise<void> {
  const { flags = [], files, package: name = "." } = build;
  // Without a C compiler Go would turn cgo off by itself, and the file that is kept would be another one.
  const environment = { CGO_ENABLED: "1", ...build.environment };
  if (environment.CGO_ENABLED === "1") need("gcc");
  writeFiles(folder, { ...sources, ...files });
  if (flags.includes("-mod=vendor")) await toolchain.go(["mod", "vendor"], { folder, environment });
  await toolchain.go(["build", ...flags, "-o", output, name], { folder, environment });
}

async function stripped(
  file: string,
  [command = "", ...flags]: readonly string[],
  output: string,
): Promise<void> {
  copyFileSync(file, output);
  await run(command, [...flags, output]);
}

/** Fetches the one module that is not written here. @returns why it is not at hand; undefined where it is. */
export async function fetchModules(): Promise<string | undefined> {
  const lack = lackOf("go");
  if (lack !== undefined) return lack;
  const folder = mkdtempSync(join(tmpdir(), "go-fetch-"));
  try {
    writeFiles(folder, { "go.mod": `module fetch\n\nrequire ${far.path} ${far.version}\n`, "go.sum": sum });
    await run("go", ["mod", "download", far.path], { cwd: folder });
    return undefined;
  } catch (error) {
    return `no answer of the Go module proxy: ${String(error)}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}
