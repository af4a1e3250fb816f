/**
 * What endpoints need that is no operation on one world: whatever moves time or waits for
 * deliveries. The composition root implements it.
 */
export interface Services {
  /** Makes sure that an action attempt can settle: a frozen workspace leaps to that instant. */
  settleActionAttempt(workspace_id: string, action_attempt_id: string): Promise<void>
}
