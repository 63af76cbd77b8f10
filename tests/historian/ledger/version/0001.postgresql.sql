CREATE SCHEMA pf;
CREATE SCHEMA po;
CREATE TABLE pf.alarm_journal (
    id character varying(32) NOT NULL,
    tenant character varying(64) NOT NULL,
    version integer NOT NULL,
    created bigint NOT NULL,
    changed bigint NOT NULL,
    field_id character varying(32),
    alarm character varying(200) NOT NULL,
    tag character varying(200) NOT NULL,
    "time" bigint NOT NULL,
    transition character varying(32) NOT NULL,
    state character varying(32) NOT NULL,
    by character varying(200),
    comment character varying(1000),
    entry json NOT NULL
);
ALTER TABLE ONLY pf.alarm_journal FORCE ROW LEVEL SECURITY;
CREATE TABLE pf.api_key (
    id character varying(32) NOT NULL,
    tenant character varying(64) NOT NULL,
    version integer NOT NULL,
    created bigint NOT NULL,
    changed bigint NOT NULL,
    user_id character varying(32) NOT NULL,
    name character varying(200) NOT NULL,
    prefix character varying(16) NOT NULL,
    token character varying(128) NOT NULL,
    scopes json NOT NULL,
    expires bigint,
    used bigint,
    is_revoked boolean NOT NULL
);
ALTER TABLE ONLY pf.api_key FORCE ROW LEVEL SECURITY;
CREATE TABLE pf.audit_entry (
    id character varying(32) NOT NULL,
    tenant character varying(64) NOT NULL,
    version integer NOT NULL,
    created bigint NOT NULL,
    changed bigint NOT NULL,
    number integer NOT NULL,
    "time" bigint NOT NULL,
    by character varying(200) NOT NULL,
    whence character varying(200) NOT NULL,
    action character varying(64) NOT NULL,
    noun character varying(64) NOT NULL,
    subject character varying(200) NOT NULL,
    before json,
    after json,
    reason character varying(1000) NOT NULL,
    previous character varying(64) NOT NULL,
    hash character varying(64) NOT NULL
);
ALTER TABLE ONLY pf.audit_entry FORCE ROW LEVEL SECURITY;
CREATE TABLE pf.contract (
    id character varying(32) NOT NULL,
    tenant character varying(64) NOT NULL,
    version integer NOT NULL,
    created bigint NOT NULL,
    changed bigint NOT NULL,
    field_id character varying(32),
    code character varying(64) NOT NULL,
    name character varying(200) NOT NULL,
    party character varying(200) NOT NULL,
    currency character varying(3) NOT NULL,
    royalty numeric(24,6) NOT NULL,
    partners json NOT NULL,
    tariffs json NOT NULL,
    start date NOT NULL,
    "end" date
);
ALTER TABLE ONLY pf.contract FORCE ROW LEVEL SECURITY;
CREATE TABLE pf.daily_production (
    id character varying(32) NOT NULL,
    tenant character varying(64) NOT NULL,
    version integer NOT NULL,
    created bigint NOT NULL,
    changed bigint NOT NULL,
    field_id character varying(32) NOT NULL,
    well_id character varying(32),
    date date NOT NULL,
    uptime double precision NOT NULL,
    oil double precision NOT NULL,
    gas double precision NOT NULL,
    water double precision NOT NULL,
    gas_flared double precision NOT NULL,
    water_injected double precision NOT NULL,
    gas_injected double precision NOT NULL,
    deferred_oil double precision NOT NULL,
    energy double precision NOT NULL,
    chemicals double precision NOT NULL,
    state character varying(16) NOT NULL,
    corrects character varying(32),
    reason character varying(1000),
    basis json NOT NULL,
    CONSTRAINT ck_daily_production_state CHECK (((state)::text = ANY ((ARRAY['OPEN'::character varying, 'CLOSED'::character varying, 'CORRECTION'::character varying])::text[])))
);
ALTER TABLE ONLY pf.daily_production FORCE ROW LEVEL SECURITY;
CREATE TABLE pf.device (
    id character varying(32) NOT NULL,
    tenant character varying(64) NOT NULL,
    version integer NOT NULL,
    created bigint NOT NULL,
    changed bigint NOT NULL,
    field_id character varying(32) NOT NULL,
    code character varying(100) NOT NULL,
    protocol character varying(32) NOT NULL,
    profile character varying(100),
    asset character varying(100),
    endpoint character varying(300) NOT NULL,
    is_simulated boolean NOT NULL,
    is_primary boolean NOT NULL,
    is_retired boolean NOT NULL
);
ALTER TABLE ONLY pf.device FORCE ROW LEVEL SECURITY;
CREATE TABLE pf.downtime (
    id character varying(32) NOT NULL,
    tenant character varying(64) NOT NULL,
    version integer NOT NULL,
    created bigint NOT NULL,
    changed bigint NOT NULL,
    well_id character varying(32) NOT NULL,
    start bigint NOT NULL,
    "end" bigint,
    reason character varying(32) NOT NULL,
    deferred_oil double precision,
    remark character varying(1000),
    CONSTRAINT ck_downtime_reason CHECK (((reason)::text = ANY ((ARRAY['ESP_TRIP'::character varying, 'ELECTRICAL'::character varying, 'WORKOVER'::character varying, 'WELL_TEST'::character varying, 'FACILITY'::character varying, 'FLOW_ASSURANCE'::character varying, 'WEATHER'::character varying, 'RESERVOIR'::character varying, 'PLANNED'::character varying, 'OTHER'::character varying])::text[])))
);
ALTER TABLE ONLY pf.downtime FORCE ROW LEVEL SECURITY;
CREATE TABLE pf.facility (
    id character varying(32) NOT NULL,
    tenant character varying(64) NOT NULL,
    version integer NOT NULL,
    created bigint NOT NULL,
    changed bigint NOT NULL,
    field_id character varying(32) NOT NULL,
    wellpad_id character varying(32),
    code character varying(64) NOT NULL,
    kind character varying(32) NOT NULL,
    name character varying(200) NOT NULL,
    x double precision,
    y double precision,
    latitude double precision,
    longitude double precision,
    engineering json,
    is_retired boolean NOT NULL
);
ALTER TABLE ONLY pf.facility FORCE ROW LEVEL SECURITY;
CREATE TABLE pf.field (
    id character varying(32) NOT NULL,
    tenant character varying(64) NOT NULL,
    version integer NOT NULL,
    created bigint NOT NULL,
    changed bigint NOT NULL,
    code character varying(64) NOT NULL,
    name character varying(200) NOT NULL,
    latitude double precision,
    longitude double precision,
    engineering json,
    is_retired boolean NOT NULL
);
ALTER TABLE ONLY pf.field FORCE ROW LEVEL SECURITY;
CREATE TABLE pf.membership (
    id character varying(32) NOT NULL,
    tenant character varying(64) NOT NULL,
    version integer NOT NULL,
    created bigint NOT NULL,
    changed bigint NOT NULL,
    user_id character varying(32) NOT NULL,
    role character varying(64) NOT NULL,
    field character varying(200) NOT NULL,
    assets json NOT NULL
);
ALTER TABLE ONLY pf.membership FORCE ROW LEVEL SECURITY;
CREATE TABLE pf.preference (
    id character varying(32) NOT NULL,
    tenant character varying(64) NOT NULL,
    version integer NOT NULL,
    created bigint NOT NULL,
    changed bigint NOT NULL,
    user_id character varying(32) NOT NULL,
    key character varying(100) NOT NULL,
    value json NOT NULL
);
ALTER TABLE ONLY pf.preference FORCE ROW LEVEL SECURITY;
CREATE TABLE pf.report (
    id character varying(32) NOT NULL,
    tenant character varying(64) NOT NULL,
    version integer NOT NULL,
    created bigint NOT NULL,
    changed bigint NOT NULL,
    field_id character varying(32),
    kind character varying(32) NOT NULL,
    state character varying(16) NOT NULL,
    asked json NOT NULL,
    by character varying(200) NOT NULL,
    role character varying(64) NOT NULL,
    progress double precision NOT NULL,
    path character varying(500),
    detail character varying(1000),
    done bigint,
    CONSTRAINT ck_report_state CHECK (((state)::text = ANY ((ARRAY['QUEUED'::character varying, 'RUNNING'::character varying, 'DONE'::character varying, 'FAILED'::character varying])::text[])))
);
ALTER TABLE ONLY pf.report FORCE ROW LEVEL SECURITY;
CREATE TABLE pf.role (
    id character varying(32) NOT NULL,
    tenant character varying(64) NOT NULL,
    version integer NOT NULL,
    created bigint NOT NULL,
    changed bigint NOT NULL,
    code character varying(64) NOT NULL,
    name character varying(200) NOT NULL,
    rank integer NOT NULL,
    permissions json NOT NULL
);
ALTER TABLE ONLY pf.role FORCE ROW LEVEL SECURITY;
CREATE TABLE pf.run (
    id character varying(32) NOT NULL,
    tenant character varying(64) NOT NULL,
    version integer NOT NULL,
    created bigint NOT NULL,
    changed bigint NOT NULL,
    field_id character varying(32),
    kind character varying(16) NOT NULL,
    name character varying(200) NOT NULL,
    start bigint NOT NULL,
    "end" bigint,
    state character varying(16) NOT NULL,
    by character varying(200) NOT NULL,
    asked json NOT NULL,
    result json,
    CONSTRAINT ck_run_kind CHECK (((kind)::text = ANY ((ARRAY['SCENARIO'::character varying, 'DRILL'::character varying, 'HIL'::character varying, 'STUDY'::character varying])::text[]))),
    CONSTRAINT ck_run_state CHECK (((state)::text = ANY ((ARRAY['RUNNING'::character varying, 'PASSED'::character varying, 'FAILED'::character varying, 'BROKEN'::character varying, 'CANCELLED'::character varying])::text[])))
);
ALTER TABLE ONLY pf.run FORCE ROW LEVEL SECURITY;
CREATE TABLE pf.session (
    id character varying(32) NOT NULL,
    tenant character varying(64) NOT NULL,
    version integer NOT NULL,
    created bigint NOT NULL,
    changed bigint NOT NULL,
    user_id character varying(32) NOT NULL,
    token character varying(128) NOT NULL,
    previous character varying(128),
    used bigint NOT NULL,
    expires bigint NOT NULL,
    is_revoked boolean NOT NULL,
    whence character varying(200),
    agent character varying(300)
);
ALTER TABLE ONLY pf.session FORCE ROW LEVEL SECURITY;
CREATE TABLE pf.statement (
    id character varying(32) NOT NULL,
    tenant character varying(64) NOT NULL,
    version integer NOT NULL,
    created bigint NOT NULL,
    changed bigint NOT NULL,
    contract_id character varying(32) NOT NULL,
    number character varying(64) NOT NULL,
    start date NOT NULL,
    "end" date NOT NULL,
    currency character varying(3) NOT NULL,
    lines json NOT NULL,
    total numeric(24,6) NOT NULL,
    state character varying(16) NOT NULL,
    credits character varying(32),
    CONSTRAINT ck_statement_state CHECK (((state)::text = ANY ((ARRAY['DRAFT'::character varying, 'ISSUED'::character varying, 'CREDITED'::character varying])::text[])))
);
ALTER TABLE ONLY pf.statement FORCE ROW LEVEL SECURITY;
CREATE TABLE pf.target (
    id character varying(32) NOT NULL,
    tenant character varying(64) NOT NULL,
    version integer NOT NULL,
    created bigint NOT NULL,
    changed bigint NOT NULL,
    field_id character varying(32) NOT NULL,
    well_id character varying(32),
    start date NOT NULL,
    "end" date NOT NULL,
    oil double precision,
    gas double precision,
    water double precision,
    uptime double precision,
    remark character varying(1000)
);
ALTER TABLE ONLY pf.target FORCE ROW LEVEL SECURITY;
CREATE TABLE pf.tariff (
    id character varying(32) NOT NULL,
    tenant character varying(64) NOT NULL,
    version integer NOT NULL,
    created bigint NOT NULL,
    changed bigint NOT NULL,
    code character varying(64) NOT NULL,
    name character varying(200) NOT NULL,
    basis character varying(32) NOT NULL,
    rate numeric(24,6) NOT NULL,
    currency character varying(3) NOT NULL,
    start date NOT NULL,
    "end" date,
    terms json NOT NULL
);
ALTER TABLE ONLY pf.tariff FORCE ROW LEVEL SECURITY;
CREATE TABLE pf.tenant (
    code character varying(64) NOT NULL,
    name character varying(200) NOT NULL,
    created bigint NOT NULL
);
CREATE TABLE pf."user" (
    id character varying(32) NOT NULL,
    tenant character varying(64) NOT NULL,
    version integer NOT NULL,
    created bigint NOT NULL,
    changed bigint NOT NULL,
    login character varying(100) NOT NULL,
    folded character varying(100) NOT NULL,
    name character varying(200) NOT NULL,
    email character varying(254),
    language character varying(8) NOT NULL,
    password character varying(500),
    must_change boolean NOT NULL,
    is_active boolean NOT NULL,
    issuer character varying(500),
    subject character varying(255),
    CONSTRAINT ck_user_language CHECK (((language)::text = ANY ((ARRAY['en'::character varying, 'es'::character varying])::text[])))
);
ALTER TABLE ONLY pf."user" FORCE ROW LEVEL SECURITY;
CREATE TABLE pf.well (
    id character varying(32) NOT NULL,
    tenant character varying(64) NOT NULL,
    version integer NOT NULL,
    created bigint NOT NULL,
    changed bigint NOT NULL,
    field_id character varying(32) NOT NULL,
    wellpad_id character varying(32),
    code character varying(64) NOT NULL,
    name character varying(200) NOT NULL,
    well_type character varying(16) NOT NULL,
    lift character varying(16) NOT NULL,
    status character varying(16) NOT NULL,
    x double precision,
    y double precision,
    latitude double precision,
    longitude double precision,
    engineering json,
    CONSTRAINT ck_well_lift CHECK (((lift)::text = ANY ((ARRAY['ESP'::character varying, 'GAS_LIFT'::character varying, 'NATURAL'::character varying, 'ROD_PUMP'::character varying, 'PCP'::character varying, 'INJECTION'::character varying])::text[]))),
    CONSTRAINT ck_well_status CHECK (((status)::text = ANY ((ARRAY['DRILLING'::character varying, 'ACTIVE'::character varying, 'SHUT_IN'::character varying, 'WORKOVER'::character varying, 'ABANDONED'::character varying])::text[]))),
    CONSTRAINT ck_well_well_type CHECK (((well_type)::text = ANY ((ARRAY['PROD_OIL'::character varying, 'PROD_GAS'::character varying, 'INJ_WATER'::character varying, 'INJ_GAS'::character varying])::text[])))
);
ALTER TABLE ONLY pf.well FORCE ROW LEVEL SECURITY;
CREATE TABLE pf.well_status (
    id character varying(32) NOT NULL,
    tenant character varying(64) NOT NULL,
    version integer NOT NULL,
    created bigint NOT NULL,
    changed bigint NOT NULL,
    well_id character varying(32) NOT NULL,
    status character varying(16) NOT NULL,
    start bigint NOT NULL,
    reason character varying(1000) NOT NULL,
    by character varying(200) NOT NULL,
    CONSTRAINT ck_well_status_status CHECK (((status)::text = ANY ((ARRAY['DRILLING'::character varying, 'ACTIVE'::character varying, 'SHUT_IN'::character varying, 'WORKOVER'::character varying, 'ABANDONED'::character varying])::text[])))
);
ALTER TABLE ONLY pf.well_status FORCE ROW LEVEL SECURITY;
CREATE TABLE pf.well_test (
    id character varying(32) NOT NULL,
    tenant character varying(64) NOT NULL,
    version integer NOT NULL,
    created bigint NOT NULL,
    changed bigint NOT NULL,
    well_id character varying(32) NOT NULL,
    start bigint NOT NULL,
    "end" bigint NOT NULL,
    oil double precision NOT NULL,
    water double precision NOT NULL,
    gas double precision NOT NULL,
    wellhead_pressure double precision,
    choke double precision,
    frequency double precision,
    state character varying(16) NOT NULL,
    remark character varying(1000),
    CONSTRAINT ck_well_test_state CHECK (((state)::text = ANY ((ARRAY['VALID'::character varying, 'REJECTED'::character varying, 'PENDING'::character varying])::text[])))
);
ALTER TABLE ONLY pf.well_test FORCE ROW LEVEL SECURITY;
CREATE TABLE pf.wellpad (
    id character varying(32) NOT NULL,
    tenant character varying(64) NOT NULL,
    version integer NOT NULL,
    created bigint NOT NULL,
    changed bigint NOT NULL,
    field_id character varying(32) NOT NULL,
    code character varying(64) NOT NULL,
    name character varying(200) NOT NULL,
    x double precision,
    y double precision,
    latitude double precision,
    longitude double precision,
    is_retired boolean NOT NULL
);
ALTER TABLE ONLY pf.wellpad FORCE ROW LEVEL SECURITY;
CREATE TABLE po.approval (
    id character varying(32) NOT NULL,
    tenant character varying(64) NOT NULL,
    version integer NOT NULL,
    created bigint NOT NULL,
    changed bigint NOT NULL,
    noun character varying(64) NOT NULL,
    subject character varying(200) NOT NULL,
    by character varying(200) NOT NULL,
    "time" bigint NOT NULL,
    verdict character varying(16) NOT NULL,
    reason character varying(1000) NOT NULL,
    CONSTRAINT ck_approval_verdict CHECK (((verdict)::text = ANY ((ARRAY['APPROVED'::character varying, 'REJECTED'::character varying])::text[])))
);
ALTER TABLE ONLY po.approval FORCE ROW LEVEL SECURITY;
CREATE TABLE po.recommendation (
    id character varying(32) NOT NULL,
    tenant character varying(64) NOT NULL,
    version integer NOT NULL,
    created bigint NOT NULL,
    changed bigint NOT NULL,
    well_id character varying(32),
    "time" bigint NOT NULL,
    tag character varying(200) NOT NULL,
    current double precision,
    proposed double precision NOT NULL,
    why character varying(2000) NOT NULL,
    expected json NOT NULL,
    state character varying(16) NOT NULL,
    CONSTRAINT ck_recommendation_state CHECK (((state)::text = ANY ((ARRAY['PROPOSED'::character varying, 'APPROVED'::character varying, 'REJECTED'::character varying, 'APPLIED'::character varying, 'EXPIRED'::character varying])::text[])))
);
ALTER TABLE ONLY po.recommendation FORCE ROW LEVEL SECURITY;
CREATE TABLE po.setpoint_change (
    id character varying(32) NOT NULL,
    tenant character varying(64) NOT NULL,
    version integer NOT NULL,
    created bigint NOT NULL,
    changed bigint NOT NULL,
    well_id character varying(32),
    recommendation_id character varying(32),
    "time" bigint NOT NULL,
    tag character varying(200) NOT NULL,
    before double precision,
    after double precision NOT NULL,
    by character varying(200) NOT NULL,
    reason character varying(1000) NOT NULL,
    command character varying(100) NOT NULL,
    outcome character varying(16) NOT NULL
);
ALTER TABLE ONLY po.setpoint_change FORCE ROW LEVEL SECURITY;
CREATE TABLE public.ledger_version (
    version_num character varying(32) NOT NULL
);
INSERT INTO pf.audit_entry VALUES ('7909fc1f4aca454c872f781c5a61c05a', 'demo', 1, 1796104936147332634, 1796104936147332634, 1, 1796104936147332634, 'ana', 'here', 'create', 'field', 'b8ae1434e31c4d4281111519c9f1fc6a', NULL, '{"id":"b8ae1434e31c4d4281111519c9f1fc6a","version":1,"created":1796104936141293737,"changed":1796104936141293737,"code":"north","name":"North","latitude":null,"longitude":null,"engineering":null,"is_retired":false}', 'as it was', '0000000000000000000000000000000000000000000000000000000000000000', 'be39c1eaf5e898ac1e1c53b8df758f31a76b3b07422de0ace93e870a9226dec4');
INSERT INTO pf.audit_entry VALUES ('1c0f64f588704a6b8120418c80b702d9', 'demo', 1, 1796104936154388838, 1796104936154388838, 2, 1796104936154388838, 'ana', 'here', 'create', 'wellpad', 'c653304586854e15a6dd9143da90272c', NULL, '{"id":"c653304586854e15a6dd9143da90272c","version":1,"created":1796104936148819722,"changed":1796104936148819722,"field_id":"b8ae1434e31c4d4281111519c9f1fc6a","code":"A","name":"Pad A","x":null,"y":null,"latitude":null,"longitude":null,"is_retired":false}', 'as it was', 'be39c1eaf5e898ac1e1c53b8df758f31a76b3b07422de0ace93e870a9226dec4', '7b28dbdce7849a67ccdae2f20fd01a01afb9c1f8cac0107ff9d70adb5e54f381');
INSERT INTO pf.audit_entry VALUES ('ee009fb3997448b08c0b0574f8a9bb08', 'demo', 1, 1796104936159625849, 1796104936159625849, 3, 1796104936159625849, 'ana', 'here', 'create', 'well', '2faa5a8246484170a2c9c66b4050f77f', NULL, '{"id":"2faa5a8246484170a2c9c66b4050f77f","version":1,"created":1796104936154881613,"changed":1796104936154881613,"field_id":"b8ae1434e31c4d4281111519c9f1fc6a","wellpad_id":"c653304586854e15a6dd9143da90272c","code":"N-1","name":"Norte 1","well_type":"PROD_OIL","lift":"ESP","status":"ACTIVE","x":1.5,"y":2.5,"latitude":null,"longitude":null,"engineering":null}', 'as it was', '7b28dbdce7849a67ccdae2f20fd01a01afb9c1f8cac0107ff9d70adb5e54f381', '7aed14e3ade55e4ef516fc7a3d1bfd9a6a6608e83b5bb8ba5a3d77db12aa0561');
INSERT INTO pf.audit_entry VALUES ('e65329261d834f2ca7105535260a9041', 'demo', 1, 1796104936167068710, 1796104936167068710, 4, 1796104936167068710, 'ana', 'here', 'create', 'well_status', '2207f34ce6804e6caf3846253fced5df', NULL, '{"id":"2207f34ce6804e6caf3846253fced5df","version":1,"created":1796104936160052636,"changed":1796104936160052636,"well_id":"2faa5a8246484170a2c9c66b4050f77f","status":"ACTIVE","start":1,"reason":"drilled","by":"ana"}', 'as it was', '7aed14e3ade55e4ef516fc7a3d1bfd9a6a6608e83b5bb8ba5a3d77db12aa0561', '74dfaadfb72bc89fbbdadd236ea85f82c11f860fdc5c1cce8faee9fa9886801a');
INSERT INTO pf.audit_entry VALUES ('a321afb157984abeb90add2e056cbe47', 'demo', 1, 1796104936169903288, 1796104936169903288, 5, 1796104936169903288, 'ana', 'here', 'create', 'well_test', '9cccb9647a984ec5b7a34a9a63017a4b', NULL, '{"id":"9cccb9647a984ec5b7a34a9a63017a4b","version":1,"created":1796104936167696076,"changed":1796104936167696076,"well_id":"2faa5a8246484170a2c9c66b4050f77f","start":1,"end":2,"oil":0.001,"water":0.002,"gas":0.1,"wellhead_pressure":null,"choke":null,"frequency":null,"state":"VALID","remark":null}', 'as it was', '74dfaadfb72bc89fbbdadd236ea85f82c11f860fdc5c1cce8faee9fa9886801a', 'da2f333b09e918adf6ee8847bf3046fa2e8696d308a6014eccb9269a9890df65');
INSERT INTO pf.audit_entry VALUES ('e749511957134b8585e3d5987a4585e0', 'demo', 1, 1796104936176925642, 1796104936176925642, 6, 1796104936176925642, 'ana', 'here', 'create', 'downtime', 'db6f03967f2e45b6939b68307bacdce6', NULL, '{"id":"db6f03967f2e45b6939b68307bacdce6","version":1,"created":1796104936170271978,"changed":1796104936170271978,"well_id":"2faa5a8246484170a2c9c66b4050f77f","start":1,"end":null,"reason":"ESP_TRIP","deferred_oil":null,"remark":null}', 'as it was', 'da2f333b09e918adf6ee8847bf3046fa2e8696d308a6014eccb9269a9890df65', '6726ec87bea35dd1050a3388c3913a2c63443507682458c53038c6bbe321f7cd');
INSERT INTO pf.audit_entry VALUES ('6a00e0b3b1f74139aed253317edb79de', 'demo', 1, 1796104936178996961, 1796104936178996961, 7, 1796104936178996961, 'ana', 'here', 'create', 'user', 'adff1ad6371b4fd6af901bc34c3b1236', NULL, '{"id":"adff1ad6371b4fd6af901bc34c3b1236","version":1,"created":1796104936177597494,"changed":1796104936177597494,"login":"ana","folded":"ana","name":"Ana","email":null,"language":"es","password":"…","must_change":false,"is_active":true,"issuer":null,"subject":null}', 'as it was', '6726ec87bea35dd1050a3388c3913a2c63443507682458c53038c6bbe321f7cd', '4ee6ed17e2699cbe1efa9f6a7a4abc8ee497ff4a0fefd26f23161ca650af74ee');
INSERT INTO pf.audit_entry VALUES ('d0ee4dbf89dd4478a33ebe0041c6e5af', 'demo', 1, 1796104936181606864, 1796104936181606864, 8, 1796104936181606864, 'ana', 'here', 'create', 'membership', '55ed9332fdeb45e48cc7528667721e5f', NULL, '{"id":"55ed9332fdeb45e48cc7528667721e5f","version":1,"created":1796104936179366162,"changed":1796104936179366162,"user_id":"adff1ad6371b4fd6af901bc34c3b1236","role":"engineer","field":"*","assets":["*"]}', 'as it was', '4ee6ed17e2699cbe1efa9f6a7a4abc8ee497ff4a0fefd26f23161ca650af74ee', '5bef72795bd91894a13d33a0b1cc07aadc65e3b9d1eca54d95468a2a311b4acc');
INSERT INTO pf.audit_entry VALUES ('3cf7c09aadfe4a0db16b1786700ffe02', 'other', 1, 1796104936184092240, 1796104936184092240, 1, 1796104936184092240, 'ana', 'here', 'create', 'field', '57f4cf1641a74e71819af53e938043b4', NULL, '{"id":"57f4cf1641a74e71819af53e938043b4","version":1,"created":1796104936183183645,"changed":1796104936183183645,"code":"north","name":"North","latitude":null,"longitude":null,"engineering":null,"is_retired":false}', 'as it was', '0000000000000000000000000000000000000000000000000000000000000000', '2a0e553bb49700ba3c7bb1df4abc3b9d51ca8741b20dfd2f18d56bb17dc2ce56');
INSERT INTO pf.audit_entry VALUES ('51cd5304571f438c9c884932b3cf7a42', 'other', 1, 1796104936185191841, 1796104936185191841, 2, 1796104936185191841, 'ana', 'here', 'create', 'wellpad', '177f7e9dc81f459aabbefb6722b670a0', NULL, '{"id":"177f7e9dc81f459aabbefb6722b670a0","version":1,"created":1796104936184309835,"changed":1796104936184309835,"field_id":"57f4cf1641a74e71819af53e938043b4","code":"A","name":"Pad A","x":null,"y":null,"latitude":null,"longitude":null,"is_retired":false}', 'as it was', '2a0e553bb49700ba3c7bb1df4abc3b9d51ca8741b20dfd2f18d56bb17dc2ce56', '16043ead76383e3d468995b628fb8ce035ec256bb63d661c020a13c96528bf13');
INSERT INTO pf.audit_entry VALUES ('62b4db3ce4104cc1807410bbd0a61501', 'other', 1, 1796104936190192579, 1796104936190192579, 3, 1796104936190192579, 'ana', 'here', 'create', 'well', '921212e832af47b29db7de32df01a528', NULL, '{"id":"921212e832af47b29db7de32df01a528","version":1,"created":1796104936185396516,"changed":1796104936185396516,"field_id":"57f4cf1641a74e71819af53e938043b4","wellpad_id":"177f7e9dc81f459aabbefb6722b670a0","code":"N-1","name":"Norte 1","well_type":"PROD_OIL","lift":"ESP","status":"ACTIVE","x":1.5,"y":2.5,"latitude":null,"longitude":null,"engineering":null}', 'as it was', '16043ead76383e3d468995b628fb8ce035ec256bb63d661c020a13c96528bf13', '3f1eaadcf2bd5adc2bda6cd27c1509ce84cb9817ab584adb7ed27134f906281d');
INSERT INTO pf.audit_entry VALUES ('1def4a9ef14b4d53a68fa0d8c37d2f80', 'other', 1, 1796104936191293040, 1796104936191293040, 4, 1796104936191293040, 'ana', 'here', 'create', 'well_status', 'e1ec8770e4354ca3b8e8dbf932585a18', NULL, '{"id":"e1ec8770e4354ca3b8e8dbf932585a18","version":1,"created":1796104936190464124,"changed":1796104936190464124,"well_id":"921212e832af47b29db7de32df01a528","status":"ACTIVE","start":1,"reason":"drilled","by":"ana"}', 'as it was', '3f1eaadcf2bd5adc2bda6cd27c1509ce84cb9817ab584adb7ed27134f906281d', '77af7d7ae413e340965ead482799c13ace8f94b8c9c15a9bf645b4f68c510c17');
INSERT INTO pf.audit_entry VALUES ('195bf263d50242e485e8f17aa96bc41c', 'other', 1, 1796104936192277939, 1796104936192277939, 5, 1796104936192277939, 'ana', 'here', 'create', 'well_test', 'b45de4420ec9452281e625cdfb2dc804', NULL, '{"id":"b45de4420ec9452281e625cdfb2dc804","version":1,"created":1796104936191487320,"changed":1796104936191487320,"well_id":"921212e832af47b29db7de32df01a528","start":1,"end":2,"oil":0.001,"water":0.002,"gas":0.1,"wellhead_pressure":null,"choke":null,"frequency":null,"state":"VALID","remark":null}', 'as it was', '77af7d7ae413e340965ead482799c13ace8f94b8c9c15a9bf645b4f68c510c17', '65d4aec36915b94867cfbe11acd3b05ad72a27c1806b8b9fe4c043b2f1100813');
INSERT INTO pf.audit_entry VALUES ('89f40911502b4018a4a57c7339fdc035', 'other', 1, 1796104936193510938, 1796104936193510938, 6, 1796104936193510938, 'ana', 'here', 'create', 'downtime', '8da3dccfea0f4196baa9a11dce6848e3', NULL, '{"id":"8da3dccfea0f4196baa9a11dce6848e3","version":1,"created":1796104936192476405,"changed":1796104936192476405,"well_id":"921212e832af47b29db7de32df01a528","start":1,"end":null,"reason":"ESP_TRIP","deferred_oil":null,"remark":null}', 'as it was', '65d4aec36915b94867cfbe11acd3b05ad72a27c1806b8b9fe4c043b2f1100813', '8d213e5a243e3acc1290f162987ac64dd0534854b46c829d3dbd24ec92118069');
INSERT INTO pf.audit_entry VALUES ('11832bab39224427954ffe8f0038eb41', 'other', 1, 1796104936193998075, 1796104936193998075, 7, 1796104936193998075, 'ana', 'here', 'create', 'user', '65e73c4708e9497bb42b677c0c0cb2d4', NULL, '{"id":"65e73c4708e9497bb42b677c0c0cb2d4","version":1,"created":1796104936193698989,"changed":1796104936193698989,"login":"ana","folded":"ana","name":"Ana","email":null,"language":"es","password":"…","must_change":false,"is_active":true,"issuer":null,"subject":null}', 'as it was', '8d213e5a243e3acc1290f162987ac64dd0534854b46c829d3dbd24ec92118069', 'ab77b069d982053303b40cfd359a66da3e71451dc3c718d0d62243f5e6a721bb');
INSERT INTO pf.audit_entry VALUES ('58c8f40a9da84090800028aa0595f498', 'other', 1, 1796104936195136082, 1796104936195136082, 8, 1796104936195136082, 'ana', 'here', 'create', 'membership', 'ba03c9a9f74644d3a2b8e0694dc0c459', NULL, '{"id":"ba03c9a9f74644d3a2b8e0694dc0c459","version":1,"created":1796104936194372553,"changed":1796104936194372553,"user_id":"65e73c4708e9497bb42b677c0c0cb2d4","role":"engineer","field":"*","assets":["*"]}', 'as it was', 'ab77b069d982053303b40cfd359a66da3e71451dc3c718d0d62243f5e6a721bb', '04a6d05262a36925a36a0f18d2ce5e6801c7fe958284765ef709da8aaf5508af');
INSERT INTO pf.downtime VALUES ('db6f03967f2e45b6939b68307bacdce6', 'demo', 1, 1796104936170271978, 1796104936170271978, '2faa5a8246484170a2c9c66b4050f77f', 1, NULL, 'ESP_TRIP', NULL, NULL);
INSERT INTO pf.downtime VALUES ('8da3dccfea0f4196baa9a11dce6848e3', 'other', 1, 1796104936192476405, 1796104936192476405, '921212e832af47b29db7de32df01a528', 1, NULL, 'ESP_TRIP', NULL, NULL);
INSERT INTO pf.field VALUES ('b8ae1434e31c4d4281111519c9f1fc6a', 'demo', 1, 1796104936141293737, 1796104936141293737, 'north', 'North', NULL, NULL, NULL, false);
INSERT INTO pf.field VALUES ('57f4cf1641a74e71819af53e938043b4', 'other', 1, 1796104936183183645, 1796104936183183645, 'north', 'North', NULL, NULL, NULL, false);
INSERT INTO pf.membership VALUES ('55ed9332fdeb45e48cc7528667721e5f', 'demo', 1, 1796104936179366162, 1796104936179366162, 'adff1ad6371b4fd6af901bc34c3b1236', 'engineer', '*', '["*"]');
INSERT INTO pf.membership VALUES ('ba03c9a9f74644d3a2b8e0694dc0c459', 'other', 1, 1796104936194372553, 1796104936194372553, '65e73c4708e9497bb42b677c0c0cb2d4', 'engineer', '*', '["*"]');
INSERT INTO pf.tenant VALUES ('demo', 'Demo', 1796104936138514882);
INSERT INTO pf.tenant VALUES ('other', 'Other', 1796104936182655728);
INSERT INTO pf."user" VALUES ('adff1ad6371b4fd6af901bc34c3b1236', 'demo', 1, 1796104936177597494, 1796104936177597494, 'ana', 'ana', 'Ana', NULL, 'es', '$argon2id$x', false, true, NULL, NULL);
INSERT INTO pf."user" VALUES ('65e73c4708e9497bb42b677c0c0cb2d4', 'other', 1, 1796104936193698989, 1796104936193698989, 'ana', 'ana', 'Ana', NULL, 'es', '$argon2id$x', false, true, NULL, NULL);
INSERT INTO pf.well VALUES ('2faa5a8246484170a2c9c66b4050f77f', 'demo', 1, 1796104936154881613, 1796104936154881613, 'b8ae1434e31c4d4281111519c9f1fc6a', 'c653304586854e15a6dd9143da90272c', 'N-1', 'Norte 1', 'PROD_OIL', 'ESP', 'ACTIVE', 1.5, 2.5, NULL, NULL, NULL);
INSERT INTO pf.well VALUES ('921212e832af47b29db7de32df01a528', 'other', 1, 1796104936185396516, 1796104936185396516, '57f4cf1641a74e71819af53e938043b4', '177f7e9dc81f459aabbefb6722b670a0', 'N-1', 'Norte 1', 'PROD_OIL', 'ESP', 'ACTIVE', 1.5, 2.5, NULL, NULL, NULL);
INSERT INTO pf.well_status VALUES ('2207f34ce6804e6caf3846253fced5df', 'demo', 1, 1796104936160052636, 1796104936160052636, '2faa5a8246484170a2c9c66b4050f77f', 'ACTIVE', 1, 'drilled', 'ana');
INSERT INTO pf.well_status VALUES ('e1ec8770e4354ca3b8e8dbf932585a18', 'other', 1, 1796104936190464124, 1796104936190464124, '921212e832af47b29db7de32df01a528', 'ACTIVE', 1, 'drilled', 'ana');
INSERT INTO pf.well_test VALUES ('9cccb9647a984ec5b7a34a9a63017a4b', 'demo', 1, 1796104936167696076, 1796104936167696076, '2faa5a8246484170a2c9c66b4050f77f', 1, 2, 0.001, 0.002, 0.1, NULL, NULL, NULL, 'VALID', NULL);
INSERT INTO pf.well_test VALUES ('b45de4420ec9452281e625cdfb2dc804', 'other', 1, 1796104936191487320, 1796104936191487320, '921212e832af47b29db7de32df01a528', 1, 2, 0.001, 0.002, 0.1, NULL, NULL, NULL, 'VALID', NULL);
INSERT INTO pf.wellpad VALUES ('c653304586854e15a6dd9143da90272c', 'demo', 1, 1796104936148819722, 1796104936148819722, 'b8ae1434e31c4d4281111519c9f1fc6a', 'A', 'Pad A', NULL, NULL, NULL, NULL, false);
INSERT INTO pf.wellpad VALUES ('177f7e9dc81f459aabbefb6722b670a0', 'other', 1, 1796104936184309835, 1796104936184309835, '57f4cf1641a74e71819af53e938043b4', 'A', 'Pad A', NULL, NULL, NULL, NULL, false);
INSERT INTO public.ledger_version VALUES ('0001');
ALTER TABLE ONLY pf.alarm_journal
    ADD CONSTRAINT pk_alarm_journal PRIMARY KEY (id);
