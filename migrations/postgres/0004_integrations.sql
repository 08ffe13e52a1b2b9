CREATE TABLE "integrations" (
	"tenant_id" text NOT NULL,
	"vendor" text NOT NULL,
	"integration" text NOT NULL,
	"secrets" text NOT NULL,
	CONSTRAINT "integrations_tenant_id_vendor_pk" PRIMARY KEY("tenant_id","vendor")
);
