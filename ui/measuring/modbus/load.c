/* A cheap Modbus load: many connections, each with some requests outstanding, all asking for the same registers.
 *
 *     load PORT CONNECTIONS OUTSTANDING SECONDS
 *
 * It asks unit 1 for 100 holding registers from 0 (function 3), checks that every reply is whole, bears the right
 * transaction and is no exception, and prints how many came, in how long, and the 99th percentile of the time each took.
 */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { REQUEST = 12, REPLY = 209, DEEPEST = 64, BUCKETS = 100000 /* of 10 us */ };

struct connection {
    int fd;
    uint16_t asked, answered;
    double since[DEEPEST];
    size_t held;
    uint8_t in[REPLY * DEEPEST];
};

static long histogram[BUCKETS];

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void fail(const char *why) {
    fprintf(stderr, "load: %s\n", why);
    exit(1);
}

static void ask(struct connection *c, int count) {
    uint8_t out[REQUEST * DEEPEST];
    double t = now();
    for (int i = 0; i < count; i++) {
        uint8_t frame[REQUEST] = {(uint8_t)(c->asked >> 8), (uint8_t)c->asked, 0, 0, 0, 6, 1, 3, 0, 0, 0, 100};
        memcpy(out + i * REQUEST, frame, REQUEST);
        c->since[c->asked++ % DEEPEST] = t;
    }
    if (send(c->fd, out, (size_t)(count * REQUEST), 0) != count * REQUEST)
        fail("the server does not take requests");
}

static int take(struct connection *c) {
    ssize_t came = recv(c->fd, c->in + c->held, sizeof c->in - c->held, 0);
    if (came <= 0)
        fail("the server closed a connection");
    c->held += (size_t)came;
    int whole = 0;
    double t = now();
    for (; c->held >= (size_t)(whole + 1) * REPLY; whole++) {
        const uint8_t *reply = c->in + whole * REPLY;
        if (reply[0] != c->answered >> 8 || reply[1] != (c->answered & 255) || reply[7] != 3 || reply[8] != 200)
            fail("a reply is not the one that was asked for");
        int bucket = (int)(1e5 * (t - c->since[c->answered++ % DEEPEST]));
        histogram[bucket < BUCKETS ? bucket : BUCKETS - 1]++;
    }
    c->held -= (size_t)whole * REPLY;
    memmove(c->in, c->in + whole * REPLY, c->held);
    return whole;
}

static double percentile(long total, double share) {
    long seen = 0;
    for (int i = 0; i < BUCKETS; i++)
        if ((double)(seen += histogram[i]) >= share * (double)total)
            return 0.01 * (i + 1);
    return 0.01 * BUCKETS;
}

int main(int argc, char **argv) {
    if (argc != 5)
        fail("PORT CONNECTIONS OUTSTANDING SECONDS");
    int n = atoi(argv[2]), deep = atoi(argv[3]), queue = epoll_create1(0), yes = 1;
    if (deep < 1 || deep > DEEPEST)
        fail("OUTSTANDING must be 1 to 64");
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(argv[1]))};
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    struct connection *all = calloc((size_t)n, sizeof *all);
    for (int i = 0; i < n; i++) {
        all[i].fd = socket(AF_INET, SOCK_STREAM, 0);
        if (connect(all[i].fd, (struct sockaddr *)&at, sizeof at))
            fail("cannot connect");
        setsockopt(all[i].fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = &all[i]};
        epoll_ctl(queue, EPOLL_CTL_ADD, all[i].fd, &event);
        ask(&all[i], deep);
    }
    long total = 0;
    double began = now(), seconds = atof(argv[4]);
    while (now() - began < seconds) {
        struct epoll_event events[64];
        int ready = epoll_wait(queue, events, 64, 10000);
        if (ready <= 0)
            fail("the server has fallen silent");
        for (int i = 0; i < ready; i++) {
            struct connection *c = events[i].data.ptr;
            int whole = take(c);
            total += whole;
            if (whole)
                ask(c, whole);
        }
    }
    printf("{\"requests\": %ld, \"seconds\": %.6f, \"p99_ms\": %.2f}\n", total, now() - began, percentile(total, 0.99));
    return 0;
}
