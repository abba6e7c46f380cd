import { hostText } from "./go-modules.ts";
import type { Project, Trial } from "./trial.ts";

/** How a Go project is built. */
interface Build {
  /** What go.mod has after its module line. */
  readonly mod?: string;
  /** The modules that it imports: "a". */
  readonly imports?: readonly string[];
  /** Packages of the standard library. */
  readonly packages?: readonly string[];
  /** Variables and flags as somebody gives them: `GOTOOLCHAIN=go1.25.8`, `-race`. */
  readonly variables?: string;
  readonly flags?: string;
  readonly mode?: string;
  /** Folder of the main package. */
  readonly main?: string;
}

const standard = { mod: "go 1.21", imports: [], packages: [] } as const;

function host(build: Build): Project {
  const { imports, flags = "", variables = "", mod, main = ".", packages } = { ...standard, ...build };
  const text = hostText([
    ...packages.map((name) => `_ "${name}"`),
    ...imports.map((name) => `_ "example.com/${name}"`),
  ]);
  return project("host", text, mod, main, `${variables} go build ${flags} -o host.bin ${main}`, "host.bin");
}

function plugin(build: Build): Project {
  const {
    imports,
    flags = "",
    variables = "",
    mod,
    mode = "plugin",
    main = ".",
    packages,
  } = {
    ...standard,
    ...build,
  };
  const text = `package main

import (
	_ "fmt"
${packages.map((name) => `\t_ "${name}"\n`).join("")}${importLines(imports)})

func main() {}
`;
  return project(
    "plug",
    text,
    mod,
    main,
    `${variables} go build -buildmode=${mode} ${flags} -o plug.so ${main}`,
    "plug.so",
  );
}

function importLines(modules: readonly string[]): string {
  return modules.map((name) => `\t_ "example.com/${name}"\n`).join("");
}

function project(
  name: string,
  main: string,
  mod: string,
  folder: string,
  build: string,
  output: string,
): Project {
  return {
    files: {
      "go.mod": `module example.com/${name}\n\n${mod}\n`,
      [`${folder}/main.go`]: main,
    },
    build: `go mod tidy\n${build}`,
    output,
  };
}

/** `require` lines. */
function needs(...modules: readonly string[]): string {
  return ["go 1.21", ...modules.map((each) => `require example.com/${each.replace("@", " ")}`)].join("\n");
}

const trimmed = { flags: "-trimpath" };

/**
 * What can be wrong with a Go plugin, and what is printed for it.
 * @param other a release of Go that is not the installed one, and older.
 */
