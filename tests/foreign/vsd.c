/* A variable speed drive with a wellhead RTU, as some other maker would build it: a Modbus TCP server on
 * libmodbus that shares no code, no register map and no word order with Gemelo.
 *
 *     vsd PORT [RAMP]     PORT 0 takes a free one; RAMP in Hz/s, 2 by default
 *     vsd LINE [RAMP]     on a serial line, such as /dev/ttyUSB0: Modbus RTU, unit 1, 19200 baud, even parity
 *
 * It prints "listening on 127.0.0.1:PORT" (or LINE), serves several masters at once, and ends cleanly on SIGTERM.
 *
 * What makes it foreign: everything lies in holding registers from 1000 on, written by functions 6 and 16
 * only; 32-bit values come low word first (CDAB) and must be written whole; start, stop and reset are bits
 * of one command word that clears itself; states count from 1 and faults from 64; and it speaks psi(g),
 * degF, bbl/d, mA and tenths of a hertz.
 */
#include <errno.h>
#include <math.h>
#include <modbus.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum map {
    FIRST = 1000,
    COMMAND = FIRST,       /* bit 0 start, 1 stop, 2 reset; acts once and clears itself */
    REFERENCE = 1001,      /* 0.1 Hz, 30.0 ... 60.0 */
    CHOKE_REFERENCE = 1002, /* float, fraction */
    STATUS = 1010,         /* bit 0 ready, 1 running, 2 at reference, 3 tripped */
    STATE = 1011,          /* enum state */
    FAULT = 1012,          /* enum fault */
    FREQUENCY = 1013,      /* 0.1 Hz */
    CURRENT = 1014,        /* int32, mA */
    VOLTAGE = 1016,        /* V */
    MOTOR_TEMPERATURE = 1017, /* 0.1 degF, as the next two */
    INTAKE_TEMPERATURE = 1018,
    WELLHEAD_TEMPERATURE = 1019,
    INTAKE_PRESSURE = 1020, /* float, psi(g), as the next three */
    DISCHARGE_PRESSURE = 1022,
    WELLHEAD_PRESSURE = 1024,
    FLOWLINE_PRESSURE = 1026,
    FLOW = 1028,           /* float, bbl/d */
    CHOKE = 1030,          /* float, fraction */
    TEST_LOAD = 1032,      /* %, not in the manual: the test stand's brake; 100 is the normal well */
    COUNT = TEST_LOAD + 1 - FIRST
};
enum command { START = 1, STOP = 2, RESET = 4 };
enum state { STOPPED = 1, STARTING, RUNNING, TRIPPED }; /* a check valve holds the column: no backspin */
enum fault { NO_FAULT = 64, UNDERLOAD, OVERLOAD };

/* The well behind the drive: rated at 50 Hz, dead below the speed whose head no longer lifts the column. */
static const double RATED_HZ = 50, RATED_A = 38, RATED_V = 1200, RATED_BPD = 900, LIFTING_RATIO = 0.5;
static const double RESERVOIR_PSIG = 1250, PRODUCTIVITY = 1.25 /* bbl/d/psi */, HEADER_PSIG = 150;
static const double SHUT_OFF_PSI = 2300, BEND_PSI = 400, TREE_LIMIT_PSIG = 1500;
static const double RESERVOIR_DEGF = 194, AMBIENT_DEGF = 80;
static const double UNDER_TORQUE = 0.4, OVER_TORQUE = 1.3, RELAY_DELAY_S = 1, CHOKE_SLEW = 0.2 /* 1/s */;

struct drive {
    enum state state;
    enum fault fault;
    double ramp, reference, choke_reference, load; /* what it was told */
    double frequency, choke, flow, current, motor_temperature, wellhead_temperature, intake, relay; /* what it is */
};

static volatile sig_atomic_t told_to_stop = 0;

static void on_signal(int number) { told_to_stop = number; }

/* Low word first. libmodbus' own *_float_cdab changed its byte order between releases, so it is spelled out. */
static void put_word_pair(uint32_t bits, uint16_t *words) {
    words[0] = (uint16_t)bits;
    words[1] = (uint16_t)(bits >> 16);
}

