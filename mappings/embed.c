#include "Mappings.h"
size_t nctsbridge_mapping_file_count(void) { return 0; }
nctsbridge_mapping_file nctsbridge_mapping_file_at(size_t index) { nctsbridge_mapping_file f = {0}; return f; }
