CREATE TABLE `integrations` (
	`tenant_id` text NOT NULL,
	`vendor` text NOT NULL,
	`integration` text NOT NULL,
	`secrets` text NOT NULL,
	PRIMARY KEY(`tenant_id`, `vendor`)
);
