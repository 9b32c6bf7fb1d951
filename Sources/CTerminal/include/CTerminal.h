#ifndef YADOKARI_TERMINAL_H
#define YADOKARI_TERMINAL_H

#include <stdint.h>

/// Columns that a character takes on a terminal, by the system's tables of UTF-8: 0, 1 or 2; 1 for one that it does not know.
int terminal_columns(uint32_t character);

#endif