ALTER TABLE ONLY pf.api_key
    ADD CONSTRAINT pk_api_key PRIMARY KEY (id);
ALTER TABLE ONLY pf.audit_entry
    ADD CONSTRAINT pk_audit_entry PRIMARY KEY (id);
ALTER TABLE ONLY pf.contract
    ADD CONSTRAINT pk_contract PRIMARY KEY (id);
ALTER TABLE ONLY pf.daily_production
    ADD CONSTRAINT pk_daily_production PRIMARY KEY (id);
ALTER TABLE ONLY pf.device
    ADD CONSTRAINT pk_device PRIMARY KEY (id);
ALTER TABLE ONLY pf.downtime
    ADD CONSTRAINT pk_downtime PRIMARY KEY (id);
ALTER TABLE ONLY pf.facility
    ADD CONSTRAINT pk_facility PRIMARY KEY (id);
ALTER TABLE ONLY pf.field
    ADD CONSTRAINT pk_field PRIMARY KEY (id);
ALTER TABLE ONLY pf.membership
    ADD CONSTRAINT pk_membership PRIMARY KEY (id);
ALTER TABLE ONLY pf.preference
    ADD CONSTRAINT pk_preference PRIMARY KEY (id);
ALTER TABLE ONLY pf.report
    ADD CONSTRAINT pk_report PRIMARY KEY (id);
