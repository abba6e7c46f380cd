import type { Meaning } from "./meaning.ts";
import { advise, inspect, rebuild, run, validate } from "./next-step.ts";

const buildInfo = [run("go version -m {host}"), run("go version -m {plugin}")] as const;

/** The messages of package plugin and Go's runtime. */
export const goMeanings = {
  "package-hash/first": {
    says: "The package {package} was compiled differently for the plugin and for the host. It is among the first that are checked, and everything imports it: every package differs, so no single module is at fault.",
    causes: [
      "Only one side was built with -trimpath.",
      "Plugin and host come from different Go releases (only some combinations get as far as this check).",
      "-gcflags=all=… or GOEXPERIMENT differs.",
      "Only one side was built with -race, -msan or -asan.",
    ],
    next: [
      validate,
      ...buildInfo,
      advise(
        "Build the plugin with the Go release and the flags in the host's build info, including -trimpath.",
      ),
    ],
  },
  "package-hash/standard": {
    says: "The package {package} of Go's standard library was compiled differently for the plugin and for the host. Go itself or the build flags differ; changing a module version will not fix it.",
    causes: [
      "Only one side was built with -race, -msan, -asan or -cover.",
      "-gcflags=all=… differs (-l and -N change the packages that have functions to inline).",
      "Plugin and host come from different Go releases, or one of them from a patched toolchain.",
      "-tags, CGO_ENABLED or GOEXPERIMENT select different files of the standard library (netgo, osusergo, boringcrypto).",
    ],
    next: [
      validate,
      ...buildInfo,
      advise("Build the plugin with the Go release and the flags in the host's build info."),
    ],
  },
  "package-hash/module": {
    says: "The package {package} was compiled from different source, or with different options, for plugin and host. Only the first difference is reported; there may be more.",
    causes: [
      "The module that {package} belongs to is linked at a different version.",
      "The version is the same, but one side replaces, patches or vendors it.",
      "Without -trimpath: the module is in a different folder (GOMODCACHE, GOPATH, vendor), and the folder's name is part of what is compared.",
      "-tags select different files of the package, or a package that it imports has different inlinable functions.",
    ],
    next: [
      validate,
      ...buildInfo,
      run("go list -f '{{.Module.Path}} {{.Module.Version}}' {package}"),
      advise("Use the host's version with `go get MODULE@VERSION`, and build both sides with -trimpath."),
    ],
  },
  "not-implemented": {
    says: "The host cannot load any Go plugin: it was built without cgo, or for a platform that package plugin does not support. The plugin was not even opened.",
    causes: [
      "The host was built with CGO_ENABLED=0, as most release images of Collectors are.",
      "The host was cross-compiled, which turns cgo off unless a C compiler is set.",
      "The host runs on a system without package plugin: anything but Linux, macOS and FreeBSD.",
    ],
    next: [
      run("go version -m {host} | grep -E 'CGO_ENABLED|GOOS|GOARCH'"),
      run("CGO_ENABLED=1 go build -trimpath -o {host} ."),
      advise("Link the host dynamically, and rebuild its plugins with the same flags."),
    ],
  },
  realpath: {
    says: "The path passed to plugin.Open does not exist. Nothing was loaded.",
    causes: [
      "The path is wrong, or relative to a different working directory than the host's.",
      "The plugin is not in the image or on the volume that the host sees.",
      "A symbolic link is broken, or a parent folder is not accessible.",
    ],
    next: [run("namei -l {plugin}"), advise("Give the host the plugin's absolute path.")],
  },
  "already-loaded": {
    says: "A plugin with the same plugin path is already loaded. The plugin path is the import path of the plugin's main package, not its file name: two builds of one package cannot be loaded into one process.",
    causes: [
      "Two files in the folder are builds of the same main package: an old one was left beside the new one.",
      "Two plugins were generated from the same template, and the import path (the module's name) was not changed.",
      "The same plugin is opened under two names (a copy).",
    ],
    next: [
      run("plugins check-all {folder} --host {host}"),
      advise("Remove one of the two, or give one main package a different import path and rebuild it."),
    ],
  },
  "no-module-data": {
    says: "The host's process died: the file was mapped, but it did not register itself with the host's Go runtime as a plugin.",
    causes: [
      "The plugin was built with a different Go release, whose module data has a different size: its hashes were never compared.",
      "The file is not a Go plugin: a c-shared library, or one written in C or Rust.",
      "The host is statically linked (-extldflags=-static), so that no plugin can register with it.",
      "The plugin was linked with -Bsymbolic, and so registers with itself.",
    ],
    next: [
      inspect,
      validate,
      ...buildInfo,
      advise("Build the plugin with -buildmode=plugin and the host's Go release; link the host dynamically."),
    ],
  },
  "other-module-layout": {
    says: "Plugin and host come from Go releases whose module data have the same size but different layouts: the host reads the plugin's tables in the wrong places and most likely crashes.",
    causes: ["Plugin and host come from different Go releases."],
    next: [...buildInfo, advise("Build the plugin with the host's Go release.")],
  },
  "no-plugin-path": {
    says: "The host's process died: the file that registered with the Go runtime has no plugin path, so it was not linked as a plugin.",
    causes: [
      "The file was built with -buildmode=c-shared or shared instead of plugin.",
      "The plugin was built with a different Go release.",
    ],
    next: [inspect, run("go build -buildmode=plugin -trimpath -o {plugin} .")],
  },
  "missing-export": {
    says: "The plugin lists {symbol} among its exported names, but the symbol is not in its dynamic symbol table.",
    causes: [
      "The file was changed after it was linked: symbols were removed (objcopy --strip-symbol, a version script).",
      "It was linked with flags that hide symbols (-extldflags with --exclude-libs or -fvisibility).",
    ],
    next: [run("plugins inspect {plugin} --symbols"), rebuild],
  },
  "missing-lookup": {
    says: "The plugin {definer} was loaded, but exports nothing called {symbol}.",
    causes: [
      "The name is spelled differently in the plugin; upper and lower case matter.",
      "It is not exported: its first letter is not a capital, or it is not in package main.",
      "The plugin was written for a different version of the host's plugin interface.",
    ],
    next: [
      run("plugins inspect {plugin} --symbols"),
      advise("Give the plugin's main package an exported variable or function of that name."),
    ],
  },
  "module-overlap": {
    says: "The host's process died: the plugin's code overlaps that of another module, which no linker does by itself.",
    causes: [
      "The file is damaged.",
      "It was built with a different Go release, whose module data is read in the wrong places.",
    ],
    next: [...buildInfo, rebuild],
  },
  "symbol-table": {
    says: "The host's process died: Go's runtime cannot read the plugin's tables of functions and exported names.",
    causes: [
      "The plugin was built with a different Go release.",
      "The file is damaged, or was rewritten by a tool that does not know Go (UPX, a patcher).",
    ],
    next: [...buildInfo, rebuild],
  },
  "segmentation-fault": {
    says: "The host's process died while the plugin was loaded: something read invalid memory. The text does not say what.",
    causes: [
      "The plugin's own start-up code (constructors, init functions) is at fault.",
      "Plugin and host come from different Go releases.",
      "The host is statically linked, and a library with its own runtime was loaded into it.",
      "Rust plugin and host were compiled by different releases of rustc, and exchange types without a stable layout.",
    ],
    next: [inspect, validate, advise("Look in the stack trace for the first function of the plugin.")],
  },
} as const satisfies Readonly<Record<string, Meaning>>;
