from ._enrollkit import Account, Approval, Erased, RawReply, Visit

