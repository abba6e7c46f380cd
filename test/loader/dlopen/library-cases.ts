import { folder, link, plain, type Case } from "./case.ts";
import { sharedLibrary, type Workbench } from "./workbench.ts";

const uses = "int shared_answer(void); int answer(void) { return shared_answer(); }";

/** Something that is linked to `libother.so` of a folder of its own, and what is put there afterwards. */
function onOther(
  name: string,
  flags: readonly string[],
  put: (bench: Workbench, place: string) => unknown,
): Case {
  const stem = name.replaceAll(/\W+/g, "-");
  return {
    name,
    make: (bench) => {
      const stub = bench.library(
        `stubs/${stem}/libother.so`,
        "int other_answer(void) { return 1; }",
        "-Wl,-soname,libother.so",
      );
      const words = flags.map((flag) => flag.replaceAll("PLACE", `${bench.folder}/${stem}`));
      put(bench, `${stem}/libother.so`);
      return bench.library(
        `${stem}/plugin.so`,
        "int other_answer(void); int answer(void) { return other_answer(); }",
        stub,
        ...words,
      );
    },
  };
}

const good = (bench: Workbench, place: string): string =>
  bench.library(place, "int other_answer(void) { return 2; }", "-Wl,-soname,libother.so");

/** What it links and where that is found. */
export const libraryCases: readonly Case[] = [
  onOther("a missing library", [], () => undefined),
  onOther("a library by DT_RUNPATH", ["-Wl,--enable-new-dtags,-rpath,PLACE"], good),
  onOther("a library by DT_RPATH", ["-Wl,--disable-new-dtags,-rpath,PLACE"], good),
  onOther("a library by $ORIGIN in DT_RUNPATH", ["-Wl,--enable-new-dtags,-rpath,$ORIGIN"], good),
  onOther("a library by $ORIGIN in DT_RPATH", ["-Wl,--disable-new-dtags,-rpath,${ORIGIN}"], good),
  onOther(
    "a library by a token in the middle",
    ["-Wl,-rpath,PLACE/nowhere:$ORIGIN/../a-library-by-a-token-in-the-middle/"],
    good,
  ),
  ...(
    [
      ["$ORIGIN followed by letters", "$ORIGIN-x:$ORIGINfoo"],
      ["only $ORIGIN followed by letters", "$ORIGINfoo", "glibc"],
      ["{ORIGIN} followed by letters", "${ORIGIN}foo"],
      ["$ORIGIN followed by a dash", "$ORIGIN-x"],
      ["a token that is not closed", "${ORIGIN/lib", "glibc"],
      ["$ORIGIN beside an unknown token", "$ORIGIN-x:$NOWHERE"],
    ] as const
  ).map(([name, path, inWorkingFolder]) => ({
    ...onOther(`a library by ${name}`, [`-Wl,-rpath,${path}`], (bench, place) => {
      const stem = place.slice(0, place.indexOf("/"));
      for (const each of ["foo", "-x"]) good(bench, `${stem}${each}/libother.so`);
    }),
    ...(inWorkingFolder === undefined ? {} : { inWorkingFolder }),
  })),
  {
    ...onOther("a library by an unknown token", ["-Wl,-rpath,$NOWHERE/lib"], good),
    inWorkingFolder: "glibc",
  },
  onOther("a library in no folder of DT_RUNPATH", ["-Wl,-rpath,PLACE/nowhere"], good),
  onOther("a library that is a text", ["-Wl,-rpath,PLACE"], (bench, place) =>
    bench.write(place, "INPUT ( libreal.so )\n".repeat(10)),
  ),
  onOther("a library that is too short", ["-Wl,-rpath,PLACE"], (bench, place) => bench.write(place, "short")),
  onOther("a library that is a folder", ["-Wl,-rpath,PLACE"], folder),
  onOther("a library in the other class", ["-Wl,-rpath,PLACE"], (bench, place) =>
    bench.patched(place, good(bench, `${place}.whole`), (patch) => patch.header("EI_CLASS", 1)),
  ),
  onOther("a library with EI_VERSION 2", ["-Wl,-rpath,PLACE"], (bench, place) =>
    bench.patched(place, good(bench, `${place}.whole`), (patch) => patch.header("EI_VERSION", 2)),
  ),
  onOther("a library that is an object file", ["-Wl,-rpath,PLACE"], (bench, place) =>
    bench.compile(place, "int other_answer(void) { return 2; }", "-c"),
  ),
  onOther("a library without PT_DYNAMIC", ["-Wl,-rpath,PLACE"], (bench, place) =>
    bench.patched(place, good(bench, `${place}.whole`), (patch) => patch.program(2, "p_type", 0)),
  ),
  onOther("a library without PT_LOAD", ["-Wl,-rpath,PLACE"], (bench, place) =>
    bench.patched(place, good(bench, `${place}.whole`), (patch) => patch.program(1, "p_type", 0)),
  ),
  onOther("a library that may not be dlopened", ["-Wl,-rpath,PLACE"], (bench, place) =>
    bench.library(place, "int other_answer(void) { return 2; }", "-Wl,-z,nodlopen,-soname,libother.so"),
  ),
  onOther("a library that wants an executable stack", ["-Wl,-rpath,PLACE"], (bench, place) =>
    bench.library(place, "int other_answer(void) { return 2; }", "-Wl,-z,execstack,-soname,libother.so"),
  ),
  onOther("a library that is cut off", ["-Wl,-rpath,PLACE"], (bench, place) =>
    bench.cut(place, good(bench, `${place}.whole`), 8192),
  ),
  onOther("a library that lacks the symbol", ["-Wl,-rpath,PLACE"], (bench, place) =>
    bench.library(place, "int something_else;", "-Wl,-soname,libother.so"),
  ),
  onOther("a library that lacks a library", ["-Wl,-rpath,PLACE"], (bench, place) => {
    const lost = bench.library(`${place}.lost/liblost.so`, "int lost;", "-Wl,-soname,liblost.so");
    return bench.library(
      place,
      "extern int lost; int other_answer(void) { return lost; }",
      lost,
      "-Wl,-soname,libother.so",
    );
  }),
  onOther("a library with an undefined symbol", ["-Wl,-rpath,PLACE"], (bench, place) =>
    bench.library(
      place,
      "int nowhere(void); int other_answer(void) { return nowhere(); }",
      "-Wl,-soname,libother.so",
    ),
  ),
  onOther("a broken library before a good one", ["-Wl,-rpath,PLACE/first:PLACE"], (bench, place) => {
    good(bench, place);
    const whole = good(bench, `${place}.whole`);
    return bench.patched(place.replace("/lib", "/first/lib"), whole, (patch) => patch.header("EI_CLASS", 1));
  }),
  onOther("a library by a link", ["-Wl,-rpath,PLACE"], (bench, place) =>
    link(bench, place, good(bench, `${place}.1.2`)),
  ),
  onOther("a second library, missing too", ["-Wl,-rpath,PLACE", "-Wl,--no-as-needed"], (bench, place) => {
    bench.library(`${place}.stub/libsecond.so`, "int second;", "-Wl,-soname,libsecond.so");
    return good(bench, place);
  }),
  {
    name: "two missing libraries",
    make: (bench) => {
      const stubs = ["one", "two"].map((name) =>
        bench.library(`two-missing/lib${name}.so`, `int ${name};`, `-Wl,-soname,libgone-${name}.so`),
      );
      return bench.library("two-missing/plugin.so", "int answer;", "-Wl,--no-as-needed", ...stubs);
    },
  },
  ...(["--enable-new-dtags", "--disable-new-dtags"] as const).map((tags) => ({
    name: `a library's library, by the path of the plugin (${tags})`,
    make: (bench: Workbench) => {
      const at = `inherited-${tags.slice(2, 5)}`;
      const deep = bench.library(
        `${at}/deep/libdeep.so`,
        "int deep(void) { return 3; }",
        "-Wl,-soname,libdeep.so",
      );
      const middle = bench.library(
        `${at}/deep/libmiddle.so`,
        "int deep(void); int middle(void) { return deep(); }",
        deep,
        "-Wl,-soname,libmiddle.so",
      );
      const flags = [middle, `-Wl,${tags},-rpath,@/${at}/deep`, `-Wl,-rpath-link,@/${at}/deep`];
      return bench.library(
        `${at}/plugin.so`,
        "int middle(void); int answer(void) { return middle(); }",
        ...flags,
      );
    },
  })),
  {
    name: "a library by its path",
    make: (bench) => {
      const library = bench.library("by-path/libpath.so", "int path(void) { return 3; }");
      return bench.library(
        "by-path/plugin.so",
        "int path(void); int answer(void) { return path(); }",
        library,
      );
    },
  },
  {
    name: "a library by a path that is gone",
    make: (bench) => {
      const library = bench.library("by-gone-path/libpath.so", "int path(void) { return 3; }");
      bench.library("by-gone-path/plugin.so", "int path(void); int answer(void) { return path(); }", library);
      link(bench, "by-gone-path/libpath.so", "nothing");
      return bench.path("by-gone-path/plugin.so");
    },
  },
  {
    name: "a library by the host's DT_RPATH",
    host: "rpath",
    make: (bench) => {
      const library = bench.library(
        "host-libraries/libhosted.so",
        "int hosted(void) { return 3; }",
        "-Wl,-soname,libhosted.so",
      );
      return bench.library("hosted.so", "int hosted(void); int answer(void) { return hosted(); }", library);
    },
  },
  {
    name: "a library that the host has loaded",
    host: "linked",
    make: (bench) => bench.library("uses-shared.so", uses, sharedLibrary(bench)),
  },
  {
    name: "a library that the host has not loaded",
    make: (bench) => bench.library("uses-shared.so", uses, sharedLibrary(bench)),
  },
  {
    name: "a library that the host has loaded, without naming it",
    host: "linked",
    make: (bench) => bench.library("uses-unnamed.so", uses),
  },
  {
    name: "the very library that the host has loaded",
    host: "linked",
    make: sharedLibrary,
  },
  {
    name: "two libraries that need one another",
    make: (bench) => {
      const stub = bench.library("circle/stub/libleft.so", "int left;", "-Wl,-soname,libleft.so");
      const right = bench.library(
        "circle/libright.so",
        "int right;",
        stub,
        "-Wl,--no-as-needed,-rpath,$ORIGIN",
        "-Wl,-soname,libright.so",
        stub,
      );
      bench.library(
        "circle/libleft.so",
        "int left;",
        "-Wl,--no-as-needed,-rpath,$ORIGIN",
        right,
        "-Wl,-soname,libleft.so",
      );
      return bench.path("circle/libleft.so");
    },
  },
  {
    name: "a library linked to itself by another name",
    make: (bench) => {
      plain(bench);
      const stub = bench.library("self/stub/libself.so", "int self;", "-Wl,-soname,libself.so");
      bench.library("self/plugin.so", "int self;", "-Wl,--no-as-needed,-rpath,$ORIGIN", stub);
      link(bench, "self/libself.so", "plugin.so");
      return bench.path("self/plugin.so");
    },
  },
];
