from ._enrollkit import MAX_ANSWER_BYTES, MAX_FLOORS, Account, Approval, Erased, RawReply, Visit

