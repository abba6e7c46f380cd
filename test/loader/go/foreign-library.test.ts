import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { closeArtifact, openArtifact } from "../../../src/artifact/artifact.ts";
import { validate } from "../../../src/check/validate.ts";
import { disk } from "../../../src/files/disk.ts";
import type { Language } from "../../../src/language/language-facts.ts";
import { readLoadingHost, type LoadingHost } from "../../../src/loader/loading-host.ts";
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

/** The same by a library that it links. */
const linking = opening
  .replace(
    "import (",
    `// #cgo LDFLAGS: -L${folder} -lopener -Wl,-rpath,${folder}\n// void *open_it(const char *);\nimport "C"\nimport (`,
  )
  .replace("for _,", "if len(os.Args) > 99 { C.open_it(nil) }\n  for _,");

function goHost(name: string, source: string): void {
  mkdirSync(at(`${name}-src`));
  writeFileSync(at(`${name}-src/go.mod`), "module example.com/host\n\ngo 1.21\n");
  writeFileSync(at(`${name}-src/main.go`), source);
  const env = { ...process.env, CGO_ENABLED: "1", GOFLAGS: "-mod=mod", GOWORK: "off" };
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

function library(name: string, source: string, ...flags: readonly string[]): void {
  writeFileSync(at(`${name}.c`), source);
  execFileSync("gcc", ["-shared", "-fPIC", ...flags, "-o", at(name), at(`${name}.c`)], { stdio: "pipe" });
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

const hostAt = (name: string): LoadingHost => readLoadingHost(disk, openFile(at(name)), at(name), {});

describeWith(
  lackOf("go", "gcc"),
  "a library that is not Go's, in a Go host that links package plugin",
  () => {
    beforeAll(() => {
      goHost("opening", opening);
      goHost("calling", calling);
      library(
        "libopener.so",
        "#include <dlfcn.h>\nvoid *open_it(const char *f) { return dlopen(f, RTLD_NOW); }",
      );
      goHost("linking", linking);
      goHost("linking-alone", linking.replace('"plugin"', "").replace(/.*plugin\.Open.*\n/, "_ = file\n"));
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

    it("may be loaded by a library that the host links", () => {
      expect(predict("c.so", hostAt("linking"), "rust")).toMatchObject({
        outcome: "unknown",
        why: expect.stringContaining("libopener.so may call dlopen for it") as string,
      });
    });

    it("may be loaded by a library of a host that has no loader itself", () => {
      expect(predict("c.so", hostAt("linking-alone"), "rust")).toMatchObject({
        outcome: "unknown",
        why: expect.stringContaining("libopener.so may call dlopen for it") as string,
      });
      expect(predict("c.so", hostAt("linking-alone"), "rust", ["go", "rust"]).outcome).toBe("loads");
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
