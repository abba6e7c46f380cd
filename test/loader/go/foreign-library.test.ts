import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { closeArtifact, openArtifact } from "../../../src/artifact/artifact.ts";
import { validate } from "../../../src/check/validate.ts";
import { disk } from "../../../src/files/disk.ts";
import type { Language } from "../../../src/language/language-facts.ts";
import { linkedOpener } from "../../../src/loader/go/linked-opener.ts";
import { readLoadingHost, type LoadingHost, type TargetRequest } from "../../../src/loader/loading-host.ts";
import { predictLoad, type WrittenIn } from "../../../src/loader/predict-load.ts";
import type { Prediction } from "../../../src/loader/prediction.ts";
import { defaultCarrierNames } from "../../../src/manifest/carrier/carrier-names.ts";
import { openFile } from "../../support/evidence-open.ts";
import { describeWith, lackOf } from "../../support/need.ts";
import { openReally } from "./real-open.ts";

const folder = mkdtempSync(join(tmpdir(), "foreign-library-"));
const at = (name: string): string => join(folder, name);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Opens each file with package plugin, and prints the answer as `openReally` wants it. */
const opening = `package main
import ("fmt"; "os"; "plugin")
func main() {
  for _, file := range os.Args[1:] {
    if _, err := plugin.Open(file); err != nil { fmt.Print(err) }
    fmt.Print("\\x00")
  }
}
`;

/** The same by dlopen of its own, beside a reference to package plugin. */
const calling = `package main
// #include <dlfcn.h>
// #include <stdlib.h>
import "C"
import ("fmt"; "os"; "plugin"; "unsafe")
func main() {
  if len(os.Args) > 99 { plugin.Open("") }
  for _, file := range os.Args[1:] {
    name := C.CString(file)
    if C.dlopen(name, C.RTLD_NOW) == nil { fmt.Print(C.GoString(C.dlerror())) }
    C.free(unsafe.Pointer(name))
    fmt.Print("\\x00")
  }
}
`;

const linkedTo = (library: string): string =>
  `// #cgo LDFLAGS: -L${folder} -l${library} -Wl,-rpath,${folder}\n`;

/** Opens each file by a function of a library that it links, beside a reference to package plugin. */
const openingBy = (library: string): string =>
  calling
    .replace("// #include <dlfcn.h>\n", `${linkedTo(library)}// void *open_it(const char *);\n`)
    .replace(
      "C.dlopen(name, C.RTLD_NOW) == nil { fmt.Print(C.GoString(C.dlerror())) }",
      'C.open_it(name) == nil { fmt.Print("refused") }',
    );

/** Opens each file with package plugin, and calls a library that it links. */
const openingBeside = (library: string): string =>
  opening
    .replace("import (", `${linkedTo(library)}// int other(void);\nimport "C"\nimport (`)
    .replace("for _,", "C.other()\n  for _,");

function goHost(name: string, source: string, cc = "gcc"): void {
  mkdirSync(at(`${name}-src`));
  writeFileSync(at(`${name}-src/go.mod`), "module example.com/host\n\ngo 1.21\n");
  writeFileSync(at(`${name}-src/main.go`), source);
  const env = { ...process.env, CC: cc, CGO_ENABLED: "1", GOFLAGS: "-mod=mod", GOWORK: "off" };
  execFileSync("go", ["build", "-o", at(name), "."], { cwd: at(`${name}-src`), env, stdio: "pipe" });
}

function goLibrary(name: string): void {
  mkdirSync(at(`${name}-src`));
  writeFileSync(at(`${name}-src/go.mod`), "module example.com/library\n\ngo 1.21\n");
  writeFileSync(
    at(`${name}-src/main.go`),
    'package main\n\nimport "C"\n\n//export Answer\nfunc Answer() int { return 1 }\n\nfunc main() {}\n',
  );
  const env = { ...process.env, CGO_ENABLED: "1", GOFLAGS: "-mod=mod", GOWORK: "off" };
  const args = ["build", "-buildmode=c-shared", "-o", at(name), "."];
  execFileSync("go", args, { cwd: at(`${name}-src`), env, stdio: "pipe" });
}

/** @param flags what follows the source; before it the compiler, if it is not gcc. */
function library(name: string, source: string, ...flags: readonly string[]): void {
  const [first = "gcc", ...others] = flags[0] === "musl-gcc" ? flags : ["gcc", ...flags];
  writeFileSync(at(`${name}.c`), source);
  const parts = ["-shared", "-fPIC", "-o", at(name), at(`${name}.c`), ...others];
  execFileSync(first, parts, { stdio: "pipe" });
}

function predict(
  name: string,
  host: LoadingHost,
  language: WrittenIn,
  declared: readonly Language[] = [],
): Prediction {
  const opened = openArtifact(disk, at(name), defaultCarrierNames, "plugin");
  try {
    return predictLoad({ path: at(name), content: opened.content }, language, host, declared).prediction;
  } finally {
    closeArtifact(opened);
  }
}