ALTER TABLE ONLY pf.role
    ADD CONSTRAINT pk_role PRIMARY KEY (id);
ALTER TABLE ONLY pf.run
    ADD CONSTRAINT pk_run PRIMARY KEY (id);
ALTER TABLE ONLY pf.session
    ADD CONSTRAINT pk_session PRIMARY KEY (id);
ALTER TABLE ONLY pf.statement
    ADD CONSTRAINT pk_statement PRIMARY KEY (id);
ALTER TABLE ONLY pf.target
    ADD CONSTRAINT pk_target PRIMARY KEY (id);
ALTER TABLE ONLY pf.tariff
    ADD CONSTRAINT pk_tariff PRIMARY KEY (id);
ALTER TABLE ONLY pf.tenant
    ADD CONSTRAINT pk_tenant PRIMARY KEY (code);
ALTER TABLE ONLY pf."user"
    ADD CONSTRAINT pk_user PRIMARY KEY (id);
ALTER TABLE ONLY pf.well
    ADD CONSTRAINT pk_well PRIMARY KEY (id);
ALTER TABLE ONLY pf.well_status
    ADD CONSTRAINT pk_well_status PRIMARY KEY (id);
ALTER TABLE ONLY pf.well_test
    ADD CONSTRAINT pk_well_test PRIMARY KEY (id);
