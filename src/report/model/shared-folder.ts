/** The folder that all files are in, ending with a slash, so that a table need not repeat it; empty if there is none but the root. */
export function sharedFolder(paths: readonly string[]): string {
  const [first = ""] = paths;
  let folder = first.slice(0, first.lastIndexOf("/") + 1);
  for (const path of paths) {
    while (!path.startsWith(folder)) {
      const above = folder.slice(0, -1);
      folder = above.slice(0, above.lastIndexOf("/") + 1);
    }
  }
  return folder === "/" ? "" : folder;
}
