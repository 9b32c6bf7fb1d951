#include "CDemo.h"

static const unsigned char week[] = {
#embed "week.json"
};
static const unsigned char about[] = {
#embed "../../Tests/Fixtures/stories/two-hosts/govc-about.json"
};
static const unsigned char cluster[] = {
#embed "../../Tests/Fixtures/stories/two-hosts/govc-collect-cluster.json"
};
static const unsigned char hosts[] = {
#embed "../../Tests/Fixtures/stories/two-hosts/govc-collect-hosts.json"
};
static const unsigned char vms[] = {
#embed "../../Tests/Fixtures/stories/two-hosts/govc-collect-vms.json"
};
static const unsigned char events[] = {
#embed "../../Tests/Fixtures/stories/two-hosts/govc-events.xml"
};

static const cdemo_file story[] = {
    {"govc-about.json", about, sizeof about},
    {"govc-collect-cluster.json", cluster, sizeof cluster},
    {"govc-collect-hosts.json", hosts, sizeof hosts},
    {"govc-collect-vms.json", vms, sizeof vms},
    {"govc-events.xml", events, sizeof events},
};

cdemo_file cdemo_week(void) { return (cdemo_file){"week.json", week, sizeof week}; }
size_t cdemo_story_count(void) { return sizeof story / sizeof *story; }
cdemo_file cdemo_story(size_t index) { return story[index]; }
