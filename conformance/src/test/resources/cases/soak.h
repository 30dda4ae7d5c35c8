/* What the programs of the soak have in common. A program is given words, as arguments or as lines of its input, and does each
   in turn: CARRIER/CARRIER/VERB:VALUE. It writes a line for each call just before it, NAME VALUE, and one for each return just
   after it, NAME= VALUE; these lines are the truth. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* every call is a call */
#ifdef __clang__
#define NOIPA noinline
#else
#define NOIPA noipa
#endif
#define ALONE __attribute__((NOIPA))

static void say(const char *what, long value) {
    char line[99];
    int length = snprintf(line, sizeof line, "%s %ld\n", what, value);
    if (write(1, line, (size_t)length) != length) _exit(9);
}

/* The verbs of the program; says whether there is such. */
static int carry_out(const char *verb, long value);

static void do_word(char *word);

static void *in_thread(void *word) {
    do_word((char *)word);
    return NULL;
}

static void run_itself(char *word) {
    char program[] = "/proc/self/exe";
    char name[] = "again";
    char *arguments[] = {name, word, NULL};
    execv(program, arguments);
    _exit(8);
}

static int is_carrier(const char *word, size_t length, const char *carrier) {
    return strlen(carrier) == length && !strncmp(word, carrier, length);
}

static void wait_for(pid_t child) {
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child || status != 0) {
        say("died", status);
        _exit(7);
    }
}

static void do_word(char *word) {
    char *rest = strchr(word, '/');
    if (!rest) {
        char *value = strchr(word, ':');
        char verb[40];
        snprintf(verb, sizeof verb, "%.*s", value ? (int)(value - word) : 39, word);
        if (!carry_out(verb, value ? atol(value + 1) : 0)) _exit(6);
        return;
    }
    size_t length = (size_t)(rest++ - word);
    if (is_carrier(word, length, "thread")) {
        pthread_t thread;
        pthread_create(&thread, NULL, in_thread, rest);
        pthread_join(thread, NULL);
    } else if (is_carrier(word, length, "fork")) {
        pid_t child = fork();
        if (child == 0) {
            do_word(rest);
            _exit(0);
        }
        wait_for(child);
    } else if (is_carrier(word, length, "exec")) {
        pid_t child = fork();
        if (child == 0) run_itself(rest);
        wait_for(child);
    } else if (is_carrier(word, length, "vfork")) {
        pid_t child = vfork();
        if (child == 0) run_itself(rest);
        wait_for(child);
    } else {
        _exit(5);
    }
}

int main(int count, char **words) {
    char line[4096], *rest, *word;
    for (int i = 1; i < count; i++) do_word(words[i]);
    if (count > 1) return 0;
    say("ready", 0);
    while (fgets(line, sizeof line, stdin)) {
        for (rest = line; (word = strtok_r(rest, " \r\n", &rest));) do_word(word);
        say("did", 0);
    }
    return 0;
}
