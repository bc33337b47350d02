__all__ += ["Erased", "RawReply"]
