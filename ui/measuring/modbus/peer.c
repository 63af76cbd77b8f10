/* The peer: a Modbus TCP server as libmodbus' own examples write one, of 125 holding registers and many masters.
 *
 *     peer
 *
 * It prints its port and serves until it is ended.
 */
#include <errno.h>
#include <modbus.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void) {
    struct sockaddr_in at = {.sin_family = AF_INET};
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof at;
    modbus_t *bus = modbus_new_tcp("127.0.0.1", 1502); /* the port is that of the socket below */
    modbus_mapping_t *map = modbus_mapping_new(0, 0, 125, 0);
    int listening = socket(AF_INET, SOCK_STREAM, 0);
    if (!bus || !map || bind(listening, (struct sockaddr *)&at, size) || listen(listening, 64)
        || getsockname(listening, (struct sockaddr *)&at, &size)) {
        perror("peer");
        return 1;
    }
    for (int i = 0; i < 125; i++)
        map->tab_registers[i] = (uint16_t)i;
    printf("%d\n", ntohs(at.sin_port));
    fflush(stdout);
    fd_set open, ready;
    FD_ZERO(&open);
    FD_SET(listening, &open);
    for (int most = listening;;) {
        ready = open;
        if (select(most + 1, &ready, NULL, NULL, NULL) < 0)
            return errno != EINTR;
        for (int fd = 0; fd <= most; fd++) {
            uint8_t query[MODBUS_TCP_MAX_ADU_LENGTH];
            if (!FD_ISSET(fd, &ready))
                continue;
            if (fd == listening) {
                int master = accept(listening, NULL, NULL);
                if (master >= 0 && master < FD_SETSIZE) {
                    FD_SET(master, &open);
                    most = master > most ? master : most;
                }
                continue;
            }
            modbus_set_socket(bus, fd);
            int length = modbus_receive(bus, query);
            if (length > 0)
                modbus_reply(bus, query, length, map);
            else if (length < 0) {
                close(fd);
                FD_CLR(fd, &open);
            }
        }
    }
}