function hostAt(name: string, target: TargetRequest = {}): LoadingHost {
  return readLoadingHost(disk, openFile(at(name)), at(name), target);
}

describeWith(
  lackOf("go", "gcc"),
  "a library that is not Go's, in a Go host that links package plugin",
  () => {
    beforeAll(() => {
      goHost("opening", opening);
      goHost("calling", calling);
      const opener = "#include <dlfcn.h>\nvoid *open_it(const char *f) { return dlopen(f, RTLD_NOW); }";
      library("libopener.so", opener + opener.replace(/.*\n/, "\n").replace("open_it", "open_below"));
      const further = [`-L${folder}`, "-lopener", `-Wl,-rpath,${folder}`];
      library(
        "libouter.so",
        "void *open_below(const char *); void *open_it(const char *f) { return open_below(f); }",
        ...further,
      );
      library(
        "libnaming.so",
        '#include <dlfcn.h>\nvoid *open_it(const char *f) { void *(*o)(const char *, int) = (void *(*)(const char *, int))dlsym(RTLD_DEFAULT, "dlopen"); return o(f, RTLD_NOW); }',
        "-D_GNU_SOURCE",
      );
      library("libplain.so", "int other(void) { return 1; }");
      library(
        "libabove.so",
        "int other(void) { return 1; }",
        "-Wl,--no-as-needed",
        `-L${folder}`,
        "-lplain",
        `-Wl,-rpath,${folder}`,
      );
      library("libgone.so", "int other(void) { return 1; }");
      goHost("linking", openingBy("opener"));
      goHost("linking-deeper", openingBy("outer"));
      goHost("linking-name", openingBy("naming"));
      goHost(
        "linking-alone",
        openingBy("opener")
          .replace('"plugin"; ', "")
          .replace(/.*plugin\.Open.*\n/, ""),
      );
      goHost("plain", openingBeside("plain"));
      goHost("plain-deeper", openingBeside("above"));
      goHost(
        "plain-alone",
        openingBeside("plain")
          .replace('; "plugin"', "")
          .replace(/.*plugin\.Open.*\n/, "_ = file\n"),
      );
      goHost("gone", openingBeside("gone"));
      rmSync(at("libgone.so"));
      goHost("dlopen-alone", calling.replace('"plugin"; ', "").replace(/.*plugin\.Open.*\n/, ""));
      goHost(
        "neither",
        'package main\n// int one(void) { return 1; }\nimport "C"\nfunc main() { println(C.one()) }\n',
      );
      goLibrary("go.so");
      library("c.so", "int answer(void) { return 1; }");
      library("lacking.so", "int nowhere(void); int answer(void) { return nowhere(); }");
    });

    it.each(["rust", "unknown"] as const)(
      "ends a host that has no other loader, whatever it is: %s",
      (language) => {
        const real = openReally(at("opening"), folder, [at("c.so")]);
        expect(real).toEqual([{ outcome: "crash", message: "fatal error: runtime: no plugin module data" }]);
        expect(predict("c.so", hostAt("opening"), language)).toMatchObject({
          outcome: "crash",
          first: { check: "no-module-data", message: "fatal error: runtime: no plugin module data" },
        });
      },
    );

    it("is reported as what it is, although the host's code is read late", async () => {
      const { plugins } = await validate({
        fileSystem: disk,
        files: [at("c.so")],
        host: { kind: "binary", path: at("opening") },
      });
      expect(plugins).toMatchObject([
        {
          verdict: "incompatible",
          loader: { outcome: "crash", message: "fatal error: runtime: no plugin module data" },
        },
      ]);
    });

    it("does not pass if the manifest of such a host says that it loads the language", () => {
      expect(predict("c.so", hostAt("opening"), "rust", ["go", "rust"])).toMatchObject({
        outcome: "unknown",
        why: expect.stringContaining("nothing in the host can open such a file") as string,
      });
    });

    it("may end a host that calls dlopen as well, which really loads it", () => {
      expect(openReally(at("calling"), folder, [at("c.so")])).toEqual([{ outcome: "loads", message: null }]);
      expect(predict("c.so", hostAt("calling"), "rust")).toMatchObject({
        outcome: "unknown",
        why: expect.stringContaining("it has code for both") as string,
      });
    });

    it("loads into that if it declares the language", () => {
      const declared = ["go", "rust"] as const;
      expect(predict("c.so", hostAt("calling"), "rust", declared)).toEqual({ outcome: "loads", needs: [] });
      expect(predict("c.so", hostAt("calling"), "rust", ["go"]).outcome).toBe("unknown");
    });

    it("is one as well if Go built it with -buildmode=c-shared", () => {
      const real = ["opening", "calling", "dlopen-alone"].map(
        (host) => openReally(at(host), folder, [at("go.so")])[0],
      );
      expect(real.map((answer) => answer?.outcome)).toEqual(["crash", "loads", "loads"]);
      expect(predict("go.so", hostAt("opening"), "go", ["go"]).outcome).toBe("crash");
      expect(predict("go.so", hostAt("calling"), "go", ["go"]).outcome).toBe("crash");
      expect(predict("go.so", hostAt("calling"), "go")).toMatchObject({
        outcome: "unknown",
        why: expect.stringContaining("it has code for both") as string,
      });
      expect(predict("go.so", hostAt("dlopen-alone"), "go", ["go"])).toEqual({ outcome: "loads", needs: [] });
    });

    it.each([
      ["linking", "libopener.so, which it links, calls dlopen"],
      ["linking-deeper", "libopener.so, which libouter.so links, calls dlopen"],
      ["linking-name", "libnaming.so, which it links, may call dlopen for it: .rodata has the text"],
      ["linking-alone", "libopener.so, which it links, calls dlopen"],
    ])("may be loaded by a library that the host links, and is in fact: %s", (name, why) => {
      expect(openReally(at(name), folder, [at("c.so")])).toEqual([{ outcome: "loads", message: null }]);
      expect(predict("c.so", hostAt(name), "rust")).toMatchObject({
        outcome: "unknown",
        why: expect.stringContaining(why) as string,
      });
      expect(predict("c.so", hostAt(name), "rust", ["go", "rust"]).outcome).toBe("loads");
    });

    it.each(["plain", "plain-deeper"])("ends a host whose libraries open nothing: %s", (name) => {
      const message = "fatal error: runtime: no plugin module data";
      expect(openReally(at(name), folder, [at("c.so")])).toEqual([{ outcome: "crash", message }]);
      expect(predict("c.so", hostAt(name), "rust")).toMatchObject({ outcome: "crash", first: { message } });
      expect(predict("c.so", hostAt(name), "rust", ["go", "rust"])).toMatchObject({
        outcome: "unknown",
        why: expect.stringContaining("nothing in the host can open such a file") as string,
      });
    });

    it("is opened by nothing in a host without a loader whose libraries open nothing", () => {
      expect(predict("c.so", hostAt("plain-alone"), "rust")).toMatchObject({
        outcome: "unknown",
        why: expect.stringContaining("has no code that opens libraries") as string,
      });
    });

    it("may be loaded by a library that is not there, or where no files are known", () => {
      expect(predict("c.so", hostAt("gone"), "rust")).toMatchObject({
        outcome: "unknown",
        why: expect.stringMatching(
          /libgone\.so may call dlopen for it.*would not start on this system: libgone\.so/,
        ) as string,
      });
      expect(predict("c.so", hostAt("plain", { glibc: "2.36" }), "rust")).toMatchObject({
        outcome: "unknown",
        why: expect.stringContaining("libplain.so may call dlopen for it") as string,
      });
    });

    it("may be loaded by a library that is too large to be looked into", () => {
      const { system } = hostAt("plain");
      if (system.kind !== "dlopen") throw new Error(system.kind);
      expect(linkedOpener(system.host, system.target)).toBeUndefined();
      expect(linkedOpener(system.host, system.target, 2 ** 10)).toBe(
        "libplain.so, which it links, may call dlopen for it: what it links has more than 0.0009765625 MiB",
      );
    });

    it("is loaded by a host that calls dlopen alone, and by nothing in one that calls neither", () => {
      expect(predict("c.so", hostAt("dlopen-alone"), "rust")).toEqual({ outcome: "loads", needs: [] });
      expect(predict("c.so", hostAt("neither"), "rust")).toMatchObject({
        outcome: "unknown",
        why: expect.stringContaining("has no code that opens libraries") as string,
      });
    });

    it("is refused whichever way it is opened, if dlopen refuses it", () => {
      const [answer] = openReally(at("opening"), folder, [at("lacking.so")]);
      expect(answer?.outcome).toBe("refused");
      expect(predict("lacking.so", hostAt("opening"), "rust")).toMatchObject({
        outcome: "refused",
        first: { subject: "nowhere" },
      });
    });
  },
);

describeWith(lackOf("go", "musl-gcc"), "a library that is not Go's, in a Go host on musl", () => {
  it.each([
    ["quiet", "int other(void) { return 1; }", "crash"],
    ["calling", "#include <dlfcn.h>\nint other(void) { return dlopen(0, 1) != 0; }", "unknown"],
  ])("is judged by the libraries that the host links as well: %s", (name, source, outcome) => {
    library("musl.so", "int answer(void) { return 1; }", "musl-gcc");
    library(`libmusl${name}.so`, source, "musl-gcc");
    goHost(`musl-${name}`, openingBeside(`musl${name}`), "musl-gcc");
    const [real] = openReally(at(`musl-${name}`), folder, [at("musl.so")]);
    expect(real?.outcome).toBe("crash");
    expect(predict("musl.so", hostAt(`musl-${name}`), "rust").outcome).toBe(outcome);
  });
});
