#ifndef CLIBXML2_H
#define CLIBXML2_H

// The system's XML parser, of which only the SAX2 interface is used.
#include <libxml/xmlversion.h>

// Where libxml2 was built with ICU its header brings in all of ICU's, which are not those of Foundation. Nothing that is used
// from here depends on it.
#undef LIBXML_ICU_ENABLED

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#endif
