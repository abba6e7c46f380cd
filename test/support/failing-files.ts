import type { Files } from "../../src/files/files.ts";

/**
 * Files of which one makes every reader fail as by a mistake in this program: no reader expects a TypeError.
 * @param isIt whether it is the file, by the path it is opened by.
 * @param reads how many reads of it succeed before.
 */
export function failingFiles(files: Files, isIt: (path: string) => boolean, reads = 0): Files {
  let left = reads;
  return {
    open(path) {
      const file = files.open(path);
      const fails = isIt(path);
      return {
        kind: file.kind,
        size: file.size,
        read(into, at, length, position) {
          if (fails && left-- <= 0) throw new TypeError("x is not a function");
          return file.read(into, at, length, position);
        },
        isChanged: () => file.isChanged(),
        close: () => {
          file.close();
        },
      };
    },
    stat: (path) => files.stat(path),
    readLink: (path) => files.readLink(path),
    list: (path) => files.list(path),
    realPath: (path) => files.realPath(path),
  };
}
