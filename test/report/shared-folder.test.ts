import { expect, it } from "vitest";
import { sharedFolder } from "../../src/report/model/shared-folder.ts";

it.each([
  [[], ""],
  [["a.so"], ""],
  [["plugins/a.so", "plugins/b.so"], "plugins/"],
  [["plugins/a.so", "plugins/more/b.so"], "plugins/"],
  [["plugins/a.so", "plugins-old/b.so"], ""],
  [["/opt/a/x.so", "/opt/b/x.so"], "/opt/"],
  [["/opt/x.so", "/srv/x.so"], ""],
  [["/opt/x.so", "x.so"], ""],
  [["x.so", "/opt/x.so"], ""],
  [["/x.so", "", "y.so"], ""],
])("the folder of %j is %j", (paths, folder) => {
  expect(sharedFolder(paths)).toBe(folder);
});
