#pragma once
#include <git2.h>
#include <git2/sys/odb_backend.h>

// git_libgit2_opts takes variable arguments, which Swift cannot call.

/// Turns a yes-or-no option of the library on or off.
static inline int fluxwarden_git_switch(int option, int on) { return git_libgit2_opts(option, on); }

/// Adds repository extensions to those the library agrees to open.
static inline int fluxwarden_git_allow_extensions(const char **names, size_t count) {
  return git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, names, count);
}
