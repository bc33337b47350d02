__all__ += ["Account", "Approval", "Erased", "RawReply", "Visit"]
