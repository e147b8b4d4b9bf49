/* libxml2 by itself: the floor. Parses messages that are in memory over and over, with one context, and prints microseconds of
   processor time for each.  libxml2 sax|xsd ROUNDS SCHEMA FILE... */
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlschemas.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static long events;
static void start(void *c, const xmlChar *l, const xmlChar *p, const xmlChar *u, int nn, const xmlChar **ns, int na, int nd,
                  const xmlChar **a) { events++; }
static void end(void *c, const xmlChar *l, const xmlChar *p, const xmlChar *u) { events++; }
static void characters(void *c, const xmlChar *s, int length) { events += length; }

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return t.tv_sec + t.tv_nsec * 1e-9;
}

int main(int argc, char **argv) {
    if (argc < 5) return 64;
    int validates = strcmp(argv[1], "xsd") == 0, rounds = atoi(argv[2]), count = argc - 4;
    char **texts = malloc(count * sizeof *texts);
    int *lengths = malloc(count * sizeof *lengths);
    for (int i = 0; i < count; i++) {
        FILE *f = fopen(argv[i + 4], "rb");
        if (!f) return 66;
        texts[i] = calloc(1, 1 << 20);
        lengths[i] = (int)fread(texts[i], 1, 1 << 20, f);
        fclose(f);
    }
    xmlSchemaValidCtxtPtr validation = NULL;
    if (validates) {
        xmlSchemaPtr schema = xmlSchemaParse(xmlSchemaNewParserCtxt(argv[3]));
        if (!schema) return 66;
        validation = xmlSchemaNewValidCtxt(schema);
    }
    xmlParserCtxtPtr context = xmlNewParserCtxt();
    if (!validates) {
        xmlSAXHandler handlers;
        memset(&handlers, 0, sizeof handlers);
        handlers.initialized = XML_SAX2_MAGIC;
        handlers.startElementNs = start;
        handlers.endElementNs = end;
        handlers.characters = handlers.ignorableWhitespace = handlers.cdataBlock = characters;
        *context->sax = handlers;
    }
    double begin = now();
    for (int round = 0; round < rounds; round++)
        for (int i = 0; i < count; i++) {
            if (validates) {
                xmlDocPtr document = xmlCtxtReadMemory(context, texts[i], lengths[i], NULL, NULL, XML_PARSE_NONET);
                if (!document || xmlSchemaValidateDoc(validation, document) != 0) return 1;
                xmlFreeDoc(document);
            } else {
                xmlCtxtReadMemory(context, texts[i], lengths[i], NULL, NULL, XML_PARSE_NONET);
                if (!context->wellFormed) return 1;
            }
        }
    printf("{\"microseconds\":%.4f,\"messages\":%d}\n", (now() - begin) * 1e6 / ((double)rounds * count), rounds * count);
    return 0;
}
