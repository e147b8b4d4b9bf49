#ifndef NCTSBRIDGE_MAPPINGS_H
#define NCTSBRIDGE_MAPPINGS_H

#include <stddef.h>

/* A file of this folder, as it was when the toolkit was built. */
typedef struct {
    const char *name; /* below mappings/, as "rules/CD037A.yaml" */
    const unsigned char *bytes;
    size_t count;
} nctsbridge_mapping_file;

size_t nctsbridge_mapping_file_count(void);
nctsbridge_mapping_file nctsbridge_mapping_file_at(size_t index);

#endif
