#ifndef NCTSBRIDGE_CARCHIVE_SHIM_H
#define NCTSBRIDGE_CARCHIVE_SHIM_H

#include <archive.h>
#include <archive_entry.h>

/* A macro with a cast, which Swift does not see. */
static inline int nctsbridge_is_regular(struct archive_entry *entry) { return archive_entry_filetype(entry) == AE_IFREG; }
static inline int nctsbridge_is_folder(struct archive_entry *entry) { return archive_entry_filetype(entry) == AE_IFDIR; }
static inline void nctsbridge_make_regular(struct archive_entry *entry) { archive_entry_set_filetype(entry, AE_IFREG); }

#endif
