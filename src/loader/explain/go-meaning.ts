import type { Meaning } from "./meaning.ts";
import { advise, inspect, rebuild, run, validate } from "./next-step.ts";

const buildInfo = [run("go version -m {host}"), run("go version -m {plugin}")] as const;

/** Of what package plugin and Go's runtime say. */
export const goMeanings = {
  "package-hash/first": {
    says: "The package {package} was compiled otherwise for the plugin than for the host. It is among the first that are checked, and everything imports it: every package differs, so no module is to blame.",
    causes: [
      "-trimpath was given on one side only.",
      "Plugin and host come from different Go releases (of which only some get as far as this check).",
      "-gcflags=all=… differs, or GOEXPERIMENT does.",
      "One side was built with -race, -msan or -asan.",
    ],
    next: [
      validate,
      ...buildInfo,
      advise("Build the plugin with the Go release and the flags of the host's build info, -trimpath too."),
    ],
  },
  "package-hash/standard": {
    says: "The package {package} of Go's standard library was compiled otherwise for the plugin than for the host. Go itself or the build flags differ; changing a module's version cannot fix it.",
    causes: [
      "One side was built with -race, -msan, -asan or -cover.",
      "-gcflags=all=… differs (-l and -N change the packages that have functions to inline).",
      "Plugin and host come from different Go releases, or one of them from a patched one.",
      "-tags, CGO_ENABLED or GOEXPERIMENT select other files of the standard library (netgo, osusergo, boringcrypto).",
    ],
    next: [
      validate,
      ...buildInfo,
      advise("Build the plugin with the Go release and the flags of the host's build info."),
    ],
  },
  "package-hash/module": {
    says: "The package {package} was compiled from other source, or otherwise, for the plugin than for the host. Only the first difference is named: others may follow.",
    causes: [
      "The module that {package} belongs to is linked in another version.",
      "The version is the same, but one side replaces, patches or vendors it.",
      "Without -trimpath: the module lies in another folder (GOMODCACHE, GOPATH, vendor), and the folder's name is part of what is compared.",
      "-tags select other files of the package, or a package that it imports differs in what it inlines.",
    ],
    next: [
      validate,
      ...buildInfo,
      run("go list -f '{{.Module.Path}} {{.Module.Version}}' {package}"),
      advise("Take the host's version with `go get MODULE@VERSION`, and build both sides with -trimpath."),
    ],
  },
  "not-implemented": {
    says: "The host cannot load any Go plugin: it was built without cgo, or for a system that package plugin does not support. The plugin was not even looked at.",
    causes: [
      "The host was built with CGO_ENABLED=0, as most release images of Collectors are.",
      "The host was cross-compiled, which switches cgo off unless a C compiler is named.",
      "The host runs where package plugin does not exist: anything but Linux, macOS and FreeBSD.",
    ],
    next: [
      run("go version -m {host} | grep -E 'CGO_ENABLED|GOOS|GOARCH'"),
      run("CGO_ENABLED=1 go build -trimpath -o {host} ."),
      advise("Link the host dynamically, and rebuild its plugins with the same flags."),
    ],
  },
  realpath: {
    says: "The name that was given to plugin.Open leads to no file. Nothing was loaded.",
    causes: [
      "The path is wrong, or relative to another working directory than the host's.",
      "The plugin is not in the image or on the volume that the host sees.",
      "A symbolic link dangles, or a folder on the way may not be entered.",
    ],
    next: [run("namei -l {plugin}"), advise("Give the host the plugin's absolute path.")],
  },
  "already-loaded": {
    says: "A plugin with the same plugin path is loaded already. The plugin path is the import path of the plugin's main package, not its file name: two builds of one package cannot live in one process.",
    causes: [
      "Two files of the folder are builds of the same main package: an old one was left beside the new one.",
      "Two plugins were made of one template, and the import path (the module's name) was not changed.",
      "One file is opened by two names, of which one is a copy.",
    ],
    next: [
      run("plugins check-all {folder} --host {host}"),
      advise("Remove one of the two, or give one main package another import path and rebuild it."),
    ],
  },
  "no-module-data": {
    says: "The host's process died: the file was mapped, but it did not register itself with the host's Go runtime as a plugin.",
    causes: [
      "The plugin was built by another Go release, whose module data has another size: its hashes were never compared.",
      "The file is no Go plugin: a c-shared library, or one written in C or Rust.",
      "The host is statically linked (-extldflags=-static), so that no plugin can register with it.",
      "The plugin was linked with -Bsymbolic, and registers with itself.",
    ],
    next: [
      inspect,
      validate,
      ...buildInfo,
      advise("Build the plugin with -buildmode=plugin and the host's Go release; link the host dynamically."),
    ],
  },
  "other-module-layout": {
    says: "Plugin and host come from Go releases whose module data differ in layout but not in size: the host reads the plugin's tables in the wrong places and most likely dies.",
    causes: ["Plugin and host come from different Go releases."],
    next: [...buildInfo, advise("Build the plugin with the host's Go release.")],
  },
  "no-plugin-path": {
    says: "The host's process died: what registered with the Go runtime has no plugin path, so it was not linked as a plugin.",
    causes: [
      "The file was built with -buildmode=c-shared or shared instead of plugin.",
      "The plugin was built by another Go release.",
    ],
    next: [inspect, run("go build -buildmode=plugin -trimpath -o {plugin} .")],
  },
  "missing-export": {
    says: "The plugin lists {symbol} among what it exports, but the symbol is not in its dynamic symbol table.",
    causes: [
      "The file was changed after it was linked: symbols were removed (objcopy --strip-symbol, a version script).",
      "It was linked with flags that hide symbols (-extldflags with --exclude-libs or -fvisibility).",
    ],
    next: [run("plugins inspect {plugin} --symbols"), rebuild],
  },
  "missing-lookup": {
    says: "The plugin {definer} was loaded, but exports nothing called {symbol}.",
    causes: [
      "The name is spelt otherwise in the plugin; upper and lower case count.",
      "It is not exported: its first letter is no capital, or it is not in package main.",
      "The plugin was written for another version of the host's plugin interface.",
    ],
    next: [
      run("plugins inspect {plugin} --symbols"),
      advise("Give the plugin's main package an exported variable or function of that name."),
    ],
  },
  "module-overlap": {
    says: "The host's process died: the plugin's code lies where another module's lies, which no linker does by itself.",
    causes: [
      "The file is damaged.",
      "It was built by another Go release, whose module data is read in the wrong places.",
    ],
    next: [...buildInfo, rebuild],
  },
  "symbol-table": {
    says: "The host's process died: Go's runtime cannot read the plugin's function table.",
    causes: [
      "The plugin was built by another Go release.",
      "The file is damaged, or was rewritten by a tool that does not know Go (UPX, a patcher).",
    ],
    next: [...buildInfo, rebuild],
  },
  "segmentation-fault": {
    says: "The host's process died while the plugin was loaded: memory was read that is not there. The text does not say by whom.",
    causes: [
      "The plugin's own start-up code (constructors, init functions) is to blame.",
      "Plugin and host come from different Go releases.",
      "The host is statically linked, and a library with a runtime of its own was loaded into it.",
      "Rust plugin and host were compiled by different releases of rustc, and hand each other types without a stable layout.",
    ],
    next: [inspect, validate, advise("Look in the stack trace for the first function that is the plugin's.")],
  },
} as const satisfies Readonly<Record<string, Meaning>>;
