/*
 * Puts a manifest into a section that `plugins` finds: .otel_manifest (ELF) or __DATA,__otel_manifest (Mach-O).
 * Use one of the two macros, once, in one C file of the library or program:
 *
 *   OTEL_MANIFEST_FILE("otel_manifest.json")   the file's content; it is looked for in the folders of -I
 *   OTEL_MANIFEST_RESERVE(65536)               so many NUL bytes, which `plugins embed` overwrites after the build
 *
 * The compiler does not see that the object depends on the file: give it to make as a prerequisite.
 */
#ifndef OTEL_MANIFEST_H
#define OTEL_MANIFEST_H

#if defined(__APPLE__)
#define OTEL_MANIFEST_SECTION "__DATA,__otel_manifest,regular,no_dead_strip"
#elif defined(__has_attribute)
#if __has_attribute(retain)
/* R: --gc-sections keeps it (binutils 2.36, LLVM 13). */
#define OTEL_MANIFEST_SECTION ".otel_manifest,\"aR\",%progbits"
#endif
#endif
#ifndef OTEL_MANIFEST_SECTION
#define OTEL_MANIFEST_SECTION ".otel_manifest,\"a\",%progbits"
#endif

#define OTEL_MANIFEST_ASM(content) \
  __asm__(".pushsection " OTEL_MANIFEST_SECTION "\n\t" content "\n\t.popsection\n");
#define OTEL_MANIFEST_FILE(path) OTEL_MANIFEST_ASM(".incbin \"" path "\"")
#define OTEL_MANIFEST_RESERVE(size) OTEL_MANIFEST_ASM(".space " #size)

#endif