export function goTrials(installed: string, other: string): readonly Trial[] {
  const old = `GOTOOLCHAIN=go${other}`;
  return [
    {
      title: "the host has an older Go, and flags of its own",
      rule: "toolchain-mismatch",
      host: host({ variables: old, flags: "-trimpath -tags=one,two" }),
      plugin: plugin({ mod: `go ${installed}` }),
    },
    {
      title: "the host has a newer Go, and the plugin asks for an older toolchain",
      rule: "toolchain-mismatch",
      host: host(trimmed),
      plugin: plugin({ mod: `go 1.21.0\n\ntoolchain go${other}`, variables: old, main: "./cmd/plug" }),
    },
    {
      title: "the host was built with an experiment",
      rule: "toolchain-mismatch",
      host: host({ ...trimmed, variables: "GOEXPERIMENT=fieldtrack" }),
      plugin: plugin(trimmed),
    },
    {
      title: "the host was built with `-trimpath`, tags and `-gcflags`",
      rule: "build-flags-mismatch",
      host: host({ flags: "-trimpath -tags=b,a '-gcflags=all=-N -l'" }),
      plugin: plugin({}),
    },
    {
      title: "the plugin was built with flags that the host was not",
      rule: "build-flags-mismatch",
      host: host({ imports: ["a"], mod: needs("a@v1.0.0") }),
      plugin: plugin({
        flags: "-trimpath -gcflags=all=-N -tags=x",
        imports: ["a"],
        mod: needs("a@v1.0.0"),
      }),
    },
    {
      title: "the flags of the plugin come from `GOFLAGS`",
      rule: "build-flags-mismatch",
      host: host({}),
      plugin: plugin({ variables: "go env -w GOFLAGS=-trimpath;" }),
    },
    {
      title: "the host was built with the race detector",
      rule: "build-flags-mismatch",
      host: host({ flags: "-trimpath -race" }),
      plugin: plugin(trimmed),
    },
    {
      title: "the host was built with `GOFIPS140`",
      rule: "loader-refuses",
      host: host({ ...trimmed, variables: "GOFIPS140=v1.0.0", packages: ["crypto/sha256"] }),
      plugin: plugin({ ...trimmed, packages: ["crypto/sha256"] }),
    },
    {
      title: "the host links a newer version",
      rule: "dependency-mismatch",
      host: host({ ...trimmed, imports: ["a"], mod: needs("a@v1.2.0") }),
      plugin: plugin({ ...trimmed, imports: ["a"], mod: needs("a@v1.0.0") }),
    },
    {
      title: "the host links an older version",
      rule: "dependency-mismatch",
      host: host({ ...trimmed, imports: ["a"], mod: needs("a@v1.0.0") }),
      plugin: plugin({ ...trimmed, imports: ["a"], mod: needs("a@v1.2.0") }),
    },
    {
      title: "other modules ask for newer versions than the host links",
      rule: "dependency-mismatch",
      host: host({ ...trimmed, imports: ["a", "b"], mod: needs("a@v1.0.0", "b@v1.0.0") }),
      plugin: plugin({
        ...trimmed,
        imports: ["b", "c", "d"],
        mod: needs("b@v1.1.0", "c@v1.0.0", "d@v1.0.0"),
      }),
    },
    {
      title: "a module without a pruned graph asks for a newer version",
      rule: "dependency-mismatch",
      host: host({ ...trimmed, imports: ["a"], mod: needs("a@v1.0.0") }),
      plugin: plugin({ ...trimmed, imports: ["a", "old"], mod: needs("old@v1.0.0").replace("1.21", "1.16") }),
    },
    {
      title: "one module has to go up and one down",
      rule: "dependency-mismatch",
      host: host({
        ...trimmed,
        imports: ["a", "b"],
        mod: `${needs("b@v1.1.0", "a@v1.1.0")}\nexclude example.com/a v1.2.0`,
      }),
      plugin: plugin({ ...trimmed, imports: ["a", "b"], mod: needs("b@v1.0.0", "a@v1.2.0") }),
    },
    {
      title: "several modules go up together",
      rule: "loader-refuses",
      host: host({ ...trimmed, imports: ["a", "b"], mod: needs("b@v1.1.0", "a@v1.2.0") }),
      plugin: plugin({ ...trimmed, imports: ["a", "b"], mod: needs("b@v1.0.0", "a@v1.0.0") }),
    },
    {
      title: "the host links a fork",
      rule: "dependency-mismatch",
      host: host({
        ...trimmed,
        imports: ["a"],
        mod: `${needs("a@v1.0.0")}\nreplace example.com/a => example.com/fork v1.5.0`,
      }),
      plugin: plugin({ ...trimmed, imports: ["a"], mod: needs("a@v1.2.0") }),
    },
    {
      title: "the plugin links a fork",
      rule: "dependency-mismatch",
      host: host({ ...trimmed, imports: ["a"], mod: needs("a@v1.0.0") }),
      plugin: plugin({
        ...trimmed,
        imports: ["a"],
        mod: `${needs("a@v1.2.0")}\nreplace example.com/a v1.2.0 => example.com/fork v1.5.0`,
      }),
    },
    {
      title: "the plugin links a newer version of the host's own module",
      rule: "dependency-mismatch",
      host: {
        files: {
          "go.mod": "module example.com/wrapper\n\ngo 1.21\n\nrequire example.com/host v1.0.0\n",
          "tools.go": '//go:build tools\n\npackage wrapper\n\nimport _ "example.com/host"\n',
        },
        build: "go mod tidy\ngo build -trimpath -o host.bin example.com/host",
        output: "host.bin",
      },
      plugin: plugin({ ...trimmed, imports: ["host/api"], mod: needs("host@v1.1.0") }),
    },
    {
      title: "the plugin is a C library",
      rule: "loader-crashes",
      host: host(trimmed),
      plugin: plugin({ ...trimmed, mode: "c-shared" }),
    },
    {
      title: "the module data of the two releases differ in size",
      rule: "loader-crashes",
      host: host({ ...trimmed, variables: old }),
      plugin: plugin({ ...trimmed, mod: "go 1.21" }),
    },
    {
      title: "the host was built without cgo",
      rule: "host-cannot-load-plugins",
      host: host({ ...trimmed, variables: "CGO_ENABLED=0", main: "./cmd/host" }),
      plugin: plugin(trimmed),
      inHost: true,
    },
    {
      title: "the host is linked statically",
      rule: "host-cannot-load-plugins",
      host: host({ flags: "-trimpath -ldflags=-extldflags=-static" }),
      plugin: plugin(trimmed),
      inHost: true,
    },
  ];
}

/** What needs a cross compiler. */
export const crossTrials: readonly Trial[] = [
  {
    title: "the host is for another machine",
    rule: "target-mismatch",
    host: host({ ...trimmed, variables: "CGO_ENABLED=1 GOARCH=arm64 CC=aarch64-linux-gnu-gcc" }),
    plugin: plugin({}),
    isForeign: true,
  },
];
