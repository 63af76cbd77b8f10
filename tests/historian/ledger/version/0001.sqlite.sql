BEGIN TRANSACTION;
CREATE TABLE alarm_journal (
	id VARCHAR(32) NOT NULL, 
	tenant VARCHAR(64) NOT NULL, 
	version INTEGER NOT NULL, 
	created BIGINT NOT NULL, 
	changed BIGINT NOT NULL, 
	field_id VARCHAR(32), 
	alarm VARCHAR(200) NOT NULL, 
	tag VARCHAR(200) NOT NULL, 
	time BIGINT NOT NULL, 
	transition VARCHAR(32) NOT NULL, 
	state VARCHAR(32) NOT NULL, 
	"by" VARCHAR(200), 
	comment VARCHAR(1000), 
	entry JSON NOT NULL, 
	CONSTRAINT pk_alarm_journal PRIMARY KEY (id), 
	CONSTRAINT fk_alarm_journal_tenant_field_id FOREIGN KEY(tenant, field_id) REFERENCES field (tenant, id), 
	CONSTRAINT fk_alarm_journal_tenant FOREIGN KEY(tenant) REFERENCES tenant (code), 
	CONSTRAINT uq_alarm_journal_tenant_id UNIQUE (tenant, id)
);
CREATE TABLE api_key (
	id VARCHAR(32) NOT NULL, 
	tenant VARCHAR(64) NOT NULL, 
	version INTEGER NOT NULL, 
	created BIGINT NOT NULL, 
	changed BIGINT NOT NULL, 
	user_id VARCHAR(32) NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	prefix VARCHAR(16) NOT NULL, 
	token VARCHAR(128) NOT NULL, 
	scopes JSON NOT NULL, 
	expires BIGINT, 
	used BIGINT, 
	is_revoked BOOLEAN NOT NULL, 
	CONSTRAINT pk_api_key PRIMARY KEY (id), 
	CONSTRAINT fk_api_key_tenant_user_id FOREIGN KEY(tenant, user_id) REFERENCES user (tenant, id), 
	CONSTRAINT fk_api_key_tenant FOREIGN KEY(tenant) REFERENCES tenant (code), 
	CONSTRAINT uq_api_key_tenant_id UNIQUE (tenant, id), 
	CONSTRAINT uq_api_key_tenant_prefix UNIQUE (tenant, prefix)
);
CREATE TABLE approval (
	id VARCHAR(32) NOT NULL, 
	tenant VARCHAR(64) NOT NULL, 
	version INTEGER NOT NULL, 
	created BIGINT NOT NULL, 
	changed BIGINT NOT NULL, 
	noun VARCHAR(64) NOT NULL, 
	subject VARCHAR(200) NOT NULL, 
	"by" VARCHAR(200) NOT NULL, 
	time BIGINT NOT NULL, 
	verdict VARCHAR(16) NOT NULL, 
	reason VARCHAR(1000) NOT NULL, 
	CONSTRAINT pk_approval PRIMARY KEY (id), 
	CONSTRAINT ck_approval_verdict CHECK (verdict IN ('APPROVED', 'REJECTED')), 
	CONSTRAINT uq_approval_tenant_id UNIQUE (tenant, id)
);
CREATE TABLE audit_entry (
	id VARCHAR(32) NOT NULL, 
	tenant VARCHAR(64) NOT NULL, 
	version INTEGER NOT NULL, 
	created BIGINT NOT NULL, 
	changed BIGINT NOT NULL, 
	number INTEGER NOT NULL, 
	time BIGINT NOT NULL, 
	"by" VARCHAR(200) NOT NULL, 
	whence VARCHAR(200) NOT NULL, 
	action VARCHAR(64) NOT NULL, 
	noun VARCHAR(64) NOT NULL, 
	subject VARCHAR(200) NOT NULL, 
	"before" JSON, 
	"after" JSON, 
	reason VARCHAR(1000) NOT NULL, 
	previous VARCHAR(64) NOT NULL, 
	hash VARCHAR(64) NOT NULL, 
	CONSTRAINT pk_audit_entry PRIMARY KEY (id), 
	CONSTRAINT fk_audit_entry_tenant FOREIGN KEY(tenant) REFERENCES tenant (code), 
	CONSTRAINT uq_audit_entry_tenant_id UNIQUE (tenant, id), 
	CONSTRAINT uq_audit_entry_tenant_number UNIQUE (tenant, number)
);
INSERT INTO "audit_entry" VALUES('00ca012d77644b259e5db5cbf4395fdc','demo',1,1796104935238425329,1796104935238425329,1,1796104935238425329,'ana','here','create','field','be40bb7454b647ac9edc48cfaff17a02',NULL,'{"id":"be40bb7454b647ac9edc48cfaff17a02","version":1,"created":1796104935236949799,"changed":1796104935236949799,"code":"north","name":"North","latitude":null,"longitude":null,"engineering":null,"is_retired":false}','as it was','0000000000000000000000000000000000000000000000000000000000000000','5470b3ccee9a33df82c83690ef7fcf2160ffaf1fc2ddc9f036308574e01bd337');
INSERT INTO "audit_entry" VALUES('9961e1a1e0dd415080ba39304d01ea92','demo',1,1796104935243076296,1796104935243076296,2,1796104935243076296,'ana','here','create','wellpad','e346d69371e44c6db2508674d73c4f8e',NULL,'{"id":"e346d69371e44c6db2508674d73c4f8e","version":1,"created":1796104935239166685,"changed":1796104935239166685,"field_id":"be40bb7454b647ac9edc48cfaff17a02","code":"A","name":"Pad A","x":null,"y":null,"latitude":null,"longitude":null,"is_retired":false}','as it was','5470b3ccee9a33df82c83690ef7fcf2160ffaf1fc2ddc9f036308574e01bd337','3ae5e4f86217048359b3713675141c17fd6a1eaee72751319d71a5226fd2ca7a');
INSERT INTO "audit_entry" VALUES('7db4491eb7084c51a6e9a43f77542d16','demo',1,1796104935245042008,1796104935245042008,3,1796104935245042008,'ana','here','create','well','5bf189a96c3f4667977a092057e8803c',NULL,'{"id":"5bf189a96c3f4667977a092057e8803c","version":1,"created":1796104935243232980,"changed":1796104935243232980,"field_id":"be40bb7454b647ac9edc48cfaff17a02","wellpad_id":"e346d69371e44c6db2508674d73c4f8e","code":"N-1","name":"Norte 1","well_type":"PROD_OIL","lift":"ESP","status":"ACTIVE","x":1.5,"y":2.5,"latitude":null,"longitude":null,"engineering":null}','as it was','3ae5e4f86217048359b3713675141c17fd6a1eaee72751319d71a5226fd2ca7a','eeafc4b65837dddbc742813f531c2b84ff7a72da0784a1281b2b2c5124791ac9');
INSERT INTO "audit_entry" VALUES('c3bd243cd19a40478d39b67b953639ba','demo',1,1796104935246384480,1796104935246384480,4,1796104935246384480,'ana','here','create','well_status','9b4c84df55254667bf58f080dafc0cac',NULL,'{"id":"9b4c84df55254667bf58f080dafc0cac","version":1,"created":1796104935245172723,"changed":1796104935245172723,"well_id":"5bf189a96c3f4667977a092057e8803c","status":"ACTIVE","start":1,"reason":"drilled","by":"ana"}','as it was','eeafc4b65837dddbc742813f531c2b84ff7a72da0784a1281b2b2c5124791ac9','06d7896034d8a2c67261def8be6bbaf591befcd2bb339a04d313b7a8f8a38bb0');
INSERT INTO "audit_entry" VALUES('150659d0fccd4061912c4910dff95be8','demo',1,1796104935247351903,1796104935247351903,5,1796104935247351903,'ana','here','create','well_test','a5cf024af0554dd08872fe437e556e77',NULL,'{"id":"a5cf024af0554dd08872fe437e556e77","version":1,"created":1796104935246497569,"changed":1796104935246497569,"well_id":"5bf189a96c3f4667977a092057e8803c","start":1,"end":2,"oil":0.001,"water":0.002,"gas":0.1,"wellhead_pressure":null,"choke":null,"frequency":null,"state":"VALID","remark":null}','as it was','06d7896034d8a2c67261def8be6bbaf591befcd2bb339a04d313b7a8f8a38bb0','3b8d78a05b67d1064a258b860def308d7f26ea092cefb9a3edcb196b0e73442c');
INSERT INTO "audit_entry" VALUES('30a1b0fc67794942bfd4d2241418013f','demo',1,1796104935248097265,1796104935248097265,6,1796104935248097265,'ana','here','create','downtime','1fd0e0f3884d42d8b73f12c01e70d8e9',NULL,'{"id":"1fd0e0f3884d42d8b73f12c01e70d8e9","version":1,"created":1796104935247455538,"changed":1796104935247455538,"well_id":"5bf189a96c3f4667977a092057e8803c","start":1,"end":null,"reason":"ESP_TRIP","deferred_oil":null,"remark":null}','as it was','3b8d78a05b67d1064a258b860def308d7f26ea092cefb9a3edcb196b0e73442c','0d642e9009ad0319cc7ff8052677a075aa37f8b5fbfb60458cd385682d476b3a');
INSERT INTO "audit_entry" VALUES('2476b68f2d234f71a5cf9d7d9547f218','demo',1,1796104935250764152,1796104935250764152,7,1796104935250764152,'ana','here','create','user','5636e2d759a04317bb356a5c39d629ad',NULL,'{"id":"5636e2d759a04317bb356a5c39d629ad","version":1,"created":1796104935248183544,"changed":1796104935248183544,"login":"ana","folded":"ana","name":"Ana","email":null,"language":"es","password":"…","must_change":false,"is_active":true,"issuer":null,"subject":null}','as it was','0d642e9009ad0319cc7ff8052677a075aa37f8b5fbfb60458cd385682d476b3a','d4f408180b0386247e6e593686eae3907a985b11d197cdeb3f1625659fb99e40');
INSERT INTO "audit_entry" VALUES('a12c1b69f13647b9b07bcf32ed3415f5','demo',1,1796104935252010221,1796104935252010221,8,1796104935252010221,'ana','here','create','membership','5816d255b95145a79600db1e6fd8a59d',NULL,'{"id":"5816d255b95145a79600db1e6fd8a59d","version":1,"created":1796104935250888007,"changed":1796104935250888007,"user_id":"5636e2d759a04317bb356a5c39d629ad","role":"engineer","field":"*","assets":["*"]}','as it was','d4f408180b0386247e6e593686eae3907a985b11d197cdeb3f1625659fb99e40','e8c41cc2fa9be4b872d0f219629c499c07120e7f946f8580ad598c2d92c55291');
INSERT INTO "audit_entry" VALUES('e2a3f67619794133a9fb82fcf4058114','other',1,1796104935265580010,1796104935265580010,1,1796104935265580010,'ana','here','create','field','33249c9a669b44249a45b33608cab644',NULL,'{"id":"33249c9a669b44249a45b33608cab644","version":1,"created":1796104935265006925,"changed":1796104935265006925,"code":"north","name":"North","latitude":null,"longitude":null,"engineering":null,"is_retired":false}','as it was','0000000000000000000000000000000000000000000000000000000000000000','d66ef0193968e41a51e223772c3ea673b31b1c2f65a4ab30fe3190870407ce29');
INSERT INTO "audit_entry" VALUES('083553fb9d09495888d833b3912df933','other',1,1796104935266242208,1796104935266242208,2,1796104935266242208,'ana','here','create','wellpad','dc76d1a3d49448c6ad802115ee4b3371',NULL,'{"id":"dc76d1a3d49448c6ad802115ee4b3371","version":1,"created":1796104935265739548,"changed":1796104935265739548,"field_id":"33249c9a669b44249a45b33608cab644","code":"A","name":"Pad A","x":null,"y":null,"latitude":null,"longitude":null,"is_retired":false}','as it was','d66ef0193968e41a51e223772c3ea673b31b1c2f65a4ab30fe3190870407ce29','b7b254173036063d9c9645dc11d960dbd842998cf0e88cfa518b90d186775fcf');
INSERT INTO "audit_entry" VALUES('8fa0db40e0114fe0a50ccde87b28407d','other',1,1796104935267150142,1796104935267150142,3,1796104935267150142,'ana','here','create','well','4e357b50abff440982d4eac7b981cf92',NULL,'{"id":"4e357b50abff440982d4eac7b981cf92","version":1,"created":1796104935266332933,"changed":1796104935266332933,"field_id":"33249c9a669b44249a45b33608cab644","wellpad_id":"dc76d1a3d49448c6ad802115ee4b3371","code":"N-1","name":"Norte 1","well_type":"PROD_OIL","lift":"ESP","status":"ACTIVE","x":1.5,"y":2.5,"latitude":null,"longitude":null,"engineering":null}','as it was','b7b254173036063d9c9645dc11d960dbd842998cf0e88cfa518b90d186775fcf','fcb8c7e03feb66bbf192a8c6af96f96240e75479427b65d8b290236f82c9924a');
INSERT INTO "audit_entry" VALUES('4fa0269d8290448ba28d69f3d3949939','other',1,1796104935267586793,1796104935267586793,4,1796104935267586793,'ana','here','create','well_status','2ad3f1fd28084cfa8e6167c5667aa4dd',NULL,'{"id":"2ad3f1fd28084cfa8e6167c5667aa4dd","version":1,"created":1796104935267257692,"changed":1796104935267257692,"well_id":"4e357b50abff440982d4eac7b981cf92","status":"ACTIVE","start":1,"reason":"drilled","by":"ana"}','as it was','fcb8c7e03feb66bbf192a8c6af96f96240e75479427b65d8b290236f82c9924a','e27d6e3929b53b0d93022dad3614a68257ad05cc7724b0833813e302256bb986');
INSERT INTO "audit_entry" VALUES('40ce5a04597e4bb1a13f37b34cf29c48','other',1,1796104935267977616,1796104935267977616,5,1796104935267977616,'ana','here','create','well_test','b5e1afe87c0b45bdb4cfe4060467b887',NULL,'{"id":"b5e1afe87c0b45bdb4cfe4060467b887","version":1,"created":1796104935267659632,"changed":1796104935267659632,"well_id":"4e357b50abff440982d4eac7b981cf92","start":1,"end":2,"oil":0.001,"water":0.002,"gas":0.1,"wellhead_pressure":null,"choke":null,"frequency":null,"state":"VALID","remark":null}','as it was','e27d6e3929b53b0d93022dad3614a68257ad05cc7724b0833813e302256bb986','c9bc6b1066b173cb450cbeb3edbba6129006ab71ce266d7ea0221682df2a40ca');
INSERT INTO "audit_entry" VALUES('42cb85afb5454284b6d9af5da67ef14d','other',1,1796104935268389170,1796104935268389170,6,1796104935268389170,'ana','here','create','downtime','d199a0b0411349a8a9a0aa22a366f64a',NULL,'{"id":"d199a0b0411349a8a9a0aa22a366f64a","version":1,"created":1796104935268050936,"changed":1796104935268050936,"well_id":"4e357b50abff440982d4eac7b981cf92","start":1,"end":null,"reason":"ESP_TRIP","deferred_oil":null,"remark":null}','as it was','c9bc6b1066b173cb450cbeb3edbba6129006ab71ce266d7ea0221682df2a40ca','f8aa1b40795cd8f3041993796ad3dbcc537ae85c86e49a31fd4ab1217c46712d');
INSERT INTO "audit_entry" VALUES('59fc689f106d42329d462eed53ab8d72','other',1,1796104935268581477,1796104935268581477,7,1796104935268581477,'ana','here','create','user','c1eb6a8cb984410fa67235dde1398db2',NULL,'{"id":"c1eb6a8cb984410fa67235dde1398db2","version":1,"created":1796104935268466275,"changed":1796104935268466275,"login":"ana","folded":"ana","name":"Ana","email":null,"language":"es","password":"…","must_change":false,"is_active":true,"issuer":null,"subject":null}','as it was','f8aa1b40795cd8f3041993796ad3dbcc537ae85c86e49a31fd4ab1217c46712d','f25a0050bc82b9bafdedf5be3af954e38d45782329312a187a0972c50d68010b');
INSERT INTO "audit_entry" VALUES('558d52c313ac47688ab4b4e50f7277f3','other',1,1796104935269004888,1796104935269004888,8,1796104935269004888,'ana','here','create','membership','f051bbedd3244d8ebd9571458f164f87',NULL,'{"id":"f051bbedd3244d8ebd9571458f164f87","version":1,"created":1796104935268651601,"changed":1796104935268651601,"user_id":"c1eb6a8cb984410fa67235dde1398db2","role":"engineer","field":"*","assets":["*"]}','as it was','f25a0050bc82b9bafdedf5be3af954e38d45782329312a187a0972c50d68010b','651485cf52708ffb9749b840fdb1c6cf2b0349a0b95975e9ee619816f05f1fff');
CREATE TABLE contract (
	id VARCHAR(32) NOT NULL, 
	tenant VARCHAR(64) NOT NULL, 
	version INTEGER NOT NULL, 
	created BIGINT NOT NULL, 
	changed BIGINT NOT NULL, 
	field_id VARCHAR(32), 
	code VARCHAR(64) NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	party VARCHAR(200) NOT NULL, 
	currency VARCHAR(3) NOT NULL, 
	royalty VARCHAR(40) NOT NULL, 
	partners JSON NOT NULL, 
	tariffs JSON NOT NULL, 
	start DATE NOT NULL, 
	"end" DATE, 
	CONSTRAINT pk_contract PRIMARY KEY (id), 
	CONSTRAINT fk_contract_tenant_field_id FOREIGN KEY(tenant, field_id) REFERENCES field (tenant, id), 
	CONSTRAINT fk_contract_tenant FOREIGN KEY(tenant) REFERENCES tenant (code), 
	CONSTRAINT uq_contract_tenant_id UNIQUE (tenant, id), 
	CONSTRAINT uq_contract_tenant_code UNIQUE (tenant, code)
);
CREATE TABLE daily_production (
	id VARCHAR(32) NOT NULL, 
	tenant VARCHAR(64) NOT NULL, 
	version INTEGER NOT NULL, 
	created BIGINT NOT NULL, 
	changed BIGINT NOT NULL, 
	field_id VARCHAR(32) NOT NULL, 
	well_id VARCHAR(32), 
	date DATE NOT NULL, 
	uptime FLOAT NOT NULL, 
	oil FLOAT NOT NULL, 
	gas FLOAT NOT NULL, 
	water FLOAT NOT NULL, 
	gas_flared FLOAT NOT NULL, 
	water_injected FLOAT NOT NULL, 
	gas_injected FLOAT NOT NULL, 
	deferred_oil FLOAT NOT NULL, 
	energy FLOAT NOT NULL, 
	chemicals FLOAT NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	corrects VARCHAR(32), 
	reason VARCHAR(1000), 
	basis JSON NOT NULL, 
	CONSTRAINT pk_daily_production PRIMARY KEY (id), 
	CONSTRAINT fk_daily_production_tenant_field_id FOREIGN KEY(tenant, field_id) REFERENCES field (tenant, id), 
	CONSTRAINT fk_daily_production_tenant_well_id FOREIGN KEY(tenant, well_id) REFERENCES well (tenant, id), 
	CONSTRAINT ck_daily_production_state CHECK (state IN ('OPEN', 'CLOSED', 'CORRECTION')), 
	CONSTRAINT fk_daily_production_tenant FOREIGN KEY(tenant) REFERENCES tenant (code), 
	CONSTRAINT uq_daily_production_tenant_id UNIQUE (tenant, id)
);
CREATE TABLE device (
	id VARCHAR(32) NOT NULL, 
	tenant VARCHAR(64) NOT NULL, 
	version INTEGER NOT NULL, 
	created BIGINT NOT NULL, 
	changed BIGINT NOT NULL, 
	field_id VARCHAR(32) NOT NULL, 
	code VARCHAR(100) NOT NULL, 
	protocol VARCHAR(32) NOT NULL, 
	profile VARCHAR(100), 
	asset VARCHAR(100), 
	endpoint VARCHAR(300) NOT NULL, 
	is_simulated BOOLEAN NOT NULL, 
	is_primary BOOLEAN NOT NULL, 
	is_retired BOOLEAN NOT NULL, 
	CONSTRAINT pk_device PRIMARY KEY (id), 
	CONSTRAINT fk_device_tenant_field_id FOREIGN KEY(tenant, field_id) REFERENCES field (tenant, id), 
	CONSTRAINT fk_device_tenant FOREIGN KEY(tenant) REFERENCES tenant (code), 
	CONSTRAINT uq_device_tenant_id UNIQUE (tenant, id), 
	CONSTRAINT uq_device_tenant_field_id_code UNIQUE (tenant, field_id, code)
);
CREATE TABLE downtime (
	id VARCHAR(32) NOT NULL, 
	tenant VARCHAR(64) NOT NULL, 
	version INTEGER NOT NULL, 
	created BIGINT NOT NULL, 
	changed BIGINT NOT NULL, 
	well_id VARCHAR(32) NOT NULL, 
	start BIGINT NOT NULL, 
	"end" BIGINT, 
	reason VARCHAR(32) NOT NULL, 
	deferred_oil FLOAT, 
	remark VARCHAR(1000), 
	CONSTRAINT pk_downtime PRIMARY KEY (id), 
	CONSTRAINT fk_downtime_tenant_well_id FOREIGN KEY(tenant, well_id) REFERENCES well (tenant, id), 
	CONSTRAINT ck_downtime_reason CHECK (reason IN ('ESP_TRIP', 'ELECTRICAL', 'WORKOVER', 'WELL_TEST', 'FACILITY', 'FLOW_ASSURANCE', 'WEATHER', 'RESERVOIR', 'PLANNED', 'OTHER')), 
	CONSTRAINT fk_downtime_tenant FOREIGN KEY(tenant) REFERENCES tenant (code), 
	CONSTRAINT uq_downtime_tenant_id UNIQUE (tenant, id)
);
INSERT INTO "downtime" VALUES('1fd0e0f3884d42d8b73f12c01e70d8e9','demo',1,1796104935247455538,1796104935247455538,'5bf189a96c3f4667977a092057e8803c',1,NULL,'ESP_TRIP',NULL,NULL);
INSERT INTO "downtime" VALUES('d199a0b0411349a8a9a0aa22a366f64a','other',1,1796104935268050936,1796104935268050936,'4e357b50abff440982d4eac7b981cf92',1,NULL,'ESP_TRIP',NULL,NULL);
CREATE TABLE facility (
	id VARCHAR(32) NOT NULL, 
	tenant VARCHAR(64) NOT NULL, 
	version INTEGER NOT NULL, 
	created BIGINT NOT NULL, 
	changed BIGINT NOT NULL, 
	field_id VARCHAR(32) NOT NULL, 
	wellpad_id VARCHAR(32), 
	code VARCHAR(64) NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	x FLOAT, 
	y FLOAT, 
	latitude FLOAT, 
	longitude FLOAT, 
	engineering JSON, 
	is_retired BOOLEAN NOT NULL, 
	CONSTRAINT pk_facility PRIMARY KEY (id), 
	CONSTRAINT fk_facility_tenant_field_id FOREIGN KEY(tenant, field_id) REFERENCES field (tenant, id), 
	CONSTRAINT fk_facility_tenant_wellpad_id FOREIGN KEY(tenant, wellpad_id) REFERENCES wellpad (tenant, id), 
	CONSTRAINT fk_facility_tenant FOREIGN KEY(tenant) REFERENCES tenant (code), 
	CONSTRAINT uq_facility_tenant_id UNIQUE (tenant, id), 
	CONSTRAINT uq_facility_tenant_field_id_kind_code UNIQUE (tenant, field_id, kind, code)
);
CREATE TABLE field (
	id VARCHAR(32) NOT NULL, 
	tenant VARCHAR(64) NOT NULL, 
	version INTEGER NOT NULL, 
	created BIGINT NOT NULL, 
	changed BIGINT NOT NULL, 
	code VARCHAR(64) NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	latitude FLOAT, 
	longitude FLOAT, 
	engineering JSON, 
	is_retired BOOLEAN NOT NULL, 
	CONSTRAINT pk_field PRIMARY KEY (id), 
	CONSTRAINT fk_field_tenant FOREIGN KEY(tenant) REFERENCES tenant (code), 
	CONSTRAINT uq_field_tenant_id UNIQUE (tenant, id), 
	CONSTRAINT uq_field_tenant_code UNIQUE (tenant, code)
);
INSERT INTO "field" VALUES('be40bb7454b647ac9edc48cfaff17a02','demo',1,1796104935236949799,1796104935236949799,'north','North',NULL,NULL,NULL,0);
INSERT INTO "field" VALUES('33249c9a669b44249a45b33608cab644','other',1,1796104935265006925,1796104935265006925,'north','North',NULL,NULL,NULL,0);
CREATE TABLE ledger_version (version_num varchar(32) not null primary key);
INSERT INTO "ledger_version" VALUES('0001');
CREATE TABLE membership (
	id VARCHAR(32) NOT NULL, 
	tenant VARCHAR(64) NOT NULL, 
	version INTEGER NOT NULL, 
	created BIGINT NOT NULL, 
	changed BIGINT NOT NULL, 
	user_id VARCHAR(32) NOT NULL, 
	role VARCHAR(64) NOT NULL, 
	field VARCHAR(200) NOT NULL, 
	assets JSON NOT NULL, 
	CONSTRAINT pk_membership PRIMARY KEY (id), 
	CONSTRAINT fk_membership_tenant_user_id FOREIGN KEY(tenant, user_id) REFERENCES user (tenant, id), 
	CONSTRAINT fk_membership_tenant FOREIGN KEY(tenant) REFERENCES tenant (code), 
	CONSTRAINT uq_membership_tenant_id UNIQUE (tenant, id)
);
INSERT INTO "membership" VALUES('5816d255b95145a79600db1e6fd8a59d','demo',1,1796104935250888007,1796104935250888007,'5636e2d759a04317bb356a5c39d629ad','engineer','*','["*"]');
INSERT INTO "membership" VALUES('f051bbedd3244d8ebd9571458f164f87','other',1,1796104935268651601,1796104935268651601,'c1eb6a8cb984410fa67235dde1398db2','engineer','*','["*"]');
CREATE TABLE preference (
	id VARCHAR(32) NOT NULL, 
	tenant VARCHAR(64) NOT NULL, 
	version INTEGER NOT NULL, 
	created BIGINT NOT NULL, 
	changed BIGINT NOT NULL, 
	user_id VARCHAR(32) NOT NULL, 
	"key" VARCHAR(100) NOT NULL, 
	value JSON NOT NULL, 
	CONSTRAINT pk_preference PRIMARY KEY (id), 
	CONSTRAINT fk_preference_tenant_user_id FOREIGN KEY(tenant, user_id) REFERENCES user (tenant, id), 
	CONSTRAINT fk_preference_tenant FOREIGN KEY(tenant) REFERENCES tenant (code), 
	CONSTRAINT uq_preference_tenant_id UNIQUE (tenant, id), 
	CONSTRAINT uq_preference_tenant_user_id_key UNIQUE (tenant, user_id, "key")
);
CREATE TABLE recommendation (
	id VARCHAR(32) NOT NULL, 
	tenant VARCHAR(64) NOT NULL, 
	version INTEGER NOT NULL, 
	created BIGINT NOT NULL, 
	changed BIGINT NOT NULL, 
	well_id VARCHAR(32), 
	time BIGINT NOT NULL, 
	tag VARCHAR(200) NOT NULL, 
	current FLOAT, 
	proposed FLOAT NOT NULL, 
	why VARCHAR(2000) NOT NULL, 
	expected JSON NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	CONSTRAINT pk_recommendation PRIMARY KEY (id), 
	CONSTRAINT ck_recommendation_state CHECK (state IN ('PROPOSED', 'APPROVED', 'REJECTED', 'APPLIED', 'EXPIRED')), 
	CONSTRAINT uq_recommendation_tenant_id UNIQUE (tenant, id)
);
CREATE TABLE report (
	id VARCHAR(32) NOT NULL, 
	tenant VARCHAR(64) NOT NULL, 
	version INTEGER NOT NULL, 
	created BIGINT NOT NULL, 
	changed BIGINT NOT NULL, 
	field_id VARCHAR(32), 
	kind VARCHAR(32) NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	asked JSON NOT NULL, 
	"by" VARCHAR(200) NOT NULL, 
	role VARCHAR(64) NOT NULL, 
	progress FLOAT NOT NULL, 
	path VARCHAR(500), 
	detail VARCHAR(1000), 
	done BIGINT, 
	CONSTRAINT pk_report PRIMARY KEY (id), 
	CONSTRAINT fk_report_tenant_field_id FOREIGN KEY(tenant, field_id) REFERENCES field (tenant, id), 
	CONSTRAINT ck_report_state CHECK (state IN ('QUEUED', 'RUNNING', 'DONE', 'FAILED')), 
	CONSTRAINT fk_report_tenant FOREIGN KEY(tenant) REFERENCES tenant (code), 
	CONSTRAINT uq_report_tenant_id UNIQUE (tenant, id)
);
CREATE TABLE role (
	id VARCHAR(32) NOT NULL, 
	tenant VARCHAR(64) NOT NULL, 
	version INTEGER NOT NULL, 
	created BIGINT NOT NULL, 
	changed BIGINT NOT NULL, 
	code VARCHAR(64) NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	rank INTEGER NOT NULL, 
	permissions JSON NOT NULL, 
	CONSTRAINT pk_role PRIMARY KEY (id), 
	CONSTRAINT fk_role_tenant FOREIGN KEY(tenant) REFERENCES tenant (code), 
	CONSTRAINT uq_role_tenant_id UNIQUE (tenant, id), 
	CONSTRAINT uq_role_tenant_code UNIQUE (tenant, code)
);
CREATE TABLE run (
	id VARCHAR(32) NOT NULL, 
	tenant VARCHAR(64) NOT NULL, 
	version INTEGER NOT NULL, 
	created BIGINT NOT NULL, 
	changed BIGINT NOT NULL, 
	field_id VARCHAR(32), 
	kind VARCHAR(16) NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	start BIGINT NOT NULL, 
	"end" BIGINT, 
	state VARCHAR(16) NOT NULL, 
	"by" VARCHAR(200) NOT NULL, 
	asked JSON NOT NULL, 
	result JSON, 
	CONSTRAINT pk_run PRIMARY KEY (id), 
	CONSTRAINT fk_run_tenant_field_id FOREIGN KEY(tenant, field_id) REFERENCES field (tenant, id), 
	CONSTRAINT ck_run_kind CHECK (kind IN ('SCENARIO', 'DRILL', 'HIL', 'STUDY')), 
	CONSTRAINT ck_run_state CHECK (state IN ('RUNNING', 'PASSED', 'FAILED', 'BROKEN', 'CANCELLED')), 
	CONSTRAINT fk_run_tenant FOREIGN KEY(tenant) REFERENCES tenant (code), 
	CONSTRAINT uq_run_tenant_id UNIQUE (tenant, id)
);
CREATE TABLE session (
	id VARCHAR(32) NOT NULL, 
	tenant VARCHAR(64) NOT NULL, 
	version INTEGER NOT NULL, 
	created BIGINT NOT NULL, 
	changed BIGINT NOT NULL, 
	user_id VARCHAR(32) NOT NULL, 
	token VARCHAR(128) NOT NULL, 
	previous VARCHAR(128), 
	used BIGINT NOT NULL, 
	expires BIGINT NOT NULL, 
	is_revoked BOOLEAN NOT NULL, 
	whence VARCHAR(200), 
	agent VARCHAR(300), 
	CONSTRAINT pk_session PRIMARY KEY (id), 
	CONSTRAINT fk_session_tenant_user_id FOREIGN KEY(tenant, user_id) REFERENCES user (tenant, id), 
	CONSTRAINT fk_session_tenant FOREIGN KEY(tenant) REFERENCES tenant (code), 
	CONSTRAINT uq_session_tenant_id UNIQUE (tenant, id)
);
CREATE TABLE setpoint_change (
	id VARCHAR(32) NOT NULL, 
	tenant VARCHAR(64) NOT NULL, 
	version INTEGER NOT NULL, 
	created BIGINT NOT NULL, 
	changed BIGINT NOT NULL, 
	well_id VARCHAR(32), 
	recommendation_id VARCHAR(32), 
	time BIGINT NOT NULL, 
	tag VARCHAR(200) NOT NULL, 
	"before" FLOAT, 
	"after" FLOAT NOT NULL, 
	"by" VARCHAR(200) NOT NULL, 
	reason VARCHAR(1000) NOT NULL, 
	command VARCHAR(100) NOT NULL, 
	outcome VARCHAR(16) NOT NULL, 
	CONSTRAINT pk_setpoint_change PRIMARY KEY (id), 
	CONSTRAINT fk_setpoint_change_tenant_recommendation_id FOREIGN KEY(tenant, recommendation_id) REFERENCES recommendation (tenant, id), 
	CONSTRAINT uq_setpoint_change_tenant_id UNIQUE (tenant, id), 
	CONSTRAINT uq_setpoint_change_tenant_command UNIQUE (tenant, command)
);
CREATE TABLE statement (
	id VARCHAR(32) NOT NULL, 
	tenant VARCHAR(64) NOT NULL, 
	version INTEGER NOT NULL, 
	created BIGINT NOT NULL, 
	changed BIGINT NOT NULL, 
	contract_id VARCHAR(32) NOT NULL, 
	number VARCHAR(64) NOT NULL, 
	start DATE NOT NULL, 
	"end" DATE NOT NULL, 
	currency VARCHAR(3) NOT NULL, 
	lines JSON NOT NULL, 
	total VARCHAR(40) NOT NULL, 
	state VARCHAR(16) NOT NULL, 
	credits VARCHAR(32), 
	CONSTRAINT pk_statement PRIMARY KEY (id), 
	CONSTRAINT fk_statement_tenant_contract_id FOREIGN KEY(tenant, contract_id) REFERENCES contract (tenant, id), 
	CONSTRAINT ck_statement_state CHECK (state IN ('DRAFT', 'ISSUED', 'CREDITED')), 
	CONSTRAINT fk_statement_tenant FOREIGN KEY(tenant) REFERENCES tenant (code), 
	CONSTRAINT uq_statement_tenant_id UNIQUE (tenant, id), 
	CONSTRAINT uq_statement_tenant_number UNIQUE (tenant, number)
);
CREATE TABLE target (
	id VARCHAR(32) NOT NULL, 
	tenant VARCHAR(64) NOT NULL, 
	version INTEGER NOT NULL, 
	created BIGINT NOT NULL, 
	changed BIGINT NOT NULL, 
	field_id VARCHAR(32) NOT NULL, 
	well_id VARCHAR(32), 
	start DATE NOT NULL, 
	"end" DATE NOT NULL, 
	oil FLOAT, 
	gas FLOAT, 
	water FLOAT, 
	uptime FLOAT, 
	remark VARCHAR(1000), 
	CONSTRAINT pk_target PRIMARY KEY (id), 
	CONSTRAINT fk_target_tenant_field_id FOREIGN KEY(tenant, field_id) REFERENCES field (tenant, id), 
	CONSTRAINT fk_target_tenant_well_id FOREIGN KEY(tenant, well_id) REFERENCES well (tenant, id), 
	CONSTRAINT fk_target_tenant FOREIGN KEY(tenant) REFERENCES tenant (code), 
	CONSTRAINT uq_target_tenant_id UNIQUE (tenant, id)
);
CREATE TABLE tariff (
	id VARCHAR(32) NOT NULL, 
	tenant VARCHAR(64) NOT NULL, 
	version INTEGER NOT NULL, 
	created BIGINT NOT NULL, 
	changed BIGINT NOT NULL, 
	code VARCHAR(64) NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	basis VARCHAR(32) NOT NULL, 
	rate VARCHAR(40) NOT NULL, 
	currency VARCHAR(3) NOT NULL, 
	start DATE NOT NULL, 
	"end" DATE, 
	terms JSON NOT NULL, 
	CONSTRAINT pk_tariff PRIMARY KEY (id), 
	CONSTRAINT fk_tariff_tenant FOREIGN KEY(tenant) REFERENCES tenant (code), 
	CONSTRAINT uq_tariff_tenant_id UNIQUE (tenant, id), 
	CONSTRAINT uq_tariff_tenant_code_start UNIQUE (tenant, code, start)
);
CREATE TABLE tenant (
	code VARCHAR(64) NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	created BIGINT NOT NULL, 
	CONSTRAINT pk_tenant PRIMARY KEY (code)
);
INSERT INTO "tenant" VALUES('demo','Demo',1796104935234097514);
INSERT INTO "tenant" VALUES('other','Other',1796104935261417592);
CREATE TABLE user (
	id VARCHAR(32) NOT NULL, 
	tenant VARCHAR(64) NOT NULL, 
	version INTEGER NOT NULL, 
	created BIGINT NOT NULL, 
	changed BIGINT NOT NULL, 
	login VARCHAR(100) NOT NULL, 
	folded VARCHAR(100) NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	email VARCHAR(254), 
	language VARCHAR(8) NOT NULL, 
	password VARCHAR(500), 
	must_change BOOLEAN NOT NULL, 
	is_active BOOLEAN NOT NULL, 
	issuer VARCHAR(500), 
	subject VARCHAR(255), 
	CONSTRAINT pk_user PRIMARY KEY (id), 
	CONSTRAINT ck_user_language CHECK (language IN ('en', 'es')), 
	CONSTRAINT fk_user_tenant FOREIGN KEY(tenant) REFERENCES tenant (code), 
	CONSTRAINT uq_user_tenant_id UNIQUE (tenant, id), 
	CONSTRAINT uq_user_tenant_folded UNIQUE (tenant, folded), 
	CONSTRAINT uq_user_tenant_issuer_subject UNIQUE (tenant, issuer, subject)
);
INSERT INTO "user" VALUES('5636e2d759a04317bb356a5c39d629ad','demo',1,1796104935248183544,1796104935248183544,'ana','ana','Ana',NULL,'es','$argon2id$x',0,1,NULL,NULL);
INSERT INTO "user" VALUES('c1eb6a8cb984410fa67235dde1398db2','other',1,1796104935268466275,1796104935268466275,'ana','ana','Ana',NULL,'es','$argon2id$x',0,1,NULL,NULL);
CREATE TABLE well (
	id VARCHAR(32) NOT NULL, 
	tenant VARCHAR(64) NOT NULL, 
	version INTEGER NOT NULL, 
	created BIGINT NOT NULL, 
	changed BIGINT NOT NULL, 
	field_id VARCHAR(32) NOT NULL, 
	wellpad_id VARCHAR(32), 
	code VARCHAR(64) NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	well_type VARCHAR(16) NOT NULL, 
	lift VARCHAR(16) NOT NULL, 
	status VARCHAR(16) NOT NULL, 
	x FLOAT, 
	y FLOAT, 
	latitude FLOAT, 
	longitude FLOAT, 
	engineering JSON, 
	CONSTRAINT pk_well PRIMARY KEY (id), 
	CONSTRAINT fk_well_tenant_field_id FOREIGN KEY(tenant, field_id) REFERENCES field (tenant, id), 
	CONSTRAINT fk_well_tenant_wellpad_id FOREIGN KEY(tenant, wellpad_id) REFERENCES wellpad (tenant, id), 
	CONSTRAINT ck_well_well_type CHECK (well_type IN ('PROD_OIL', 'PROD_GAS', 'INJ_WATER', 'INJ_GAS')), 
	CONSTRAINT ck_well_lift CHECK (lift IN ('ESP', 'GAS_LIFT', 'NATURAL', 'ROD_PUMP', 'PCP', 'INJECTION')), 
	CONSTRAINT ck_well_status CHECK (status IN ('DRILLING', 'ACTIVE', 'SHUT_IN', 'WORKOVER', 'ABANDONED')), 
	CONSTRAINT fk_well_tenant FOREIGN KEY(tenant) REFERENCES tenant (code), 
	CONSTRAINT uq_well_tenant_id UNIQUE (tenant, id), 
	CONSTRAINT uq_well_tenant_field_id_code UNIQUE (tenant, field_id, code)
);
INSERT INTO "well" VALUES('5bf189a96c3f4667977a092057e8803c','demo',1,1796104935243232980,1796104935243232980,'be40bb7454b647ac9edc48cfaff17a02','e346d69371e44c6db2508674d73c4f8e','N-1','Norte 1','PROD_OIL','ESP','ACTIVE',1.5,2.5,NULL,NULL,NULL);
INSERT INTO "well" VALUES('4e357b50abff440982d4eac7b981cf92','other',1,1796104935266332933,1796104935266332933,'33249c9a669b44249a45b33608cab644','dc76d1a3d49448c6ad802115ee4b3371','N-1','Norte 1','PROD_OIL','ESP','ACTIVE',1.5,2.5,NULL,NULL,NULL);
CREATE TABLE well_status (
	id VARCHAR(32) NOT NULL, 
	tenant VARCHAR(64) NOT NULL, 
	version INTEGER NOT NULL, 
	created BIGINT NOT NULL, 
	changed BIGINT NOT NULL, 
	well_id VARCHAR(32) NOT NULL, 
	status VARCHAR(16) NOT NULL, 
	start BIGINT NOT NULL, 
	reason VARCHAR(1000) NOT NULL, 
	"by" VARCHAR(200) NOT NULL, 
	CONSTRAINT pk_well_status PRIMARY KEY (id), 
	CONSTRAINT fk_well_status_tenant_well_id FOREIGN KEY(tenant, well_id) REFERENCES well (tenant, id), 
	CONSTRAINT ck_well_status_status CHECK (status IN ('DRILLING', 'ACTIVE', 'SHUT_IN', 'WORKOVER', 'ABANDONED')), 
	CONSTRAINT fk_well_status_tenant FOREIGN KEY(tenant) REFERENCES tenant (code), 
	CONSTRAINT uq_well_status_tenant_id UNIQUE (tenant, id)
);
INSERT INTO "well_status" VALUES('9b4c84df55254667bf58f080dafc0cac','demo',1,1796104935245172723,1796104935245172723,'5bf189a96c3f4667977a092057e8803c','ACTIVE',1,'drilled','ana');
INSERT INTO "well_status" VALUES('2ad3f1fd28084cfa8e6167c5667aa4dd','other',1,1796104935267257692,1796104935267257692,'4e357b50abff440982d4eac7b981cf92','ACTIVE',1,'drilled','ana');
CREATE TABLE well_test (
	id VARCHAR(32) NOT NULL, 
	tenant VARCHAR(64) NOT NULL, 
	version INTEGER NOT NULL, 
	created BIGINT NOT NULL, 
	changed BIGINT NOT NULL, 
	well_id VARCHAR(32) NOT NULL, 
	start BIGINT NOT NULL, 
	"end" BIGINT NOT NULL, 
	oil FLOAT NOT NULL, 
	water FLOAT NOT NULL, 
	gas FLOAT NOT NULL, 
	wellhead_pressure FLOAT, 
	choke FLOAT, 
	frequency FLOAT, 
	state VARCHAR(16) NOT NULL, 
	remark VARCHAR(1000), 
	CONSTRAINT pk_well_test PRIMARY KEY (id), 
	CONSTRAINT fk_well_test_tenant_well_id FOREIGN KEY(tenant, well_id) REFERENCES well (tenant, id), 
	CONSTRAINT ck_well_test_state CHECK (state IN ('VALID', 'REJECTED', 'PENDING')), 
	CONSTRAINT fk_well_test_tenant FOREIGN KEY(tenant) REFERENCES tenant (code), 
	CONSTRAINT uq_well_test_tenant_id UNIQUE (tenant, id)
);
INSERT INTO "well_test" VALUES('a5cf024af0554dd08872fe437e556e77','demo',1,1796104935246497569,1796104935246497569,'5bf189a96c3f4667977a092057e8803c',1,2,0.001,0.002,0.1,NULL,NULL,NULL,'VALID',NULL);
INSERT INTO "well_test" VALUES('b5e1afe87c0b45bdb4cfe4060467b887','other',1,1796104935267659632,1796104935267659632,'4e357b50abff440982d4eac7b981cf92',1,2,0.001,0.002,0.1,NULL,NULL,NULL,'VALID',NULL);
CREATE TABLE wellpad (
	id VARCHAR(32) NOT NULL, 
	tenant VARCHAR(64) NOT NULL, 
	version INTEGER NOT NULL, 
	created BIGINT NOT NULL, 
	changed BIGINT NOT NULL, 
	field_id VARCHAR(32) NOT NULL, 
	code VARCHAR(64) NOT NULL, 
	name VARCHAR(200) NOT NULL, 
	x FLOAT, 
	y FLOAT, 
	latitude FLOAT, 
	longitude FLOAT, 
	is_retired BOOLEAN NOT NULL, 
	CONSTRAINT pk_wellpad PRIMARY KEY (id), 
	CONSTRAINT fk_wellpad_tenant_field_id FOREIGN KEY(tenant, field_id) REFERENCES field (tenant, id), 
	CONSTRAINT fk_wellpad_tenant FOREIGN KEY(tenant) REFERENCES tenant (code), 
	CONSTRAINT uq_wellpad_tenant_id UNIQUE (tenant, id), 
	CONSTRAINT uq_wellpad_tenant_field_id_code UNIQUE (tenant, field_id, code)
);
INSERT INTO "wellpad" VALUES('e346d69371e44c6db2508674d73c4f8e','demo',1,1796104935239166685,1796104935239166685,'be40bb7454b647ac9edc48cfaff17a02','A','Pad A',NULL,NULL,NULL,NULL,0);
INSERT INTO "wellpad" VALUES('dc76d1a3d49448c6ad802115ee4b3371','other',1,1796104935265739548,1796104935265739548,'33249c9a669b44249a45b33608cab644','A','Pad A',NULL,NULL,NULL,NULL,0);
CREATE INDEX ix_audit_entry_tenant_subject ON audit_entry (tenant, noun, subject);
CREATE INDEX ix_wellpad_field_id ON wellpad (field_id);
CREATE INDEX ix_device_field_id ON device (field_id);
CREATE INDEX ix_alarm_journal_field_id ON alarm_journal (field_id);
CREATE INDEX ix_alarm_journal_time ON alarm_journal (tenant, time);
CREATE INDEX ix_run_field_id ON run (field_id);
CREATE INDEX ix_contract_field_id ON contract (field_id);
CREATE INDEX ix_membership_user_id ON membership (user_id);
CREATE INDEX ix_session_tenant_token ON session (tenant, token);
CREATE INDEX ix_session_user_id ON session (user_id);
CREATE INDEX ix_preference_user_id ON preference (user_id);
CREATE INDEX ix_api_key_user_id ON api_key (user_id);
CREATE INDEX ix_report_field_id ON report (field_id);
CREATE INDEX ix_well_list ON well (tenant, field_id, status, well_type, code);
CREATE INDEX ix_well_field_id ON well (field_id);
CREATE INDEX ix_well_wellpad_id ON well (wellpad_id);
CREATE INDEX ix_facility_field_id ON facility (field_id);
CREATE INDEX ix_facility_wellpad_id ON facility (wellpad_id);
CREATE INDEX ix_statement_contract_id ON statement (contract_id);
CREATE INDEX ix_well_status_well_id ON well_status (well_id);
CREATE INDEX ix_recommendation_well_id ON recommendation (well_id);
CREATE INDEX ix_well_test_latest ON well_test (tenant, well_id, start);
CREATE INDEX ix_well_test_well_id ON well_test (well_id);
CREATE INDEX ix_daily_production_well_id ON daily_production (well_id);
CREATE INDEX ix_daily_production_field_id ON daily_production (field_id);
CREATE INDEX ix_daily_production_date ON daily_production (tenant, date);
CREATE INDEX ix_downtime_well_id ON downtime (well_id);
CREATE INDEX ix_downtime_well_start ON downtime (tenant, well_id, start);
CREATE INDEX ix_target_field_id ON target (field_id);
CREATE INDEX ix_target_well_id ON target (well_id);
CREATE INDEX ix_setpoint_change_recommendation_id ON setpoint_change (recommendation_id);
CREATE INDEX ix_setpoint_change_well_id ON setpoint_change (well_id);
COMMIT;
