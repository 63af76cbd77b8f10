// A foreign OPC UA client on node-opcua: does the steps of its second argument (JSON) at the endpoint of its
// first, and prints what came of each as JSON. A step is {do: "browse" | "read" | "write" | "watch", node, …}.
const {
  AttributeIds, ClientSubscription, DataChangeFilter, DataChangeTrigger, DeadbandType, MessageSecurityMode, OPCUAClient,
  SecurityPolicy, TimestampsToReturn,
} = require("node-opcua-client");

const said = (value) => ({ value: value.value.value, status: value.statusCode.name, time: value.sourceTimestamp });

const STEPS = {
  async browse(session, { node }) {
    const found = await session.browse(node);
    return found.references.map((reference) => reference.browseName.toString());
  },
  async read(session, { node }) {
    return said(await session.read({ nodeId: node, attributeId: AttributeIds.Value }));
  },
  async write(session, { node, type, value }) {
    const status = await session.write({
      nodeId: node, attributeId: AttributeIds.Value, value: { value: { dataType: type, value } },
    });
    return status.name;
  },
  // Notifications until there are `count` of them. With a deadband, only values that have left it.
  async watch(session, { node, count, deadband }) {
    const subscription = ClientSubscription.create(session, { requestedPublishingInterval: 50, publishingEnabled: true });
    const filter = deadband && new DataChangeFilter({
      trigger: DataChangeTrigger.StatusValue, deadbandType: DeadbandType.Absolute, deadbandValue: deadband,
    });
    const seen = [];
    await new Promise((done) => {
      subscription.monitor(
        { nodeId: node, attributeId: AttributeIds.Value },
        { samplingInterval: 50, queueSize: 100, discardOldest: true, filter: filter || null },
        TimestampsToReturn.Both,
      ).then((item) => item.on("changed", (value) => seen.push(said(value)) === count && done()));
    });
    await subscription.terminate();
    return seen;
  },
};

async function main(endpoint, steps) {
  const client = OPCUAClient.create({
    securityMode: MessageSecurityMode.None, securityPolicy: SecurityPolicy.None, endpointMustExist: true,
    connectionStrategy: { maxRetry: 1 },
  });
  await client.connect(endpoint);
  const session = await client.createSession();
  const results = [];
  for (const step of steps) results.push(await STEPS[step.do](session, step));
  await session.close();
  await client.disconnect();
  console.log(`RESULT ${JSON.stringify(results)}`);
}

main(process.argv[2], JSON.parse(process.argv[3])).catch((error) => {
  console.error(error.message);
  process.exit(1);
});
