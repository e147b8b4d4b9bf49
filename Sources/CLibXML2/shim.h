#ifndef NCTSBRIDGE_CLIBXML2_SHIM_H
#define NCTSBRIDGE_CLIBXML2_SHIM_H

/* Debian builds libxml2 with ICU, whose headers clash with Foundation's own copy of them. */
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/SAX2.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlschemas.h>
#include <libxml/xmlschemastypes.h>

/* xmlFree is a variable that holds a function: Swift 6 takes it for unsafe global state. */
static inline void nctsbridge_xml_free(void *pointer) { xmlFree(pointer); }

#endif