static void put_float(double value, uint16_t *words) {
    float narrow = (float)value;
    uint32_t bits;
    memcpy(&bits, &narrow, sizeof bits);
    put_word_pair(bits, words);
}

static double get_float(const uint16_t *words) {
    uint32_t bits = (uint32_t)words[1] << 16 | words[0];
    float narrow;
    memcpy(&narrow, &bits, sizeof narrow);
    return narrow;
}

static double toward(double value, double target, double step) {
    return value + fmax(-step, fmin(step, target - value));
}

static double lag(double value, double target, double dt, double time_constant) {
    return target + (value - target) * exp(-dt / time_constant);
}

/* Definite-time relay on the drive's own torque estimate: current alone would be low at every low speed. */
static void protect(struct drive *d, double torque, double dt) {
    bool wrong = torque < UNDER_TORQUE || torque > OVER_TORQUE;
    d->relay = wrong ? d->relay + dt : 0;
    if (d->relay < RELAY_DELAY_S) return;
    d->fault = torque < UNDER_TORQUE ? UNDERLOAD : OVERLOAD;
    d->state = TRIPPED;
    d->frequency = d->relay = 0; /* the output is cut; nothing ramps */
}

static void step(struct drive *d, double dt) {
    bool turns = d->state == STARTING || d->state == RUNNING;
    d->frequency = toward(d->frequency, turns ? d->reference : 0, d->ramp * dt);
    if (d->state == STARTING && d->frequency == d->reference) d->state = RUNNING;
    d->choke = toward(d->choke, d->choke_reference, CHOKE_SLEW * dt);

    double ratio = d->frequency / RATED_HZ;
    double lifted = fmax(0, (ratio - LIFTING_RATIO) / (1 - LIFTING_RATIO)) * fmin(1, d->load);
    d->flow = lag(d->flow, RATED_BPD * lifted * 2 * d->choke / (1 + d->choke), dt, 1.0);
    d->intake = lag(d->intake, RESERVOIR_PSIG - d->flow / PRODUCTIVITY, dt, 2.0);
    double torque = d->load * (0.6 + 0.4 * d->flow / RATED_BPD);
    double share = d->frequency > 0 ? 0.35 + 0.65 * ratio * ratio * torque : 0; /* magnetising and load */
    d->current = lag(d->current, RATED_A * share, dt, 0.3);
    double heat = pow(d->current / RATED_A, 2); /* minutes in a real motor, seconds here: tests watch it */
    d->motor_temperature = lag(d->motor_temperature, RESERVOIR_DEGF + 45 * heat, dt, 5.0);
    d->wellhead_temperature = lag(d->wellhead_temperature, AMBIENT_DEGF + 65 * d->flow / RATED_BPD, dt, 5.0);
    if (turns) protect(d, torque, dt);
}

static void show(const struct drive *d, uint16_t *r) {
    double ratio = d->frequency / RATED_HZ, rate = d->flow / RATED_BPD;
    double header = HEADER_PSIG + 30 * rate;
    double lift = fmax(0, SHUT_OFF_PSI * ratio * ratio - BEND_PSI * rate * rate);
    bool running = d->state == RUNNING, tripped = d->state == TRIPPED, there = running && d->frequency == d->reference;
    r[STATUS - FIRST] = (uint16_t)((tripped ? 8 : 1) | running << 1 | there << 2);
    r[STATE - FIRST] = (uint16_t)d->state;
    r[FAULT - FIRST] = (uint16_t)d->fault;
    r[FREQUENCY - FIRST] = (uint16_t)lround(d->frequency * 10);
    put_word_pair((uint32_t)lround(d->current * 1000), r + CURRENT - FIRST);
    r[VOLTAGE - FIRST] = (uint16_t)lround(RATED_V * ratio);
    r[MOTOR_TEMPERATURE - FIRST] = (uint16_t)lround(d->motor_temperature * 10);
    r[INTAKE_TEMPERATURE - FIRST] = (uint16_t)lround(RESERVOIR_DEGF * 10);
    r[WELLHEAD_TEMPERATURE - FIRST] = (uint16_t)lround(d->wellhead_temperature * 10);
    put_float(d->intake, r + INTAKE_PRESSURE - FIRST);
    put_float(d->intake + lift, r + DISCHARGE_PRESSURE - FIRST);
    double tree = header + 120 * pow(rate / fmax(d->choke, 0.02), 2);
    put_float(fmin(tree, TREE_LIMIT_PSIG), r + WELLHEAD_PRESSURE - FIRST);
    put_float(header, r + FLOWLINE_PRESSURE - FIRST);
    put_float(d->flow, r + FLOW - FIRST);
    put_float(d->choke, r + CHOKE - FIRST);
}