ALTER TABLE ONLY pf.wellpad
    ADD CONSTRAINT pk_wellpad PRIMARY KEY (id);
ALTER TABLE ONLY pf.alarm_journal
    ADD CONSTRAINT uq_alarm_journal_tenant_id UNIQUE (tenant, id);
ALTER TABLE ONLY pf.api_key
    ADD CONSTRAINT uq_api_key_tenant_id UNIQUE (tenant, id);
ALTER TABLE ONLY pf.api_key
    ADD CONSTRAINT uq_api_key_tenant_prefix UNIQUE (tenant, prefix);
ALTER TABLE ONLY pf.audit_entry
    ADD CONSTRAINT uq_audit_entry_tenant_id UNIQUE (tenant, id);
ALTER TABLE ONLY pf.audit_entry
    ADD CONSTRAINT uq_audit_entry_tenant_number UNIQUE (tenant, number);
ALTER TABLE ONLY pf.contract
    ADD CONSTRAINT uq_contract_tenant_code UNIQUE (tenant, code);
ALTER TABLE ONLY pf.contract
    ADD CONSTRAINT uq_contract_tenant_id UNIQUE (tenant, id);
ALTER TABLE ONLY pf.daily_production
    ADD CONSTRAINT uq_daily_production_tenant_id UNIQUE (tenant, id);
