__all__ += ["MAX_ANSWER_BYTES", "MAX_FLOORS", "Account", "Approval", "Erased", "RawReply", "Visit"]
