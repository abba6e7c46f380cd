import { run, tools } from "./macho-toolchain.ts";

/** What says where a table lies and how many segments there are: that may change. */
const places = /^\s*(?:dataoff|datasize|\w+_offset +=|seg_count|seg_offset\[)/;

const questions = [
  ...["--bind", "--lazy-bind", "--weak-bind", "--rebase", "--chained-fixups", "--dylibs-used"],
  ...["--exports-trie", "--function-starts", "--data-in-code", "--indirect-symbols", "--syms"],
];

/**
 * What LLVM's tools print of a thin image's symbols, exports and fixups, without the file's name and the places of tables.
 * @throws if a tool does not take the file.
 */
export function linkingLines(path: string): readonly string[] {
  run(tools.objdump, ["--macho", "--private-headers", path]);
  const printed = [
    run(tools.objdump, ["--macho", ...questions, path]),
    run(tools.nm, ["--debug-syms", "--no-sort", path]),
  ];
  return printed
    .join("\n")
    .split("\n")
    .filter((line) => !places.test(line) && !line.startsWith(path));
}