static int command(struct drive *d, unsigned bits, bool act) {
    if (bits > RESET || (bits & (bits - 1))) return MODBUS_EXCEPTION_ILLEGAL_DATA_VALUE; /* one at a time */
    if (bits == START && d->state == TRIPPED) return MODBUS_EXCEPTION_SLAVE_OR_SERVER_FAILURE; /* reset first */
    if (!act) return 0;
    if (bits == START && d->state == STOPPED) d->state = STARTING;
    if (bits == STOP && d->state != TRIPPED) d->state = STOPPED;
    if (bits == RESET && d->state == TRIPPED) d->state = STOPPED, d->fault = NO_FAULT;
    return 0;
}

/* One whole value at `address`: how many registers it took, or minus the exception that refuses it. */
static int take(struct drive *d, int address, int left, const uint16_t *words, bool act) {
    double value = words[0];
    switch (address) {
    case COMMAND: {
        int refusal = command(d, words[0], act);
        return refusal ? -refusal : 1;
    }
    case REFERENCE:
        if (value < 300 || value > 600) return -MODBUS_EXCEPTION_ILLEGAL_DATA_VALUE;
        if (act) d->reference = value / 10;
        return 1;
    case CHOKE_REFERENCE:
        if (left < 2) return -MODBUS_EXCEPTION_ILLEGAL_DATA_ADDRESS; /* half a float means nothing */
        value = get_float(words);
        if (!(value >= 0 && value <= 1)) return -MODBUS_EXCEPTION_ILLEGAL_DATA_VALUE; /* NaN as well */
        if (act) d->choke_reference = value;
        return 2;
    case TEST_LOAD:
        if (value > 200) return -MODBUS_EXCEPTION_ILLEGAL_DATA_VALUE;
        if (act) d->load = value / 100;
        return 1;
    default: return -MODBUS_EXCEPTION_ILLEGAL_DATA_ADDRESS; /* measured, or not there */
    }
}

/* All values of a write, or none of them: checked in a first pass, taken in a second. */
static int write_registers(struct drive *d, int address, int count, const uint16_t *words) {
    for (int act = 0; act < 2; act++)
        for (int i = 0, taken; i < count; i += taken) {
            taken = take(d, address + i, count - i, words + i, act);
            if (taken < 0) return -taken;
        }
    return 0;
}

static int judge(struct drive *d, const uint8_t *pdu, int length) {
    uint16_t words[MODBUS_MAX_WRITE_REGISTERS];
    int address = MODBUS_GET_INT16_FROM_INT8(pdu, 1) & 0xFFFF, count = 1, at = 3;
    switch (pdu[0]) {
    case MODBUS_FC_READ_HOLDING_REGISTERS: return 0; /* libmodbus checks address and count itself */
    case MODBUS_FC_WRITE_SINGLE_REGISTER: break;
    case MODBUS_FC_WRITE_MULTIPLE_REGISTERS:
        count = MODBUS_GET_INT16_FROM_INT8(pdu, 3) & 0xFFFF, at = 6;
        if (count < 1 || count > MODBUS_MAX_WRITE_REGISTERS || pdu[5] != 2 * count || length < at + 2 * count)
            return MODBUS_EXCEPTION_ILLEGAL_DATA_VALUE;
        break;
    default: return MODBUS_EXCEPTION_ILLEGAL_FUNCTION;
    }
    for (int i = 0; i < count; i++) words[i] = (uint16_t)(pdu[at + 2 * i] << 8 | pdu[at + 2 * i + 1]);
    return write_registers(d, address, count, words);
}

