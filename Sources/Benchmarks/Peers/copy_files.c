/* Reads each file of a folder and writes as many bytes under another name, then gives it its own, and syncs as often as a
   conversion takes checkpoints: what a conversion of small files can't be faster than.  copy_files FROM TO BYTES */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int by_name(const struct dirent **a, const struct dirent **b) { return strcmp((*a)->d_name, (*b)->d_name); }

int main(int argc, char **argv) {
    if (argc != 4) return 64;
    static char text[1 << 20];
    char from[4096], part[4096], to[4096];
    int bytes = atoi(argv[3]), written = 0;
    struct dirent **names;
    int count = scandir(argv[1], &names, NULL, by_name);
    mkdir(argv[2], 0700);
    for (int i = 0; i < count; i++) {
        if (names[i]->d_name[0] == '.') continue;
        snprintf(from, sizeof from, "%s/%s", argv[1], names[i]->d_name);
        snprintf(to, sizeof to, "%s/%s", argv[2], names[i]->d_name);
        snprintf(part, sizeof part, "%s.part", to);
        int in = open(from, O_RDONLY | O_CLOEXEC);
        if (in < 0 || read(in, text, sizeof text) < 0) return 1;
        close(in);
        int out = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        if (out < 0 || write(out, text, bytes) != bytes) return 1;
        close(out);
        if (rename(part, to)) return 1;
        if (++written % 65536 == 0) sync();
    }
    return 0;
}
