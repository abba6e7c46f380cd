/**
 * Numbers of the ELF format, named as in the System V gABI (chapters 4 and 5), with GNU's additions from
 * binutils `include/elf/common.h` and glibc `elf/elf.h`.
 */

/** e_ident (gABI 4, "ELF Identification"): its first four bytes, big-endian, and the places of the others. */
export const ELFMAG = 0x7f454c46;
export const EI_CLASS = 4;
export const EI_DATA = 5;
export const EI_VERSION = 6;
export const EI_OSABI = 7;
export const EI_ABIVERSION = 8;
export const EI_PAD = 9;

/** EI_CLASS. */
export const ELFCLASS32 = 1;
export const ELFCLASS64 = 2;

/** EI_DATA: the byte order. */
export const ELFDATA2LSB = 1;
export const ELFDATA2MSB = 2;

/** EI_VERSION and e_version. */
export const EV_CURRENT = 1;

/** EI_OSABI (elf.h): none in particular, GNU's additions, FreeBSD. */
export const ELFOSABI_NONE = 0;
export const ELFOSABI_GNU = 3;
export const ELFOSABI_FREEBSD = 9;

/** e_type (gABI 4, "ELF Header"). */
export const ET_REL = 1;
export const ET_EXEC = 2;
export const ET_DYN = 3;
export const ET_CORE = 4;

/** e_machine, for the machines whose encoding differs from the common one. */
export const EM_SPARC = 2;
export const EM_386 = 3;
export const EM_68K = 4;
export const EM_MIPS = 8;
export const EM_PPC = 20;
export const EM_PPC64 = 21;
export const EM_S390 = 22;
export const EM_ARM = 40;
export const EM_SPARCV9 = 43;
export const EM_X86_64 = 62;
export const EM_AARCH64 = 183;
export const EM_RISCV = 243;
export const EM_BPF = 247;
export const EM_LOONGARCH = 258;
export const EM_ALPHA = 0x9026;

/** Counts that do not fit the header (gABI 4, "ELF Header": e_phnum, e_shnum, e_shstrndx). */
export const PN_XNUM = 0xffff;
export const SHN_XINDEX = 0xffff;

/** Special section indices (gABI 4, "Sections"). */
export const SHN_UNDEF = 0;
export const SHN_LORESERVE = 0xff00;
export const SHN_ABS = 0xfff1;

/** sh_type. */
export const SHT_NULL = 0;
export const SHT_PROGBITS = 1;
export const SHT_SYMTAB = 2;
export const SHT_STRTAB = 3;
export const SHT_NOTE = 7;
export const SHT_NOBITS = 8;
export const SHT_DYNSYM = 11;
export const SHT_SYMTAB_SHNDX = 18;

/** sh_flags. */
export const SHF_ALLOC = 0x2n;
export const SHF_COMPRESSED = 0x800n;

/** ch_type (gABI 4, "Section Compression"). */
export const ELFCOMPRESS_ZLIB = 1;
export const ELFCOMPRESS_ZSTD = 2;

/** p_type. */
export const PT_LOAD = 1;
export const PT_DYNAMIC = 2;
export const PT_INTERP = 3;
export const PT_NOTE = 4;
export const PT_TLS = 7;
export const PT_GNU_STACK = 0x6474e551;
/** Memory that is made read-only after relocation. */
export const PT_GNU_RELRO = 0x6474e552;

/** p_flags. */
export const PF_X = 1;
export const PF_W = 2;
export const PF_R = 4;