ALTER TABLE ONLY pf.device
    ADD CONSTRAINT uq_device_tenant_field_id_code UNIQUE (tenant, field_id, code);
ALTER TABLE ONLY pf.device
    ADD CONSTRAINT uq_device_tenant_id UNIQUE (tenant, id);
ALTER TABLE ONLY pf.downtime
    ADD CONSTRAINT uq_downtime_tenant_id UNIQUE (tenant, id);
ALTER TABLE ONLY pf.facility
    ADD CONSTRAINT uq_facility_tenant_field_id_kind_code UNIQUE (tenant, field_id, kind, code);
ALTER TABLE ONLY pf.facility
    ADD CONSTRAINT uq_facility_tenant_id UNIQUE (tenant, id);
ALTER TABLE ONLY pf.field
    ADD CONSTRAINT uq_field_tenant_code UNIQUE (tenant, code);
ALTER TABLE ONLY pf.field
    ADD CONSTRAINT uq_field_tenant_id UNIQUE (tenant, id);
ALTER TABLE ONLY pf.membership
    ADD CONSTRAINT uq_membership_tenant_id UNIQUE (tenant, id);
ALTER TABLE ONLY pf.preference
    ADD CONSTRAINT uq_preference_tenant_id UNIQUE (tenant, id);
ALTER TABLE ONLY pf.preference
    ADD CONSTRAINT uq_preference_tenant_user_id_key UNIQUE (tenant, user_id, key);
