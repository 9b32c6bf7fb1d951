#ifndef CDEMO_H
#define CDEMO_H
#include <stddef.h>

// A file that `yadokari demo` brings along.
typedef struct {
  const char *name;
  const unsigned char *bytes;
  size_t count;
} cdemo_file;

cdemo_file cdemo_week(void);          // a scenario: a week in a simulated cluster
size_t cdemo_story_count(void);       // how many files the export of the other vCenter has
cdemo_file cdemo_story(size_t index);  // one of them

#endif
