/** The part of npm's `macho` 1.5 that is used. */
declare module "macho" {
  /** The commands are LibraryCommands. */
  const macho: { parse(image: Buffer): { readonly cmds: readonly unknown[] } };
  export default macho;
}
