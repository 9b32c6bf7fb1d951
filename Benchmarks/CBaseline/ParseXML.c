#include "CBaseline.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <stdio.h>
#include <string.h>

// The size of the runs in which Sources/Importers/Govc/XMLEventReader.swift hands documents to the parser.
enum { run_size = 1 << 18 };

static void start(
  void *elements, const xmlChar *name, const xmlChar *prefix, const xmlChar *namespace, int namespace_count,
  const xmlChar **namespaces, int attribute_count, int defaulted, const xmlChar **attributes) {
  (*(int64_t *)elements)++;
}
static void end(void *elements, const xmlChar *name, const xmlChar *prefix, const xmlChar *namespace) {}
static void characters(void *elements, const xmlChar *text, int count) {}

static int parse_run(const char *run, int length, int64_t *elements) {
  xmlParserCtxtPtr context = xmlCreateMemoryParserCtxt(run, length);
  if (!context) return XML_ERR_NO_MEMORY;
  *context->sax = (xmlSAXHandler){
    .initialized = XML_SAX2_MAGIC, .startElementNs = start, .endElementNs = end, .characters = characters,
    .ignorableWhitespace = characters};
  context->userData = elements;
  int code = xmlParseDocument(context) == 0 ? XML_ERR_OK : context->errNo;
  xmlFreeParserCtxt(context);
  return code;
}

// Where the last document in the buffer ends; 0 where there is none.
static size_t documents_end(const char *buffer, size_t length) {
  for (size_t at = length; at > 2; at--) {
    if (buffer[at - 3] != '\n' || buffer[at - 2] != '<' || buffer[at - 1] != '/') continue;
    const char *tag_end = memchr(buffer + at, '>', length - at);
    if (tag_end) return (size_t)(tag_end - buffer) + 1;
  }
  return 0;
}

int baseline_parse_xml(const char *path) {
  FILE *file = fopen(path, "r");
  if (!file) return -1;
  static char buffer[3 + run_size + 4];
  size_t held = 0, read = 0;
  int64_t elements = 0;
  int code = XML_ERR_OK;
  while (code == XML_ERR_OK && (read = fread(buffer + 3 + held, 1, run_size - held, file)) > 0) {
    held += read;
    size_t whole = documents_end(buffer + 3, held);
    char next[4];
    memcpy(buffer, "<r>", 3);
    memcpy(next, buffer + 3 + whole, 4);
    memcpy(buffer + 3 + whole, "</r>", 4);
    code = parse_run(buffer, (int)(3 + whole + 4), &elements);
    memcpy(buffer + 3 + whole, next, 4);
    held -= whole;
    memmove(buffer + 3, buffer + 3 + whole, held);
  }
  // A document that does not fit is none that was parsed.
  if (code == XML_ERR_OK && held == run_size) code = XML_ERR_DOCUMENT_END;
  fclose(file);
  return code;
}
