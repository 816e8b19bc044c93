#pragma once
#include <git2.h>
#include <git2/sys/odb_backend.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

// git_libgit2_opts takes variable arguments, which Swift cannot call.

/// Turns a yes-or-no option of the library on or off.
static inline int fluxwarden_git_switch(int option, int on) { return git_libgit2_opts(option, on); }

/// Adds repository extensions to those the library agrees to open.
static inline int fluxwarden_git_allow_extensions(const char **names, size_t count) {
  return git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, names, count);
}

/// Keeps pieces of memory of at least `size` bytes apart, so that each goes back to the system when it is freed; glibc
/// does so only until the first is freed.
static inline void fluxwarden_keep_large_memory_apart(int size) {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, size);
#else
  (void)size;
#endif
}
