/* A Modbus RTU device on libmodbus: eight holding registers at unit 1, on the serial port named. */
#include <modbus/modbus.h>
#include <stdio.h>

int main(int argc, char **argv)
{
    uint8_t query[MODBUS_RTU_MAX_ADU_LENGTH];
    if (argc != 2)
        return 2;
    modbus_t *line = modbus_new_rtu(argv[1], 115200, 'N', 8, 1);
    modbus_mapping_t *map = modbus_mapping_new(0, 0, 8, 0);
    if (line == NULL || map == NULL || modbus_set_slave(line, 1) || modbus_connect(line))
        return 1;
    map->tab_registers[0] = 4321;
    map->tab_registers[3] = 4500;
    printf("listening\n");
    fflush(stdout);
    for (;;) {
        int length = modbus_receive(line, query);
        if (length > 0)
            modbus_reply(line, query, length, map);
    }
}
