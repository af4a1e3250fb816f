CREATE INDEX `action_attempts_ended` ON `action_attempts` (`workspace_id`) WHERE status <> 'pending';--> statement-breakpoint
CREATE INDEX `automation_runs_by_time` ON `automation_runs` (`workspace_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `door_history_ended` ON `door_history` (`workspace_id`,`ended_at`) WHERE ended_at is not null;--> statement-breakpoint
CREATE INDEX `inbox_messages_by_time` ON `inbox_messages` (`workspace_id`,`received_at`);