ALTER TABLE ONLY pf.report
    ADD CONSTRAINT uq_report_tenant_id UNIQUE (tenant, id);
ALTER TABLE ONLY pf.role
    ADD CONSTRAINT uq_role_tenant_code UNIQUE (tenant, code);
ALTER TABLE ONLY pf.role
    ADD CONSTRAINT uq_role_tenant_id UNIQUE (tenant, id);
ALTER TABLE ONLY pf.run
    ADD CONSTRAINT uq_run_tenant_id UNIQUE (tenant, id);
ALTER TABLE ONLY pf.session
    ADD CONSTRAINT uq_session_tenant_id UNIQUE (tenant, id);
ALTER TABLE ONLY pf.statement
    ADD CONSTRAINT uq_statement_tenant_id UNIQUE (tenant, id);
ALTER TABLE ONLY pf.statement
    ADD CONSTRAINT uq_statement_tenant_number UNIQUE (tenant, number);
ALTER TABLE ONLY pf.target
    ADD CONSTRAINT uq_target_tenant_id UNIQUE (tenant, id);
ALTER TABLE ONLY pf.tariff
    ADD CONSTRAINT uq_tariff_tenant_code_start UNIQUE (tenant, code, start);
ALTER TABLE ONLY pf.tariff
    ADD CONSTRAINT uq_tariff_tenant_id UNIQUE (tenant, id);
ALTER TABLE ONLY pf."user"
    ADD CONSTRAINT uq_user_tenant_folded UNIQUE (tenant, folded);
ALTER TABLE ONLY pf."user"
    ADD CONSTRAINT uq_user_tenant_id UNIQUE (tenant, id);
ALTER TABLE ONLY pf."user"
    ADD CONSTRAINT uq_user_tenant_issuer_subject UNIQUE (tenant, issuer, subject);
ALTER TABLE ONLY pf.well_status
    ADD CONSTRAINT uq_well_status_tenant_id UNIQUE (tenant, id);
ALTER TABLE ONLY pf.well
    ADD CONSTRAINT uq_well_tenant_field_id_code UNIQUE (tenant, field_id, code);
ALTER TABLE ONLY pf.well
    ADD CONSTRAINT uq_well_tenant_id UNIQUE (tenant, id);
ALTER TABLE ONLY pf.well_test
    ADD CONSTRAINT uq_well_test_tenant_id UNIQUE (tenant, id);
ALTER TABLE ONLY pf.wellpad
    ADD CONSTRAINT uq_wellpad_tenant_field_id_code UNIQUE (tenant, field_id, code);
ALTER TABLE ONLY pf.wellpad
    ADD CONSTRAINT uq_wellpad_tenant_id UNIQUE (tenant, id);
ALTER TABLE ONLY po.approval
    ADD CONSTRAINT pk_approval PRIMARY KEY (id);
ALTER TABLE ONLY po.recommendation
    ADD CONSTRAINT pk_recommendation PRIMARY KEY (id);
ALTER TABLE ONLY po.setpoint_change
    ADD CONSTRAINT pk_setpoint_change PRIMARY KEY (id);
ALTER TABLE ONLY po.approval
    ADD CONSTRAINT uq_approval_tenant_id UNIQUE (tenant, id);
ALTER TABLE ONLY po.recommendation
    ADD CONSTRAINT uq_recommendation_tenant_id UNIQUE (tenant, id);
ALTER TABLE ONLY po.setpoint_change
    ADD CONSTRAINT uq_setpoint_change_tenant_command UNIQUE (tenant, command);
ALTER TABLE ONLY po.setpoint_change
    ADD CONSTRAINT uq_setpoint_change_tenant_id UNIQUE (tenant, id);
ALTER TABLE ONLY public.ledger_version
    ADD CONSTRAINT ledger_version_pkey PRIMARY KEY (version_num);
CREATE INDEX ix_alarm_journal_field_id ON pf.alarm_journal USING btree (field_id);
CREATE INDEX ix_alarm_journal_time ON pf.alarm_journal USING btree (tenant, "time");
CREATE INDEX ix_api_key_user_id ON pf.api_key USING btree (user_id);
CREATE INDEX ix_audit_entry_tenant_subject ON pf.audit_entry USING btree (tenant, noun, subject);
CREATE INDEX ix_contract_field_id ON pf.contract USING btree (field_id);
CREATE INDEX ix_daily_production_date ON pf.daily_production USING btree (tenant, date);
CREATE INDEX ix_daily_production_field_id ON pf.daily_production USING btree (field_id);
CREATE INDEX ix_daily_production_well_id ON pf.daily_production USING btree (well_id);
CREATE INDEX ix_device_field_id ON pf.device USING btree (field_id);
CREATE INDEX ix_downtime_well_id ON pf.downtime USING btree (well_id);
CREATE INDEX ix_downtime_well_start ON pf.downtime USING btree (tenant, well_id, start);
CREATE INDEX ix_facility_field_id ON pf.facility USING btree (field_id);
CREATE INDEX ix_facility_wellpad_id ON pf.facility USING btree (wellpad_id);
CREATE INDEX ix_membership_user_id ON pf.membership USING btree (user_id);
CREATE INDEX ix_preference_user_id ON pf.preference USING btree (user_id);
CREATE INDEX ix_report_field_id ON pf.report USING btree (field_id);
CREATE INDEX ix_run_field_id ON pf.run USING btree (field_id);
CREATE INDEX ix_session_tenant_token ON pf.session USING btree (tenant, token);
CREATE INDEX ix_session_user_id ON pf.session USING btree (user_id);
CREATE INDEX ix_statement_contract_id ON pf.statement USING btree (contract_id);
CREATE INDEX ix_target_field_id ON pf.target USING btree (field_id);
CREATE INDEX ix_target_well_id ON pf.target USING btree (well_id);
CREATE INDEX ix_well_field_id ON pf.well USING btree (field_id);
CREATE INDEX ix_well_list ON pf.well USING btree (tenant, field_id, status, well_type, code);
CREATE INDEX ix_well_status_well_id ON pf.well_status USING btree (well_id);
CREATE INDEX ix_well_test_latest ON pf.well_test USING btree (tenant, well_id, start);
CREATE INDEX ix_well_test_well_id ON pf.well_test USING btree (well_id);
CREATE INDEX ix_well_wellpad_id ON pf.well USING btree (wellpad_id);
CREATE INDEX ix_wellpad_field_id ON pf.wellpad USING btree (field_id);
CREATE INDEX ix_recommendation_well_id ON po.recommendation USING btree (well_id);
CREATE INDEX ix_setpoint_change_recommendation_id ON po.setpoint_change USING btree (recommendation_id);
CREATE INDEX ix_setpoint_change_well_id ON po.setpoint_change USING btree (well_id);
ALTER TABLE ONLY pf.alarm_journal
    ADD CONSTRAINT fk_alarm_journal_tenant FOREIGN KEY (tenant) REFERENCES pf.tenant(code);