/* One request of the master on `socket`; false when it has gone or talks nonsense. */
static bool serve(modbus_t *bus, int socket, struct drive *d, modbus_mapping_t *map) {
    uint8_t frame[MODBUS_TCP_MAX_ADU_LENGTH];
    int header = modbus_get_header_length(bus);
    modbus_set_socket(bus, socket);
    int length = modbus_receive(bus, frame);
    if (length < header + 5) return false;
    int refusal = judge(d, frame + header, length - header);
    if (refusal) return modbus_reply_exception(bus, frame, (unsigned)refusal) != -1;
    bool answered = modbus_reply(bus, frame, length, map) != -1;
    map->tab_registers[COMMAND - FIRST] = 0; /* momentary */
    return answered;
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void run(modbus_t *bus, int listener, struct drive *d, modbus_mapping_t *map) {
    fd_set masters, ready;
    int line = listener < 0 ? modbus_get_socket(bus) : -1, highest = listener < 0 ? line : listener;
    FD_ZERO(&masters);
    FD_SET(highest, &masters);
    for (double then = now(), moment; !told_to_stop; then = moment) {
        ready = masters;
        struct timeval tick = {0, 20000};
        int found = select(highest + 1, &ready, NULL, NULL, &tick);
        moment = now();
        step(d, moment - then);
        show(d, map->tab_registers);
        for (int s = 0; found > 0 && s <= highest; s++) {
            if (!FD_ISSET(s, &ready)) continue;
            if (s == listener) {
                int master = accept(listener, NULL, NULL);
                if (master < 0 || master >= FD_SETSIZE) { if (master >= 0) close(master); continue; }
                FD_SET(master, &masters);
                if (master > highest) highest = master;
            } else if (!serve(bus, s, d, map)) {
                if (s == line) continue; /* noise: the next frame may be one */
                close(s);
                FD_CLR(s, &masters);
            }
        }
    }
    for (int s = 0; s <= highest; s++) if (FD_ISSET(s, &masters)) close(s);
}

int main(int argc, char **argv) {
    if (argc < 2 || argc > 3) return fprintf(stderr, "usage: vsd PORT|LINE [RAMP]\n"), 2;
    struct drive d = {.state = STOPPED, .fault = NO_FAULT, .ramp = argc > 2 ? atof(argv[2]) : 2, .reference = 45,
                      .choke_reference = 1, .choke = 1, .load = 1, .motor_temperature = RESERVOIR_DEGF,
                      .wellhead_temperature = AMBIENT_DEGF, .intake = RESERVOIR_PSIG};
    struct sigaction stop = {.sa_handler = on_signal};
    sigaction(SIGTERM, &stop, NULL);
    sigaction(SIGINT, &stop, NULL);

    bool serial = argv[1][0] == '/';
    modbus_t *bus = serial ? modbus_new_rtu(argv[1], 19200, 'E', 8, 1) : modbus_new_tcp("127.0.0.1", atoi(argv[1]));
    modbus_mapping_t *map = modbus_mapping_new_start_address(0, 0, 0, 0, FIRST, COUNT, 0, 0);
    int listener = bus && map && !serial ? modbus_tcp_listen(bus, 8) : -1;
    if (serial && (!bus || !map || modbus_set_slave(bus, 1) < 0 || modbus_connect(bus) < 0))
        return fprintf(stderr, "vsd: line %s: %s\n", argv[1], modbus_strerror(errno)), 1;
    struct sockaddr_in place = {0};
    socklen_t size = sizeof place;
    if (!serial && (listener < 0 || getsockname(listener, (struct sockaddr *)&place, &size) < 0))
        return fprintf(stderr, "vsd: port %s: %s\n", argv[1], modbus_strerror(errno)), 1;
    map->tab_registers[REFERENCE - FIRST] = (uint16_t)lround(d.reference * 10);
    put_float(d.choke_reference, map->tab_registers + CHOKE_REFERENCE - FIRST);
    map->tab_registers[TEST_LOAD - FIRST] = 100;
    if (serial) printf("listening on %s\n", argv[1]);
    else printf("listening on 127.0.0.1:%d\n", ntohs(place.sin_port));
    fflush(stdout);
    run(bus, listener, &d, map);
    modbus_mapping_free(map);
    modbus_free(bus);
    return 0;
}
