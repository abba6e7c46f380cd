import type { ProxyModule } from "../support/module-proxy.ts";

/** The modules of the trials. a has a different type in each version, so that packages that differ are seen. */
export const proxyModules: readonly ProxyModule[] = [
  ...["v1.0.0", "v1.1.0", "v1.2.0"].map((version, at) => a("example.com/a", version, at)),
  a("example.com/fork", "v1.5.0", 5),
  user("b", "v1.0.0", "v1.0.0"),
  user("b", "v1.1.0", "v1.1.0"),
  // The host links neither c nor d, and both ask for newer versions of a.
  user("c", "v1.0.0", "v1.1.0"),
  user("d", "v1.0.0", "v1.2.0"),
  // A host that can be linked itself, and what its plugins implement.
  ...["v1.0.0", "v1.1.0"].map((version) => ({
    path: "example.com/host",
    version,
    files: {
      "go.mod": "module example.com/host\n\ngo 1.21\n",
      "api/api.go": `package api\n\ntype Plugin interface{ Run()${version === "v1.0.0" ? "" : "; Stop()"} }\n`,
      "main.go": hostText(['_ "example.com/host/api"']),
    },
  })),
  // Without a list of what its own dependencies need (go.dev/ref/mod, "Module graph pruning").
  user("old", "v1.0.0", "v1.1.0", "1.16"),
];

function a(path: string, version: string, number: number): ProxyModule {
  const fields = Array.from({ length: number + 1 }, (_, at) => `F${at} int`).join("; ");
  return {
    path,
    version,
    files: {
      "go.mod": `module ${path === "example.com/fork" ? "example.com/a" : path}\n\ngo 1.21\n`,
      "a.go": `package a\n\ntype T struct{ ${fields} }\n\nfunc New() T { return T{} }\n`,
    },
  };
}

/** A module that exports what it takes from a. */
function user(name: string, version: string, ofA: string, go = "1.21"): ProxyModule {
  const path = `example.com/${name}`;
  return {
    path,
    version,
    files: {
      "go.mod": `module ${path}\n\ngo ${go}\n\nrequire example.com/a ${ofA}\n`,
      "x.go": `package ${name}\n\nimport "example.com/a"\n\n// Version is ${version}.\nconst Version = "${version}"\n\nfunc New() a.T { return a.New() }\n`,
    },
  };
}

/** A program that opens the plugins that it is given, and says what it hears. */
export function hostText(imports: readonly string[]): string {
  const lines = ['"fmt"', '"os"', '"plugin"', ...imports].map((line) => `\t${line}\n`).join("");
  return `package main

import (
${lines})

func main() {
	for _, name := range os.Args[1:] {
		if _, err := plugin.Open(name); err != nil {
			fmt.Println(err)
		}
	}
}
`;
}
