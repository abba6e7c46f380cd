/** Files of the modules that hosts and plugins are built from, by their path in one folder. */
export type Sources = Readonly<Record<string, string>>;

const open = `package main

import (
	"os"
	"plugin"
)

// Prints the error of each file, and a NUL; what the runtime itself says goes to stderr.
func openAll() {
	for _, path := range os.Args[1:] {
		_, err := plugin.Open(path)
		text := ""
		if err != nil {
			text = err.Error()
		}
		os.Stdout.WriteString(text + "\\x00")
	}
}
`;

const goMod = `module example.com/set

go 1.21

require (
	example.com/api v0.0.0
	example.com/extra v0.0.0
)

replace example.com/api => ../api

replace example.com/extra => ../extra
`;

export const api = `package api

import "strconv"

// Version can be inlined.
func Version() int { return 1 }

//go:noinline
func Text() string {
	text := ""
	for i := 0; i < 3; i++ {
		text += strconv.Itoa(i)
	}
	return text
}
`;

export const extra = `package extra

func Number() int { return 1 }
`;

export const plugin = `package main

import "C"

import "example.com/api"

var Answer = 42

func Hello() string { return api.Text() + string(rune(api.Version())) }

func main() {}
`;

const withExtra = plugin
  .replace('import "example.com/api"', 'import (\n\t"example.com/api"\n\t"example.com/extra"\n)')
  .replace("42", "extra.Number()");

/** The plugin with a call of a C function. */
function calling(linkerFlags: string, name: string): string {
  const preamble = `// #cgo LDFLAGS: ${linkerFlags}\n// int ${name}(void);\nimport "C"`;
  return `${plugin.replace('import "C"', preamble)}\nfunc Call() int { return int(C.${name}()) }\n`;
}

const dotted = "example.com/my.plug-in.v2";

/** What all builds have in common. */
export const sources: Sources = {
  "api/go.mod": "module example.com/api\n\ngo 1.21\n",
  "api/api.go": api,
  "api/tagged.go": "//go:build tagged\n\npackage api\n\nfunc Tagged() {}\n",
  "extra/go.mod": "module example.com/extra\n\ngo 1.21\n",
  "extra/extra.go": extra,
  "set/go.mod": goMod,
  "set/host/main.go":
    'package main\n\nimport "example.com/api"\n\nfunc main() {\n\tprintln(api.Text(), api.Version())\n\topenAll()\n}\n',
  "set/host/open.go": open,
  "set/lean/main.go": "package main\n\nfunc main() { openAll() }\n",
  "set/lean/open.go": open,
  "set/without/main.go":
    'package main\n\nimport "C"\n\nimport "example.com/api"\n\nfunc main() { println(api.Text()) }\n',
  "set/plugin/main.go": plugin,
  "set/extra/main.go": withExtra,
  "set/extra2/main.go": withExtra,
  "set/silent/main.go": 'package main\n\nimport "C"\n\nfunc main() {}\n',
  "set/needing/main.go": calling("-L${SRCDIR} -lmissing", "missing"),
  "set/undefined/main.go": calling("-Wl,--unresolved-symbols=ignore-all", "nowhere"),
  "dotted/go.mod": goMod.replace("example.com/set", dotted),
  "dotted/main.go": plugin,
  "c/missing.c": "int missing(void) { return 1; }\n",
  "c/plain.c": "int plain(void) { return 1; }\n",
  "rust/lib.rs": '#[no_mangle]\npub extern "C" fn answer() -> i32 { 42 }\n',
};
