#define _XOPEN_SOURCE 700
#include "CTerminal.h"

#include <locale.h>
#include <pthread.h>
#include <wchar.h>

static locale_t utf8;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void make(void) { utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0); }

int terminal_columns(uint32_t character) {
  pthread_once(&once, make);
  if (utf8 == (locale_t)0) return 1;
  // wcwidth asks the locale of the thread, which others may have set.
  locale_t before = uselocale(utf8);
  int columns = wcwidth((wchar_t)character);
  uselocale(before);
  return columns < 0 ? 1 : columns;
}
