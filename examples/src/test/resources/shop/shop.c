/*
 * A shop that sells apples: a small service to be watched from outside.
 *
 * Clients speak lines over TCP, port 8080; each line has one line for an answer:
 *
 *   ORDER <id> <customer> <quantity> [gift]   PLACED <id> | REJECTED <id> <reason>
 *   WAIT                                      DONE, once all gifts are wrapped
 *   NOTE <text>                               NOTED, once the text is in the log
 *   QUIT                                      BYE
 *
 * The log on stdout has a line for every function entered and every mark passed, and is written before the answer:
 *
 *   1:7 CALL reserve_stock 42 "apple" 3       pid:thread, then what happened, with the arguments
 *   1:7 RETURN reserve_stock 42 97
 *   1:7 MARK order__placed 42 "ann"
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sdt.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* A function that stays one: neither inlined, nor cloned, nor specialised for its callers. */
#define STAYS __attribute__((noipa))

enum { PORT = 8080, STOCK = 1000, MOST_AT_ONCE = 100, WORTH_AN_AUDIT = 50, CENTS_EACH = 25 };
enum { BAD_QUANTITY = -1, UNKNOWN_CUSTOMER = -2, SOLD_OUT = -3 };

static const char *const customers[] = {"ann", "bob", "chloé"};

static atomic_int stock = STOCK;
static atomic_int *gifts_in_work; /* shared with the workers */

/* One write a line: lines of several threads and processes do not mix. */
__attribute__((format(printf, 1, 2))) static void say(const char *format, ...) {
    char line[512];
    int length = snprintf(line, sizeof line, "%d:%d ", getpid(), gettid());
    va_list arguments;
    va_start(arguments, format);
    length += vsnprintf(line + length, sizeof line - length - 1, format, arguments);
    va_end(arguments);
    if (length > (int)sizeof line - 2) length = sizeof line - 2;
    line[length++] = '\n';
    if (write(STDOUT_FILENO, line, length) != length) _exit(1);
}

/* Takes apples from the shelf. Returns how many are left there, or SOLD_OUT. */
STAYS int reserve_stock(int order, const char *sku, int quantity) {
    say("CALL reserve_stock %d \"%s\" %d", order, sku, quantity);
    int left = atomic_load(&stock);
    do {
        if (left < quantity) {
            say("RETURN reserve_stock %d %d", order, SOLD_OUT);
            return SOLD_OUT;
        }
    } while (!atomic_compare_exchange_weak(&stock, &left, left - quantity));
    say("RETURN reserve_stock %d %d", order, left - quantity);
    return left - quantity;
}

STAYS void charge(int order, const char *customer, long cents) {
    say("CALL charge %d \"%s\" %ld", order, customer, cents);
}

/* The slow path: only orders of an unusual size go this way. */
STAYS static void audit(int order) {
    say("CALL audit %d", order);
    usleep(5000);
}

STAYS int gift_wrap(int order, int quantity) {
    say("CALL gift_wrap %d %d", order, quantity);
    usleep(50000);
    int boxes = (quantity + 5) / 6;
    say("RETURN gift_wrap %d %d", order, boxes);
    return boxes;
}

/* Wraps in a process of its own, which outlives the answer to the client. */
static void start_gift_wrapping(int order, int quantity) {
    atomic_fetch_add(gifts_in_work, 1);
    pid_t worker = fork();
    if (worker < 0) {
        perror("fork");
        exit(1);
    }
    if (worker == 0) {
        int boxes = gift_wrap(order, quantity);
        DTRACE_PROBE2(shop, worker__done, order, boxes);
        say("MARK worker__done %d %d", order, boxes);
        atomic_fetch_sub(gifts_in_work, 1);
        _exit(0);
    }
}

static int known(const char *customer) {
    for (size_t i = 0; i < sizeof customers / sizeof *customers; i++) {
        if (strcmp(customer, customers[i]) == 0) return 1;
    }
    return 0;
}

static void reject(int order, short reason, char *answer, size_t size) {
    DTRACE_PROBE2(shop, order__rejected, order, reason);
    say("MARK order__rejected %d %d", order, reason);
    snprintf(answer, size, "REJECTED %d %d\n", order, reason);
}

STAYS void take_order(int order, const char *customer, int quantity, int gift, char *answer, size_t size) {
    say("CALL take_order %d \"%s\" %d %d", order, customer, quantity, gift);
    if (quantity <= 0 || quantity > MOST_AT_ONCE) {
        reject(order, BAD_QUANTITY, answer, size);
        return;
    }
    if (!known(customer)) {
        reject(order, UNKNOWN_CUSTOMER, answer, size);
        return;
    }
    if (quantity > WORTH_AN_AUDIT) audit(order);
    if (reserve_stock(order, "apple", quantity) < 0) {
        reject(order, SOLD_OUT, answer, size);
        return;
    }
    charge(order, customer, (long)quantity * CENTS_EACH);
    if (gift) start_gift_wrapping(order, quantity);
    DTRACE_PROBE2(shop, order__placed, order, customer);
    say("MARK order__placed %d \"%s\"", order, customer);
    snprintf(answer, size, "PLACED %d\n", order);
}

/* Answers one line. Returns 0 when the client has left. */
static int serve(const char *line, char *answer, size_t size) {
    int order, quantity, length = 0;
    char customer[64], extra[8] = "";
    if (sscanf(line, "ORDER %d %63s %d %7s", &order, customer, &quantity, extra) >= 3) {
        take_order(order, customer, quantity, strcmp(extra, "gift") == 0, answer, size);
    } else if (strcmp(line, "WAIT") == 0) {
        while (atomic_load(gifts_in_work) > 0) usleep(1000);
        snprintf(answer, size, "DONE\n");
    } else if (sscanf(line, "NOTE %n", &length) == 0 && length > 0) {
        say("NOTE %s", line + length);
        snprintf(answer, size, "NOTED\n");
    } else if (strcmp(line, "QUIT") == 0) {
        snprintf(answer, size, "BYE\n");
        return 0;
    } else {
        snprintf(answer, size, "WHAT?\n");
    }
    return 1;
}

static void *converse(void *connection) {
    FILE *client = connection;
    char line[256], answer[256];
    int going_on = 1;
    while (going_on && fgets(line, sizeof line, client)) {
        line[strcspn(line, "\r\n")] = '\0';
        going_on = serve(line, answer, sizeof answer);
        if (write(fileno(client), answer, strlen(answer)) < 0) break;
    }
    fclose(client);
    return NULL;
}

static void stop(int signal) {
    (void)signal;
    _exit(0);
}

int main(void) {
    signal(SIGTERM, stop);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGCHLD, SIG_IGN); /* workers leave no zombies */
    gifts_in_work = mmap(NULL, sizeof *gifts_in_work, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    int listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(PORT)};
    if (gifts_in_work == MAP_FAILED || listener < 0
        || setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int)) < 0
        || bind(listener, (struct sockaddr *)&address, sizeof address) < 0 || listen(listener, 16) < 0) {
        perror("shop");
        return 1;
    }
    say("OPEN %d", PORT);
    for (;;) {
        int accepted = accept(listener, NULL, NULL);
        if (accepted < 0) continue;
        FILE *client = fdopen(accepted, "r");
        pthread_t thread;
        if (!client || pthread_create(&thread, NULL, converse, client) != 0) {
            perror("shop");
            return 1;
        }
        pthread_detach(thread);
    }
}
