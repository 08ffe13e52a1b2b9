CREATE TABLE "actions" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"number" bigint NOT NULL,
	"event_id" text NOT NULL,
	"member_id" text NOT NULL,
	"user_id" text NOT NULL,
	"conversation_id" text NOT NULL,
	"thread_ts" text,
	"place_kind" text NOT NULL,
	"message_ts" text,
	"command" text NOT NULL,
	"args" text NOT NULL,
	"language" text NOT NULL,
	"environment" text,
	"resource" text,
	"plan" text NOT NULL,
	"state" text NOT NULL,
	"waiting_for" text,
	"waiting" text,
	"fence" bigint NOT NULL,
	"lease_until" bigint,
	"expires_at" bigint,
	"step" text,
	"cancel_requested_by" text,
	"quota_day" text,
	"quota_month" text,
	"created_at" bigint NOT NULL,
	"started_at" bigint,
	"finished_at" bigint,
	CONSTRAINT "actions_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "audit" (
	"tenant_id" text NOT NULL,
	"seq" bigint NOT NULL,
	"text" text NOT NULL,
	"previous_hash" text NOT NULL,
	"hash" text NOT NULL,
	"at" bigint NOT NULL,
	"actor" text NOT NULL,
	"command" text NOT NULL,
	"environment" text,
	"resource" text,
	"result" text NOT NULL,
	CONSTRAINT "audit_tenant_id_seq_pk" PRIMARY KEY("tenant_id","seq")
);
--> statement-breakpoint
CREATE TABLE "backup_targets" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"target" text NOT NULL,
	CONSTRAINT "backup_targets_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "channel_defaults" (
	"tenant_id" text NOT NULL,
	"conversation_id" text NOT NULL,
	"value" text NOT NULL,
	CONSTRAINT "channel_defaults_tenant_id_conversation_id_pk" PRIMARY KEY("tenant_id","conversation_id")
);
--> statement-breakpoint
CREATE TABLE "clusters" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"cluster" text NOT NULL,
	"access" text NOT NULL,
	CONSTRAINT "clusters_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "installations" (
	"workspace_id" text PRIMARY KEY NOT NULL,
	"tenant_id" text NOT NULL,
	"is_org_wide" boolean NOT NULL,
	"app_id" text NOT NULL,
	"bot_token" text NOT NULL,
	"bot_user_id" text NOT NULL,
	"bot_id" text NOT NULL,
	"scopes" text NOT NULL,
	"installer_user_id" text NOT NULL,
	"installed_at" bigint NOT NULL,
	"is_installed" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "members" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"slack_user_id" text NOT NULL,
	"name" text NOT NULL,
	"role" text NOT NULL,
	"rights" text NOT NULL,
	CONSTRAINT "members_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "oauth_states" (
	"state" text PRIMARY KEY NOT NULL,
	"data" text NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "quotas" (
	"tenant_id" text NOT NULL,
	"subject" text NOT NULL,
	"period" text NOT NULL,
	"used" bigint NOT NULL,
	CONSTRAINT "quotas_tenant_id_subject_period_pk" PRIMARY KEY("tenant_id","subject","period")
);
--> statement-breakpoint
CREATE TABLE "services" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"service" text NOT NULL,
	CONSTRAINT "services_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "tenants" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"plan" text NOT NULL,
	"language" text NOT NULL,
	"time_zone" text NOT NULL,
	"created_at" bigint NOT NULL,
	"last_number" bigint NOT NULL,
	"data_key" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "zones" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"zone" text NOT NULL,
	CONSTRAINT "zones_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "actions_event" ON "actions" USING btree ("tenant_id","event_id");--> statement-breakpoint
CREATE UNIQUE INDEX "actions_number" ON "actions" USING btree ("tenant_id","number");--> statement-breakpoint
CREATE INDEX "actions_open" ON "actions" USING btree ("state","lease_until");--> statement-breakpoint
CREATE INDEX "actions_thread" ON "actions" USING btree ("tenant_id","conversation_id","thread_ts");--> statement-breakpoint
CREATE INDEX "installations_tenant" ON "installations" USING btree ("tenant_id");--> statement-breakpoint
CREATE UNIQUE INDEX "members_slack_user" ON "members" USING btree ("tenant_id","slack_user_id");
--> statement-breakpoint
CREATE FUNCTION "refuse_audit_change"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$;--> statement-breakpoint
CREATE TRIGGER "audit_is_never_changed" BEFORE UPDATE OR DELETE ON "audit" FOR EACH ROW EXECUTE FUNCTION "refuse_audit_change"();--> statement-breakpoint
CREATE TRIGGER "audit_is_never_truncated" BEFORE TRUNCATE ON "audit" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_audit_change"();
