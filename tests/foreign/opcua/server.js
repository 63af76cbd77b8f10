// A foreign OPC UA server on node-opcua: one well of another maker, at the port of its first argument.
// Its intake pressure ramps; it takes frequency references of 30 … 60 Hz and starts only while it stands still.
const { OPCUAServer } = require("node-opcua-server");
const { DataType, StatusCodes, Variant } = require("node-opcua-client");

const WELL = "Well.CACB27A-P1";
const PERIOD = 100; // ms
const SIGNALS = {
  Frequency: [DataType.Double, 43.21], Current: [DataType.Float, 31.5], Voltage: [DataType.Double, 1900],
  IntakePressure: [DataType.Double, 3.5], DischargePressure: [DataType.Double, 15], MotorTemperature: [DataType.Double, 90],
  IntakeTemperature: [DataType.Double, 70], WellheadPressure: [DataType.Double, 2], WellheadTemperature: [DataType.Double, 60],
  FlowlinePressure: [DataType.Double, 1.2], Choke: [DataType.Double, 50], Flow: [DataType.Double, 100],
  RunState: [DataType.Int16, 2], TripCode: [DataType.Byte, 0], FrequencyReference: [DataType.Float, 45],
  ChokeReference: [DataType.Double, 50], Start: [DataType.Boolean, false], Stop: [DataType.Boolean, false],
  Reset: [DataType.Boolean, false],
};
const CHECKS = {
  FrequencyReference: (value) => (value >= 30 && value <= 60 ? StatusCodes.Good : StatusCodes.BadOutOfRange),
  Start: () => StatusCodes.BadInvalidState,
};

async function main(port) {
  const server = new OPCUAServer({ port, hostname: "127.0.0.1", resourcePath: "/nexus/pf" });
  await server.initialize();
  const space = server.engine.addressSpace;
  const namespace = space.registerNamespace("urn:another:maker");
  const folder = namespace.addFolder(space.rootFolder.objects, { browseName: WELL });
  const shown = Object.entries(SIGNALS).map(([name, [dataType, value]]) => {
    const held = { value };
    const variable = namespace.addVariable({
      componentOf: folder, browseName: name, nodeId: `s=${WELL}.${name}`, dataType, minimumSamplingInterval: PERIOD,
      accessLevel: "CurrentRead | CurrentWrite", userAccessLevel: "CurrentRead | CurrentWrite",
    });
    const show = () => variable.setValueFromSource({ dataType, value: held.value }, StatusCodes.Good, new Date());
    variable.bindVariable({
      get: () => new Variant({ dataType, value: held.value }),
      set: (variant) => {
        const status = (CHECKS[name] || (() => StatusCodes.Good))(variant.value);
        if (status === StatusCodes.Good) held.value = variant.value;
        return status;
      },
    }, true);
    return { name, held, show };
  });
  setInterval(() => {
    for (const one of shown) {
      if (one.name === "IntakePressure") one.held.value += 0.001;
      one.show();
    }
  }, PERIOD);
  await server.start();
  console.log(`listening on ${port}`);
  process.on("SIGTERM", () => server.shutdown(0).then(() => process.exit(0)));
}

main(Number(process.argv[2])).catch((error) => {
  console.error(error.message);
  process.exit(1);
});
