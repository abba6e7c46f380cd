/** What to do about a plugin path that is not the main package's. */
export const dropPluginPath =
  "Build the plugin without -ldflags=-pluginpath=…. If two plugins have the same path, give each its own module: go mod edit -module example.com/plugins/NAME.";