/** d_tag (gABI 5, "Dynamic Section"; elf.h for the GNU and Sun ranges). */
export const DT_NULL = 0n;
export const DT_NEEDED = 1n;
export const DT_PLTRELSZ = 2n;
export const DT_HASH = 4n;
export const DT_STRTAB = 5n;
export const DT_SYMTAB = 6n;
export const DT_RELA = 7n;
export const DT_RELASZ = 8n;
export const DT_RELAENT = 9n;
export const DT_STRSZ = 10n;
export const DT_SYMENT = 11n;
export const DT_INIT = 12n;
export const DT_SONAME = 14n;
export const DT_RPATH = 15n;
export const DT_SYMBOLIC = 16n;
export const DT_REL = 17n;
export const DT_RELSZ = 18n;
export const DT_RELENT = 19n;
export const DT_PLTREL = 20n;
export const DT_DEBUG = 21n;
/** All segments are written to; DF_TEXTREL of DT_FLAGS says the same (elf.h). */
export const DT_TEXTREL = 22n;
export const DT_JMPREL = 23n;
export const DT_BIND_NOW = 24n;
export const DT_INIT_ARRAY = 25n;
export const DT_INIT_ARRAYSZ = 27n;
export const DT_RUNPATH = 29n;
export const DT_FLAGS = 30n;
export const DT_RELRSZ = 35n;
export const DT_RELR = 36n;
export const DT_RELRENT = 37n;
/** Bionic's packed relocation tables (bionic/libc/include/elf.h). */
export const DT_ANDROID_REL = 0x6000000fn;
export const DT_ANDROID_RELA = 0x60000011n;
export const DT_ANDROID_RELR = 0x6fffe000n;
/** Signed pointers (PAuth ABI extension to ELF for AArch64). */
export const DT_AARCH64_AUTH_RELR = 0x70000012n;
export const DT_GNU_HASH = 0x6ffffef5n;
export const DT_VERSYM = 0x6ffffff0n;
/** How many entries of DT_RELA are relative, at its start (elf.h). */
export const DT_RELACOUNT = 0x6ffffff9n;
export const DT_FLAGS_1 = 0x6ffffffbn;
export const DT_VERDEF = 0x6ffffffcn;
export const DT_VERDEFNUM = 0x6ffffffdn;
export const DT_VERNEED = 0x6ffffffen;
export const DT_VERNEEDNUM = 0x6fffffffn;
/** Other libraries that are asked before this one (elf.h). */
export const DT_AUXILIARY = 0x7ffffffdn;
export const DT_FILTER = 0x7fffffffn;

/** DT_FLAGS. */
export const DF_SYMBOLIC = 2n;
export const DF_TEXTREL = 4n;
export const DF_BIND_NOW = 8n;

/** DT_FLAGS_1 (elf.h): every symbol is bound when the file is loaded, as DF_BIND_NOW and DT_BIND_NOW say too. */
export const DF_1_NOW = 1n;
/** DT_FLAGS_1 (elf.h): it must not be opened by dlopen. */
export const DF_1_NOOPEN = 0x40n;
/** DT_FLAGS_1 (elf.h): the default folders are not searched for what it needs. */
export const DF_1_NODEFLIB = 0x800n;
/** DT_FLAGS_1: a position-independent executable (binutils 2.26 on, lld, Go's own linker since 1.19). */
export const DF_1_PIE = 0x08000000n;

/** The binding of a symbol that no other file sees (gABI 4, "Symbol Table"). */
export const STB_LOCAL = 0;

/** vn_version, and vd_flags and vna_flags, of symbol versions (elf.h). */
export const VER_NEED_CURRENT = 1;
export const VER_FLG_BASE = 1;
/** A loader forgives that the version is missing. */
export const VER_FLG_WEAK = 2;

/** The bit of an entry of DT_VERSYM, and of vna_other, beside the version's index (elf.h: VERSYM_HIDDEN). */
export const VERSYM_HIDDEN = 0x8000;

/** n_type of a note of "GNU" (elf.h): the system it is for, the build id, and .note.gnu.property. */
export const NT_GNU_ABI_TAG = 1;
export const NT_GNU_BUILD_ID = 3;
export const NT_GNU_PROPERTY_TYPE_0 = 5;

/** pr_type in NT_GNU_PROPERTY_TYPE_0: the levels of x86-64 that the file needs (x86-64 psABI, "x86 properties"; elf.h). */
export const GNU_PROPERTY_X86_ISA_1_NEEDED = 0xc0008002;

/** The first word of NT_GNU_ABI_TAG as triples spell it (elf.h, ELF_NOTE_OS_*). */
export const ELF_NOTE_OS = ["linux", "hurd", "solaris", "freebsd", "netbsd"] as const;

/** n_type of a note of "FDO": .note.package (UAPI Group, "Package Metadata for Executable Files"). */
export const NT_FDO_PACKAGING_METADATA = 0xcafe1a7e;

/** Relocation types beyond those that a machine's table has (AArch64 and x86-64 psABI). */
export const R_AARCH64_NULL = 256;
export const R_X86_64_RELATIVE64 = 38;
