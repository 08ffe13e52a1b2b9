CREATE TABLE "group_links" (
	"tenant_id" text NOT NULL,
	"group_name" text NOT NULL,
	"user_group_id" text NOT NULL,
	"handle" text NOT NULL,
	"trouble" text,
	"linked_by" text NOT NULL,
	"synced_at" bigint,
	CONSTRAINT "group_links_tenant_id_group_name_pk" PRIMARY KEY("tenant_id","group_name")
);