ALTER TABLE ONLY pf.alarm_journal
    ADD CONSTRAINT fk_alarm_journal_tenant_field_id FOREIGN KEY (tenant, field_id) REFERENCES pf.field(tenant, id);
ALTER TABLE ONLY pf.api_key
    ADD CONSTRAINT fk_api_key_tenant FOREIGN KEY (tenant) REFERENCES pf.tenant(code);
ALTER TABLE ONLY pf.api_key
    ADD CONSTRAINT fk_api_key_tenant_user_id FOREIGN KEY (tenant, user_id) REFERENCES pf."user"(tenant, id);
ALTER TABLE ONLY pf.audit_entry
    ADD CONSTRAINT fk_audit_entry_tenant FOREIGN KEY (tenant) REFERENCES pf.tenant(code);
ALTER TABLE ONLY pf.contract
    ADD CONSTRAINT fk_contract_tenant FOREIGN KEY (tenant) REFERENCES pf.tenant(code);
ALTER TABLE ONLY pf.contract
    ADD CONSTRAINT fk_contract_tenant_field_id FOREIGN KEY (tenant, field_id) REFERENCES pf.field(tenant, id);
ALTER TABLE ONLY pf.daily_production
    ADD CONSTRAINT fk_daily_production_tenant FOREIGN KEY (tenant) REFERENCES pf.tenant(code);
ALTER TABLE ONLY pf.daily_production
    ADD CONSTRAINT fk_daily_production_tenant_field_id FOREIGN KEY (tenant, field_id) REFERENCES pf.field(tenant, id);
ALTER TABLE ONLY pf.daily_production
    ADD CONSTRAINT fk_daily_production_tenant_well_id FOREIGN KEY (tenant, well_id) REFERENCES pf.well(tenant, id);
ALTER TABLE ONLY pf.device
    ADD CONSTRAINT fk_device_tenant FOREIGN KEY (tenant) REFERENCES pf.tenant(code);
ALTER TABLE ONLY pf.device
    ADD CONSTRAINT fk_device_tenant_field_id FOREIGN KEY (tenant, field_id) REFERENCES pf.field(tenant, id);
ALTER TABLE ONLY pf.downtime
    ADD CONSTRAINT fk_downtime_tenant FOREIGN KEY (tenant) REFERENCES pf.tenant(code);
ALTER TABLE ONLY pf.downtime
    ADD CONSTRAINT fk_downtime_tenant_well_id FOREIGN KEY (tenant, well_id) REFERENCES pf.well(tenant, id);
ALTER TABLE ONLY pf.facility
    ADD CONSTRAINT fk_facility_tenant FOREIGN KEY (tenant) REFERENCES pf.tenant(code);
ALTER TABLE ONLY pf.facility
    ADD CONSTRAINT fk_facility_tenant_field_id FOREIGN KEY (tenant, field_id) REFERENCES pf.field(tenant, id);
ALTER TABLE ONLY pf.facility
    ADD CONSTRAINT fk_facility_tenant_wellpad_id FOREIGN KEY (tenant, wellpad_id) REFERENCES pf.wellpad(tenant, id);
ALTER TABLE ONLY pf.field
    ADD CONSTRAINT fk_field_tenant FOREIGN KEY (tenant) REFERENCES pf.tenant(code);
ALTER TABLE ONLY pf.membership
    ADD CONSTRAINT fk_membership_tenant FOREIGN KEY (tenant) REFERENCES pf.tenant(code);
ALTER TABLE ONLY pf.membership
    ADD CONSTRAINT fk_membership_tenant_user_id FOREIGN KEY (tenant, user_id) REFERENCES pf."user"(tenant, id);
ALTER TABLE ONLY pf.preference
    ADD CONSTRAINT fk_preference_tenant FOREIGN KEY (tenant) REFERENCES pf.tenant(code);
ALTER TABLE ONLY pf.preference
    ADD CONSTRAINT fk_preference_tenant_user_id FOREIGN KEY (tenant, user_id) REFERENCES pf."user"(tenant, id);
ALTER TABLE ONLY pf.report
    ADD CONSTRAINT fk_report_tenant FOREIGN KEY (tenant) REFERENCES pf.tenant(code);
ALTER TABLE ONLY pf.report
    ADD CONSTRAINT fk_report_tenant_field_id FOREIGN KEY (tenant, field_id) REFERENCES pf.field(tenant, id);
ALTER TABLE ONLY pf.role
    ADD CONSTRAINT fk_role_tenant FOREIGN KEY (tenant) REFERENCES pf.tenant(code);
ALTER TABLE ONLY pf.run
    ADD CONSTRAINT fk_run_tenant FOREIGN KEY (tenant) REFERENCES pf.tenant(code);
ALTER TABLE ONLY pf.run
    ADD CONSTRAINT fk_run_tenant_field_id FOREIGN KEY (tenant, field_id) REFERENCES pf.field(tenant, id);
ALTER TABLE ONLY pf.session
    ADD CONSTRAINT fk_session_tenant FOREIGN KEY (tenant) REFERENCES pf.tenant(code);
ALTER TABLE ONLY pf.session
    ADD CONSTRAINT fk_session_tenant_user_id FOREIGN KEY (tenant, user_id) REFERENCES pf."user"(tenant, id);
ALTER TABLE ONLY pf.statement
    ADD CONSTRAINT fk_statement_tenant FOREIGN KEY (tenant) REFERENCES pf.tenant(code);
ALTER TABLE ONLY pf.statement
    ADD CONSTRAINT fk_statement_tenant_contract_id FOREIGN KEY (tenant, contract_id) REFERENCES pf.contract(tenant, id);
ALTER TABLE ONLY pf.target
    ADD CONSTRAINT fk_target_tenant FOREIGN KEY (tenant) REFERENCES pf.tenant(code);
ALTER TABLE ONLY pf.target
    ADD CONSTRAINT fk_target_tenant_field_id FOREIGN KEY (tenant, field_id) REFERENCES pf.field(tenant, id);
ALTER TABLE ONLY pf.target
    ADD CONSTRAINT fk_target_tenant_well_id FOREIGN KEY (tenant, well_id) REFERENCES pf.well(tenant, id);
ALTER TABLE ONLY pf.tariff
    ADD CONSTRAINT fk_tariff_tenant FOREIGN KEY (tenant) REFERENCES pf.tenant(code);
ALTER TABLE ONLY pf."user"
    ADD CONSTRAINT fk_user_tenant FOREIGN KEY (tenant) REFERENCES pf.tenant(code);
ALTER TABLE ONLY pf.well_status
    ADD CONSTRAINT fk_well_status_tenant FOREIGN KEY (tenant) REFERENCES pf.tenant(code);
ALTER TABLE ONLY pf.well_status
    ADD CONSTRAINT fk_well_status_tenant_well_id FOREIGN KEY (tenant, well_id) REFERENCES pf.well(tenant, id);
ALTER TABLE ONLY pf.well
    ADD CONSTRAINT fk_well_tenant FOREIGN KEY (tenant) REFERENCES pf.tenant(code);
ALTER TABLE ONLY pf.well
    ADD CONSTRAINT fk_well_tenant_field_id FOREIGN KEY (tenant, field_id) REFERENCES pf.field(tenant, id);
ALTER TABLE ONLY pf.well
    ADD CONSTRAINT fk_well_tenant_wellpad_id FOREIGN KEY (tenant, wellpad_id) REFERENCES pf.wellpad(tenant, id);
ALTER TABLE ONLY pf.well_test
    ADD CONSTRAINT fk_well_test_tenant FOREIGN KEY (tenant) REFERENCES pf.tenant(code);
ALTER TABLE ONLY pf.well_test
    ADD CONSTRAINT fk_well_test_tenant_well_id FOREIGN KEY (tenant, well_id) REFERENCES pf.well(tenant, id);
ALTER TABLE ONLY pf.wellpad
    ADD CONSTRAINT fk_wellpad_tenant FOREIGN KEY (tenant) REFERENCES pf.tenant(code);
ALTER TABLE ONLY pf.wellpad
    ADD CONSTRAINT fk_wellpad_tenant_field_id FOREIGN KEY (tenant, field_id) REFERENCES pf.field(tenant, id);
ALTER TABLE ONLY po.approval
    ADD CONSTRAINT fk_approval_tenant FOREIGN KEY (tenant) REFERENCES pf.tenant(code);
ALTER TABLE ONLY po.recommendation
    ADD CONSTRAINT fk_recommendation_tenant FOREIGN KEY (tenant) REFERENCES pf.tenant(code);
ALTER TABLE ONLY po.recommendation
    ADD CONSTRAINT fk_recommendation_tenant_well_id FOREIGN KEY (tenant, well_id) REFERENCES pf.well(tenant, id);
ALTER TABLE ONLY po.setpoint_change
    ADD CONSTRAINT fk_setpoint_change_tenant FOREIGN KEY (tenant) REFERENCES pf.tenant(code);
ALTER TABLE ONLY po.setpoint_change
    ADD CONSTRAINT fk_setpoint_change_tenant_recommendation_id FOREIGN KEY (tenant, recommendation_id) REFERENCES po.recommendation(tenant, id);
ALTER TABLE ONLY po.setpoint_change
    ADD CONSTRAINT fk_setpoint_change_tenant_well_id FOREIGN KEY (tenant, well_id) REFERENCES pf.well(tenant, id);
ALTER TABLE pf.alarm_journal ENABLE ROW LEVEL SECURITY;
ALTER TABLE pf.api_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE pf.audit_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE pf.contract ENABLE ROW LEVEL SECURITY;
ALTER TABLE pf.daily_production ENABLE ROW LEVEL SECURITY;
ALTER TABLE pf.device ENABLE ROW LEVEL SECURITY;
ALTER TABLE pf.downtime ENABLE ROW LEVEL SECURITY;
ALTER TABLE pf.facility ENABLE ROW LEVEL SECURITY;
ALTER TABLE pf.field ENABLE ROW LEVEL SECURITY;
ALTER TABLE pf.membership ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON pf.alarm_journal USING (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text))) WITH CHECK (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text)));
CREATE POLICY own ON pf.api_key USING (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text))) WITH CHECK (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text)));
CREATE POLICY own ON pf.audit_entry USING (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text))) WITH CHECK (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text)));
CREATE POLICY own ON pf.contract USING (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text))) WITH CHECK (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text)));
CREATE POLICY own ON pf.daily_production USING (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text))) WITH CHECK (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text)));
CREATE POLICY own ON pf.device USING (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text))) WITH CHECK (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text)));
CREATE POLICY own ON pf.downtime USING (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text))) WITH CHECK (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text)));
CREATE POLICY own ON pf.facility USING (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text))) WITH CHECK (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text)));
CREATE POLICY own ON pf.field USING (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text))) WITH CHECK (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text)));
CREATE POLICY own ON pf.membership USING (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text))) WITH CHECK (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text)));
CREATE POLICY own ON pf.preference USING (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text))) WITH CHECK (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text)));
CREATE POLICY own ON pf.report USING (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text))) WITH CHECK (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text)));
CREATE POLICY own ON pf.role USING (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text))) WITH CHECK (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text)));
CREATE POLICY own ON pf.run USING (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text))) WITH CHECK (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text)));
CREATE POLICY own ON pf.session USING (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text))) WITH CHECK (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text)));
CREATE POLICY own ON pf.statement USING (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text))) WITH CHECK (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text)));
CREATE POLICY own ON pf.target USING (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text))) WITH CHECK (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text)));
CREATE POLICY own ON pf.tariff USING (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text))) WITH CHECK (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text)));
CREATE POLICY own ON pf."user" USING (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text))) WITH CHECK (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text)));
CREATE POLICY own ON pf.well USING (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text))) WITH CHECK (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text)));
CREATE POLICY own ON pf.well_status USING (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text))) WITH CHECK (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text)));
CREATE POLICY own ON pf.well_test USING (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text))) WITH CHECK (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text)));
CREATE POLICY own ON pf.wellpad USING (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text))) WITH CHECK (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text)));
ALTER TABLE pf.preference ENABLE ROW LEVEL SECURITY;
ALTER TABLE pf.report ENABLE ROW LEVEL SECURITY;
ALTER TABLE pf.role ENABLE ROW LEVEL SECURITY;
ALTER TABLE pf.run ENABLE ROW LEVEL SECURITY;
ALTER TABLE pf.session ENABLE ROW LEVEL SECURITY;
ALTER TABLE pf.statement ENABLE ROW LEVEL SECURITY;
ALTER TABLE pf.target ENABLE ROW LEVEL SECURITY;
ALTER TABLE pf.tariff ENABLE ROW LEVEL SECURITY;
ALTER TABLE pf."user" ENABLE ROW LEVEL SECURITY;
ALTER TABLE pf.well ENABLE ROW LEVEL SECURITY;
ALTER TABLE pf.well_status ENABLE ROW LEVEL SECURITY;
ALTER TABLE pf.well_test ENABLE ROW LEVEL SECURITY;
ALTER TABLE pf.wellpad ENABLE ROW LEVEL SECURITY;
ALTER TABLE po.approval ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON po.approval USING (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text))) WITH CHECK (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text)));
CREATE POLICY own ON po.recommendation USING (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text))) WITH CHECK (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text)));
CREATE POLICY own ON po.setpoint_change USING (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text))) WITH CHECK (((tenant)::text = NULLIF(current_setting('app.tenant'::text, true), ''::text)));
ALTER TABLE po.recommendation ENABLE ROW LEVEL SECURITY;
ALTER TABLE po.setpoint_change ENABLE ROW LEVEL SECURITY;
GRANT USAGE ON SCHEMA pf TO gemelo_records;
GRANT USAGE ON SCHEMA po TO gemelo_records;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE pf.alarm_journal TO gemelo_records;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE pf.api_key TO gemelo_records;
GRANT SELECT,INSERT ON TABLE pf.audit_entry TO gemelo_records;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE pf.contract TO gemelo_records;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE pf.daily_production TO gemelo_records;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE pf.device TO gemelo_records;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE pf.downtime TO gemelo_records;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE pf.facility TO gemelo_records;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE pf.field TO gemelo_records;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE pf.membership TO gemelo_records;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE pf.preference TO gemelo_records;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE pf.report TO gemelo_records;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE pf.role TO gemelo_records;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE pf.run TO gemelo_records;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE pf.session TO gemelo_records;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE pf.statement TO gemelo_records;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE pf.target TO gemelo_records;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE pf.tariff TO gemelo_records;
GRANT SELECT,INSERT ON TABLE pf.tenant TO gemelo_records;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE pf."user" TO gemelo_records;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE pf.well TO gemelo_records;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE pf.well_status TO gemelo_records;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE pf.well_test TO gemelo_records;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE pf.wellpad TO gemelo_records;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE po.approval TO gemelo_records;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE po.recommendation TO gemelo_records;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE po.setpoint_change TO gemelo_records;
